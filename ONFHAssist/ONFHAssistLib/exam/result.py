"""The answer for an examination: its series with their roles, how each hip moved, what was measured; typed, as JSON.

Coordinates are LPS mm in the frame of the reference series, sides "R" and "L", right before left.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..core.atomic_files import write_text
from ..core.errors import InputError
from ..core.serial import from_json_value, to_json_value
from ..imaging.head import FemoralHead
from ..measure.findings import HipFindings
from ..measure.hip import HipMeasurement
from .answers import Effusion, ExamNumber, ExamProbability, ExamStage, HeadSurface

SCHEMA = "onfh-exam/1"
FILE = "exam.json"
OTHER_IDENTITY, OTHER_HIP = "identity", "hip"  # of SeriesRow.other


@dataclass(frozen=True)
class SeriesRow:
    """A series of the examination, or one that lies in its folder.

    Attributes:
        number: by which its user names it. uid: Series Instance UID. description: as the header has it.
        modality: of the header. plane: "coronal" and so on; "" where it is no volume.
        stated: the contrast by header: a sequence, or what it is else; "". seen: by its look about the heads, or "".
        contrast: by which it is used: the look where that is clear, else the header's.
        spacing: mm (x, y, z). slices: number of them. files: number of them.
        frame: number of its frame of reference, from 1; series of one frame lie where their headers say.
        coverage: side to the share of the femoral head in the field of view, 0..1.
        uses: what it is used for. reason: why it is used for nothing; "".
        usable: whether it may be used at all.
        notes: sentences that the reader should know, such as a contradiction of header and look.
        other: "identity" where it is of another patient or date, "hip" where a hip of it is not the one that it is
            called; else "".
        contradicted: whether header and look contradict each other on its contrast.
        unnamed: whether the header describes nothing, so that the description is the name of a file or volume.
    """

    number: str
    uid: str
    description: str
    modality: str
    plane: str = ""
    stated: str = ""
    seen: str = ""
    contrast: str = ""
    spacing: tuple[float, ...] = ()
    slices: int = 0
    files: int = 0
    frame: int = 0
    coverage: Mapping[str, float] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    usable: bool = False
    reason: str = ""
    notes: tuple[str, ...] = ()
    other: str = ""
    contradicted: bool = False
    unnamed: bool = False


@dataclass(frozen=True)
class Alignment:
    """How one hip lies in one series, against the reference.

    Attributes:
        side: of the hip. series: number of the series.
        matrix: 16 numbers, row-major, 4 x 4: LPS mm of the reference to LPS mm of the series.
        shift_mm: how far the head's centre moved in the scanner. turn_degrees: the angle of the rotation.
        similarity: mutual information within the mask, in nats. spread_mm: by which two searches disagree over the head.
        overlap: Dice of the two series' own outlines of the head, once aligned.
        failure: why it is not used; "" where it is.
    """

    side: str
    series: str
    matrix: tuple[float, ...]
    shift_mm: float
    turn_degrees: float
    similarity: float
    spread_mm: float
    overlap: float
    failure: str = ""


@dataclass(frozen=True)
class ExamHip:
    """One hip of an examination.

    Attributes:
        head: in the reference's frame. series: numbers of those that its outline rests on.
        by_series: number of each aligned series to what its own outline alone measures, where that can be.
        findings: of that outline; None where nothing was measured. edge_series: that showed the acetabular edge, or "".
        oedema_series: on which oedema was looked for, or "".
        notes: sentences that the reader should know, disagreements of the series among them.
        numbers: name (:data:`.answers.UNITS`) to the measurement with its interval and the series that it rests on.
        effusion: None where no series shows fluid. effusion_series: on which it was looked for, or "".
        surface: flattening and fracture line; None where the outline tells nothing.
        stage, probability: of the examination; None where they were not asked for.
    """

    side: str
    head: FemoralHead
    series: tuple[str, ...]
    findings: HipFindings | None = None
    edge_series: str = ""
    oedema_series: str = ""
    notes: tuple[str, ...] = ()
    by_series: Mapping[str, HipMeasurement] = field(default_factory=dict)
    numbers: Mapping[str, ExamNumber] = field(default_factory=dict)
    effusion: Effusion | None = None
    effusion_series: str = ""
    surface: HeadSurface | None = None
    stage: ExamStage | None = None
    probability: ExamProbability | None = None


@dataclass(frozen=True)
class ExamResult:
    """An examination.

    Attributes:
        study: name of its folder. reference: number of the series in whose frame everything is; "" for the table alone.
        series: by number. alignments: of every other series' hips. hips: right before left.
        files: what was written: name to path. warnings: sentences. seconds: by step.
        provenance: software and time.
    """

    study: str
    series: tuple[SeriesRow, ...]
    reference: str = ""
    alignments: tuple[Alignment, ...] = ()
    hips: tuple[ExamHip, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)

    def row(self, number: str) -> SeriesRow:
        """The series of a number."""
        return next(row for row in self.series if row.number == number)

    def to_json(self) -> str:
        """One JSON object with its schema."""
        return json.dumps({"schema": SCHEMA, **to_json_value(self)}, indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> ExamResult:
        """What :meth:`to_json` gave.

        Raises:
            InputError: no such object, or of another schema.
        """
        try:
            value = json.loads(text)
        except ValueError as error:
            raise InputError(f"This is no result of an examination: {error}.") from error
        if not isinstance(value, dict) or value.pop("schema", None) != SCHEMA:
            raise InputError(f"This is no result of an examination as this version writes it ({SCHEMA}).")
        return from_json_value(cls, value)

    def write(self, folder: Path) -> Path:
        """Write it as :data:`FILE`."""
        return write_text(folder / FILE, self.to_json() + "\n")


def aligned_series(exam: ExamResult, side: str) -> set[str]:
    """Numbers of the series in which the hip of a side lies where the examination knows, the reference's own included."""
    return {one.series for one in exam.alignments if one.side == side and not one.failure}

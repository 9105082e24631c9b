"""The answer for a follow-up: of each hip what changed since its first examination; typed, as JSON.

Coordinates are LPS mm in the frame of the first examination's reference, sides "R" and "L", right before left, volumes
ml, angles degrees, dates as 2024-05-31.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..core.atomic_files import write_text
from ..core.errors import InputError
from ..core.serial import from_json_value, to_json_value
from .alignment import DateAlignment
from .growth import Growth
from .tracks import Track

SCHEMA = "onfh-followup/1"
FILE = "followup.json"


@dataclass(frozen=True)
class Interval:
    """A number with the values between which it lies with 90 % by simulated pairs."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class HipState:
    """What one examination says of a hip.

    Attributes:
        date: of it. months: since the first one, or since the operation where its date is given.
        necrosis_ml, necrotic_share, arc_a, arc_b, combined_necrotic_angle: as of ``onfh exam``; NaN where not measured.
        jic_type, stage: "" where there is none. oedema: None where it was not looked for; likewise the grade of effusion.
        flattening: of the surface below its own sphere, mm.
    """

    date: str
    months: float
    necrosis_ml: float = float("nan")
    necrotic_share: float = float("nan")
    arc_a: float = float("nan")
    arc_b: float = float("nan")
    combined_necrotic_angle: float = float("nan")
    jic_type: str = ""
    stage: str = ""
    oedema: bool | None = None
    effusion_grade: int | None = None
    flattening: Interval | None = None


@dataclass(frozen=True)
class HipChange:
    """What changed from the first examination of a hip to a later one.

    Attributes:
        date: of the later one. alignment: of it on the first. alignment_mm: by how much that may be off, over the head.
        growth: of the necrosis. sunk: by how much the articular surface sank where it sank most, mm. place: of that.
        told: whether that could be read; where not, ``sunk`` holds the widest interval and no finding.
        tracks: of a drill that came, went or stayed. failure: why nothing was compared; "" where it was.
        files: name to path: masks of what is new and gone, the table of the surface, the surface as a model.
        notes: sentences that the reader should know.
    """

    date: str
    alignment: DateAlignment
    alignment_mm: float = float("nan")
    growth: Growth | None = None
    sunk: Interval | None = None
    place: tuple[float, ...] = ()
    tracks: tuple[Track, ...] = ()
    failure: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    told: bool = True

    @property
    def sunk_told(self) -> Interval | None:
        """By how much the surface sank; None where it could not be read, or nothing was compared."""
        return self.sunk if self.told else None


@dataclass(frozen=True)
class Collapse:
    """When the head of a hip collapsed, as far as examinations tell.

    Attributes:
        collapsed: whether one of them shows it. months: to the first that does, else to the last that tells anything.
            after_months: to the last that does not, which with ``months`` bounds the true time. at_start: whether it had
            happened before the first, or before the operation from which months count, so that the hip was never at risk.
    """

    collapsed: bool
    months: float
    after_months: float
    at_start: bool = False


@dataclass(frozen=True)
class HipFollowUp:
    """One hip over time.

    Attributes:
        side: "R" or "L". states: by date. changes: of each later examination against the first. collapse: when.
        since: from which its months count: the operation, or the first examination that outlines this hip.
    """

    side: str
    states: tuple[HipState, ...]
    changes: tuple[HipChange, ...]
    collapse: Collapse
    since: str = ""


@dataclass(frozen=True)
class FollowUp:
    """The course of a patient.

    Attributes:
        patient: as the caller names him. exams: names of the examinations by date. dates: of them.
        since: from which months count: the operation, or the first examination.
        hips: right before left. files: what was written: name to path. warnings: sentences. provenance: software, time.
    """

    patient: str
    exams: tuple[str, ...]
    dates: tuple[str, ...]
    since: str
    hips: tuple[HipFollowUp, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """One JSON object with its schema."""
        return json.dumps({"schema": SCHEMA, **to_json_value(self)}, indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> FollowUp:
        """What :meth:`to_json` gave.

        Raises:
            InputError: no such object, or of another schema.
        """
        try:
            value = json.loads(text)
        except ValueError as error:
            raise InputError(f"This is no result of a follow-up: {error}.") from error
        if not isinstance(value, dict) or value.pop("schema", None) != SCHEMA:
            raise InputError(f"This is no result of a follow-up as this version writes it ({SCHEMA}).")
        return from_json_value(cls, value)

    def write(self, folder: Path) -> Path:
        """Write it as :data:`FILE`."""
        return write_text(folder / FILE, self.to_json() + "\n")

"""The answer for a case: one typed object to which each step adds.

The worker sends it, ``onfh run`` prints it, the scene shows it and the report is written from it. It travels as JSON with
a schema version (:meth:`CaseResult.to_json`). Images are named by file. Coordinates are LPS, lengths mm, volumes ml,
angles degrees, sides "R" and "L", right before left.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ..core.atomic_files import write_text
from ..core.errors import InputError
from ..core.serial import from_json_value, to_json_value
from ..early.answer import ProbabilityAnswer
from ..extract.radiomics import RadiomicsResult
from ..imaging.head import FemoralHead
from ..imaging.reading import Reading
from ..measure.findings import HipFindings
from ..stage.answer import StageAnswer
from ..survival.answer import SurvivalAnswer

SCHEMA = "onfh-case/1"
SEGMENT, MEASURE, EXTRACT, PROBABILITY, STAGE, SURVIVAL, RADIOGRAPH = (
    "segment", "measure", "extract", "probability", "stage", "survival", "radiograph",
)  # fmt: skip
FILE = "result.json"  # in the folder of ``onfh run``


@dataclass(frozen=True)
class DeepFeatures:
    """512 deep features of one hip.

    Attributes:
        features: ``DL_0`` to ``DL_511``.
        backbone: name and version of the network's bundle. backbone_sha256: its hash.
    """

    features: Mapping[str, float]
    backbone: str
    backbone_sha256: str


@dataclass(frozen=True)
class Withheld:
    """An answer that was computed and is not given, since the image is out of the scope of its model.

    Attributes:
        reasons: why, in sentences.
        answer: what was computed; it is no answer.
    """

    reasons: tuple[str, ...]
    answer: StageAnswer | ProbabilityAnswer


@dataclass(frozen=True)
class HipResult:
    """One hip.

    Attributes:
        side: "R" or "L".
        head: as found, set by hand or read off the given outlines; None on a hip that only the radiograph shows.
        findings: measurements, acetabular edge, suggestion of oedema; None where not measured.
        radiomics: of the whole femoral head on the MRI. deep: likewise.
        probability: of early osteonecrosis. stage: modified Ficat-Arlet. survival: no collapse after decompression.
            Each is None where it was not asked for, failed (``failures``) or is withheld (``withheld``).
        radiograph_radiomics: of the head on the radiograph. radiograph_deep: likewise.
        withheld: step to what was computed and is no answer.
        failures: step to a sentence.
    """

    side: str
    head: FemoralHead | None = None
    findings: HipFindings | None = None
    radiomics: RadiomicsResult | None = None
    deep: DeepFeatures | None = None
    probability: ProbabilityAnswer | None = None
    stage: StageAnswer | None = None
    survival: SurvivalAnswer | None = None
    radiograph_radiomics: RadiomicsResult | None = None
    radiograph_deep: DeepFeatures | None = None
    withheld: Mapping[str, Withheld] = field(default_factory=dict)
    failures: Mapping[str, str] = field(default_factory=dict)

    @property
    def computed_stage(self) -> StageAnswer | None:
        """The stage, also where it is withheld; for what checks a computation, never for what is shown."""
        held = self.withheld.get(STAGE)
        return held.answer if held and isinstance(held.answer, StageAnswer) else self.stage

    @property
    def computed_probability(self) -> ProbabilityAnswer | None:
        """The probability, also where it is withheld; for what checks a computation, never for what is shown."""
        held = self.withheld.get(PROBABILITY)
        return held.answer if held and isinstance(held.answer, ProbabilityAnswer) else self.probability


@dataclass(frozen=True)
class StepRecord:
    """What a step says beside its answers.

    Attributes:
        out_of_scope: sentences on why its answers are withheld; empty where the image is within the model's scope.
        warnings: sentences that the reader should know. of_hips: side to such sentences on one hip.
        statement: what the model learned from; "" for steps without a model.
        provenance: input, bundle, preset, software, time.
        seconds: by the clock.
        failure: why the whole step failed; "" where it did not.
    """

    out_of_scope: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    of_hips: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    statement: str = ""
    provenance: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    failure: str = ""


@dataclass(frozen=True)
class CaseResult:
    """A case after its steps.

    Attributes:
        name: of the image, as its user calls it.
        input: series UID of a DICOM image, else a hash of its voxels and geometry.
        content_sha256: hash of voxels, geometry and outlines: features of the same hash are the same.
        outlines_sha256: hash of the outlines that all results rest on; "" where nothing is outlined.
        hip_outlines: side to the hash of its outlines. hip_content: likewise of voxels, geometry and its outlines.
        segmentation: file of the label image; None where the outlines were given and not written.
        segmentation_fine: file of the outlines on finer voxels, of which ``segmentation`` is the share and off which
            volumes and angles were read; None also where the image's own voxels are as fine.
        hips: right before left.
        steps: name of each step that was done or failed, in order, to its record.
        edges: side to the lateral acetabular edge that a reader marked, LPS mm.
        reading: how many files the image was read from, which were left out and why, what its reader should know.
        schema: of the JSON.
    """

    name: str
    input: str
    content_sha256: str = ""
    outlines_sha256: str = ""
    segmentation: str | None = None
    hips: tuple[HipResult, ...] = ()
    steps: Mapping[str, StepRecord] = field(default_factory=dict)
    edges: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    hip_outlines: Mapping[str, str] = field(default_factory=dict)
    hip_content: Mapping[str, str] = field(default_factory=dict)
    segmentation_fine: str | None = None
    schema: str = SCHEMA

    def hip(self, side: str) -> HipResult:
        """The hip of ``side``; an empty one where there is none."""
        return next((hip for hip in self.hips if hip.side == side), HipResult(side))

    def with_hip(self, hip: HipResult) -> CaseResult:
        """With this hip in the place of the one of its side."""
        others = [one for one in self.hips if one.side != hip.side]
        return replace(self, hips=tuple(sorted([*others, hip], key=lambda one: "RL".index(one.side))))

    def with_step(self, step: str, record: StepRecord) -> CaseResult:
        """With this record of a step."""
        return replace(self, steps={**self.steps, step: record})

    def did(self, step: str) -> bool:
        """Whether a step was done and did not fail as a whole."""
        return step in self.steps and not self.steps[step].failure

    @property
    def withheld(self) -> tuple[tuple[str, str, Withheld], ...]:
        """Side, step and answer of all that is withheld."""
        return tuple((hip.side, step, held) for hip in self.hips for step, held in hip.withheld.items())

    def updated(self, newer: CaseResult) -> CaseResult:
        """With what a later run found in the place of what it did anew.

        What rests on other voxels or outlines than the later run's is dropped, hip by hip; a stage rests on the image
        alone.
        """
        if newer.input != self.input:
            return newer
        sides = [s for s in "RL" if any(hip.side == s for hip in (*self.hips, *newer.hips))]
        same = {
            s for s in sides if newer.hip_content.get(s) and newer.hip_content[s] == self.hip_content.get(s)
        }
        kept = {
            step: _record_of(record, same) for step, record in self.steps.items() if same or step == STAGE
        }
        hips = tuple(_updated_hip(self.hip(side), newer.hip(side), newer, side in same) for side in sides)
        return replace(newer, hips=hips, steps={**kept, **newer.steps})

    def sentences(self) -> list[str]:
        """Failures, what is out of scope and warnings of all steps, each once, the gravest first."""
        found = [
            f"{step.capitalize()} failed: {record.failure}"
            for step, record in self.steps.items()
            if record.failure
        ]
        for step, record in self.steps.items():
            found += [f"Out of scope for the {step}: {text}" for text in record.out_of_scope]
        for hip in self.hips:
            found += [f"Hip {hip.side}: {text}" for text in hip.failures.values()]
        for record in self.steps.values():
            found += [f"Hip {side}: {text}" for side, texts in record.of_hips.items() for text in texts]
            found += record.warnings
        found += self.reading.notes
        return list(dict.fromkeys(found))

    # files ------------------------------------------------------------------------------------------------

    def to_json(self, folder: Path | None = None) -> str:
        """As JSON text.

        Args:
            folder: files in it are named relative to it, so that the folder can be moved; None leaves paths as they are.
        """
        content = to_json_value(self if folder is None else _with_paths(self, lambda p: _relative(p, folder)))
        return json.dumps(content, allow_nan=False, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, folder: Path | None = None) -> CaseResult:
        """What :meth:`to_json` wrote.

        Args:
            folder: in which relative paths lie; None leaves them as they are.

        Raises:
            InputError: no JSON, another schema, a field that is missing, unknown or of another kind.
        """
        try:
            content = json.loads(text)
        except json.JSONDecodeError as error:
            raise InputError(f"The case result is not valid JSON ({error}); it may be cut short.") from None
        schema = content.get("schema") if isinstance(content, dict) else None
        if schema != SCHEMA:
            raise InputError(f"The case result has the schema {schema!r}; this version reads '{SCHEMA}'.")
        result = from_json_value(cls, content, "The case result")
        return result if folder is None else _with_paths(result, lambda p: str(folder / p))

    def save(self, folder: Path) -> Path:
        """Write ``result.json`` into ``folder``; it appears only when it is whole."""
        return write_text(Path(folder) / FILE, self.to_json(Path(folder)) + "\n")

    def without_files(self) -> CaseResult:
        """Without the names of files, which do not outlive the folder of a job."""
        return _with_paths(self, lambda _path: None)


def read_result(folder: str | Path) -> CaseResult:
    """The result that ``onfh run`` wrote into a folder.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    path = Path(folder) / FILE
    if not path.is_file():
        raise InputError(f"The folder {folder} holds no {FILE}; 'onfh run IMAGE --out {folder}' writes one.")
    return CaseResult.from_json(path.read_text(encoding="utf-8"), Path(folder))


def _record_of(record: StepRecord, sides: set[str]) -> StepRecord:
    """A step's record without what it says of other hips."""
    return replace(record, of_hips={side: said for side, said in record.of_hips.items() if side in sides})


def _updated_hip(old: HipResult, new: HipResult, newer: CaseResult, same: bool) -> HipResult:
    names = [f.name for f in fields(HipResult) if f.name not in ("side", "withheld", "failures")]
    kept = names if same else ["stage"]
    results = {STAGE: "stage", PROBABILITY: "probability", SURVIVAL: "survival"}
    redone = {field for step, field in results.items() if step in newer.steps}
    values = {
        name: getattr(old, name)
        for name in kept
        if getattr(new, name) is None and name not in redone and getattr(old, name) is not None
    }
    held = {
        step: one for step, one in old.withheld.items() if step not in newer.steps and (same or step == STAGE)
    }
    failed = {step: why for step, why in old.failures.items() if step not in newer.steps and same}
    return replace(new, **values, withheld={**held, **new.withheld}, failures={**failed, **new.failures})


def _relative(path: str, folder: Path) -> str:
    return Path(path).relative_to(folder).as_posix() if Path(path).is_relative_to(folder) else path


def _with_paths(result: CaseResult, change: Any) -> CaseResult:
    """With every file's name changed."""

    def staged(answer: Any) -> Any:
        if not isinstance(answer, StageAnswer) or answer.heatmap is None:
            return answer
        return replace(answer, heatmap=change(answer.heatmap))

    hips = tuple(
        replace(
            hip,
            stage=staged(hip.stage),
            withheld={step: replace(held, answer=staged(held.answer)) for step, held in hip.withheld.items()},
        )
        for hip in result.hips
    )
    segmentation, fine = (
        None if path is None else change(path) for path in (result.segmentation, result.segmentation_fine)
    )
    return replace(result, hips=hips, segmentation=segmentation, segmentation_fine=fine)

"""The table of what there is: patients, outlines, lesions and stages of a cohort, and for which training it is enough."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ONFHAssistLib.bundles.kinds import BACKBONE, DETECTOR, OUTLINER, STAGER
from ONFHAssistLib.core.language import mark
from ONFHAssistLib.core.progress import Progress, no_progress
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask

from .cohort import OwnCohort, read_outlines
from .stages import STAGES

Hip = tuple[str, str]  # patient and side
LESION_ML = 0.4  # less is no lesion that the outliner would draw
MODELS = {"outliner": OUTLINER, "detector": DETECTOR, "stage": STAGER, "backbone": BACKBONE}
FEWEST = 4  # patients that count: two to learn from, two to judge on
ADVISED = {
    "outliner": 20,
    "detector": 20,
    "stage": 40,
    "backbone": 40,
}  # so that figures say more than that it ran


@dataclass(frozen=True)
class Enough:
    """Whether a cohort is enough to train one of the networks.

    Attributes:
        model: of :data:`MODELS`. patients: that count for it. needed, advised: how many it takes at least and better.
        problem: why it cannot be trained; "" where it can. advice: what a reader should know, "" for nothing.
    """

    model: str
    patients: int
    needed: int
    advised: int
    problem: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Inventory:
    """What there is.

    Attributes:
        scans: images; a hip on several of them is one hip.
        hips: whose outlines count. corrected: of them those that a reader drew or corrected. lesions: of them with an
            outlined necrosis of :data:`LESION_ML` or more.
        stages: hips of each stage; both_heads: patients with a scan of which both heads are outlined.
    """

    cohort: str
    patients: int
    scans: int
    hips: int
    corrected: int
    lesions: int
    both_heads: int
    stages: dict[str, int]
    models: tuple[Enough, ...]

    def of(self, model: str) -> Enough:
        """The row of a model."""
        return next(row for row in self.models if row.model == model)


def take_inventory(cohort: OwnCohort, progress: Progress | None = None) -> Inventory:
    """Count; every segmentation is read.

    Raises:
        InputError: a segmentation cannot be read.
    """
    report = progress or no_progress
    hips: set[Hip] = set()
    corrected: set[Hip] = set()
    lesions: set[Hip] = set()
    both: set[str] = set()
    for number, scan in enumerate(cohort.scans):
        report(number / len(cohort.scans), f"Looking at {scan.patient}")
        labels = read_outlines(scan)
        outlined = [side for side in scan.sides if head_mask(labels.array, side).any()]
        hips |= {(scan.patient, side) for side in outlined}
        corrected |= {(scan.patient, side) for side in outlined if side in scan.corrected}
        lesions |= {
            (scan.patient, side)
            for side in outlined
            if necrosis_mask(labels.array, side).sum() * labels.voxel_volume_ml >= LESION_ML
        }
        both |= {scan.patient} if len(outlined) == 2 else set()
    known = {(scan.patient, side, stage) for scan in cohort.scans for side, stage in scan.stages.items()}
    stages = Counter(stage for _patient, _side, stage in known)
    staged = {patient for patient, _side, _stage in known}
    kinds = sum(stages[stage] > 0 for stage in STAGES)
    rows = (
        _row("outliner", len({patient for patient, _side in lesions}), mark("with an outlined necrosis")),
        _row("detector", len(both), mark("with a scan in which both heads are outlined")),
        *(_row(name, len(staged), mark("with a stage"), kinds) for name in ("stage", "backbone")),
    )
    return Inventory(
        cohort.name,
        len(cohort.patients),
        len(cohort.scans),
        len(hips),
        len(corrected),
        len(lesions),
        len(both),
        {stage: stages[stage] for stage in STAGES},
        rows,
    )


def _row(model: str, patients: int, who: str, kinds: int | None = None) -> Enough:
    problem = advice = ""
    if patients < FEWEST:
        problem = f"{patients} patients {who}; at least {FEWEST} are needed."
    elif kinds is not None and kinds < 2:
        problem = "All stages are the same; hips of two or more stages are needed."
    elif patients < ADVISED[model]:
        advice = (
            f"{patients} patients {who} will do to try it; {ADVISED[model]} or more let the figures say whether "
            "it helped."
        )
    return Enough(model, patients, FEWEST, ADVISED[model], problem, advice)

"""The table of what there is: patients, outlines, lesions and stages of a cohort, and for which training it is enough."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ONFHAssistLib.bundles.kinds import BACKBONE, DETECTOR, OUTLINER, STAGER
from ONFHAssistLib.core.progress import Progress, no_progress
from ONFHAssistLib.imaging.files import read_mask
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask

from .cohort import STAGES, OwnCohort

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
        hips: whose outlines count. lesions: of them with an outlined necrosis of :data:`LESION_ML` or more.
        stages: hips of each stage; both_heads: patients with a scan of which both heads are outlined.
    """

    cohort: str
    patients: int
    scans: int
    hips: int
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
    hips, lesions, with_lesion, both = 0, 0, set(), set()
    for number, scan in enumerate(cohort.scans):
        report(number / len(cohort.scans), f"Looking at {scan.patient}")
        labels = read_mask(scan.segmentation)
        outlined = [side for side in scan.sides if head_mask(labels.array, side).any()]
        dead = [
            side
            for side in outlined
            if necrosis_mask(labels.array, side).sum() * labels.voxel_volume_ml >= LESION_ML
        ]
        hips, lesions = hips + len(outlined), lesions + len(dead)
        with_lesion |= {scan.patient} if dead else set()
        both |= {scan.patient} if len(outlined) == 2 else set()
    stages = Counter(stage for scan in cohort.scans for stage in scan.stages.values())
    staged = {scan.patient for scan in cohort.scans if scan.stages}
    kinds = sum(stages[stage] > 0 for stage in STAGES)
    rows = (
        _row("outliner", len(with_lesion), "with an outlined necrosis"),
        _row("detector", len(both), "with a scan in which both heads are outlined"),
        *(_row(name, len(staged), "with a stage", kinds) for name in ("stage", "backbone")),
    )
    return Inventory(
        cohort.name,
        len(cohort.patients),
        len(cohort.scans),
        hips,
        lesions,
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

"""``onfh train own``: a network trained further on own patients, judged before and after, written as a candidate."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import torch

from ONFHAssistLib.bundles.bundle import Bundle
from ONFHAssistLib.core.atomic_files import remove_parts, write_json
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress, no_progress, part_of
from ONFHAssistLib.core.serial import to_json_value

from .candidate import Candidate, write_candidate
from .cohort import FEWEST_HELD, OwnCohort, OwnScan, Parted, part_by_patient, read_own_cohort
from .comparison import Comparison, HipFigure, compare_hips
from .inventory import MODELS, Inventory, take_inventory
from .lessons.heads import CENTRE_ERROR, HeadLesson
from .lessons.outlines import OutlineLesson
from .lessons.pictures import PictureLesson
from .lessons.stages import StageLesson
from .loop import CHECKPOINT_FILES, Lesson, Pace, train_further
from .team import Team, joined_team
from .unseen import contents, mark_images, require_unseen

REPORT, PLAN = "before-and-after.json", "plan.json"  # beside curves and checkpoints
BEGAN_ANEW = (
    "Outlines, stages or the model in use have changed since the training was interrupted, so it began anew."
)
LOWER_IS_BETTER = {CENTRE_ERROR}


class OwnLesson(Lesson, Protocol):
    """A lesson with its start, its networks and its judge; whether outlines are the truth by which it is judged."""

    pace: Pace
    bundle: Bundle
    judged_by_outlines: bool

    @property
    def hips(self) -> int: ...

    def networks(self) -> list[torch.nn.Module]: ...

    def judge(
        self, networks: Sequence[torch.nn.Module], scans: Sequence[OwnScan], report: Progress
    ) -> dict[str, list[HipFigure]]: ...

    def state(self, networks: Sequence[torch.nn.Module]) -> dict[str, torch.Tensor]: ...


LESSONS: dict[str, Callable[[str | None, Sequence[OwnScan], Progress], OwnLesson]] = {
    "outliner": OutlineLesson,
    "detector": HeadLesson,
    "stage": StageLesson,
    "backbone": PictureLesson,
}


@dataclass(frozen=True)
class OwnPlan:
    """What is asked for; None takes what the model's lesson advises.

    Attributes:
        model: of :data:`.inventory.MODELS`. start: bundle by name or folder; the one in use if left out.
        stages: table of stages in place of the cohort's own.
        held_share: of the patients, on whom the network is judged. seed: of the split and the training.
    """

    model: str
    start: str | None = None
    stages: str | None = None
    held_share: float = 0.33
    seed: int = 0
    steps: int | None = None
    batch_size: int | None = None
    learning_rate: float | None = None

    def __post_init__(self) -> None:
        if self.model not in MODELS:
            raise InputError(
                f"The model is '{self.model}'; {', '.join(MODELS)} can be trained on own patients."
            )

    def pace(self, advised: Pace) -> Pace:
        """Of the training."""
        return Pace(
            advised.steps if self.steps is None else self.steps,
            advised.batch_size if self.batch_size is None else self.batch_size,
            advised.learning_rate if self.learning_rate is None else self.learning_rate,
        )


@dataclass(frozen=True)
class OwnTraining:
    """What came of it.

    Attributes:
        bundle: folder of the candidate. comparisons: the model's first figure first.
        learned, held: patients. hips: that were learned from. seconds: of the training, in the run that ended it.
        learned_images, held_images: the split, by digests of voxels. began_anew: why it did not go on, "" otherwise.
    """

    model: str
    bundle: str
    started_from: str
    learned: int
    held: int
    hips: int
    steps: int
    seconds: float
    comparisons: tuple[Comparison, ...]
    warnings: tuple[str, ...]
    learned_images: tuple[str, ...] = ()
    held_images: tuple[str, ...] = ()
    began_anew: str = ""


def train_own(
    cohort: str | Path,
    out: str | Path,
    work: str | Path,
    plan: OwnPlan,
    progress: Progress | None = None,
    goes_on: bool = False,
) -> OwnTraining | None:
    """Read, part by patient, judge the start, train, judge again, write the candidate.

    Args:
        cohort: of :func:`.cohort.read_own_cohort`.
        out: folder of the candidate, and beside it nothing changes: no bundle in use is touched.
        work: folder for curves (:data:`.loop.CURVES`), checkpoints and the report; an interrupted run goes on there.
        goes_on: whether the user expects it to; a warning says where it could not.

    Returns:
        None in the processes of a team that do not lead.

    Raises:
        InputError: a cohort that is not enough, files that cannot be used, a start that has learned from one of the
            patients held back or from an image of them, one image under two patients.
    """
    report = progress or no_progress
    with joined_team() as team:
        quiet = report if team.leads else no_progress
        own = read_own_cohort(cohort, plan.stages)
        found = take_inventory(own, part_of(quiet, 0.0, 0.03)).of(plan.model)
        if found.problem:
            raise InputError(f"{own.name} is not enough to train the {plan.model}: {found.problem}")
        parted = part_by_patient(usable(own, plan.model), plan.held_share, plan.seed)
        return _trained(
            own,
            parted,
            Path(out),
            Path(work),
            plan,
            team,
            quiet,
            (found.advice,) if found.advice else (),
            goes_on,
        )


def usable(cohort: OwnCohort, model: str) -> OwnCohort:
    """The scans that count for a model: the split is of patients who do."""
    if model == "detector":
        return replace(cohort, scans=tuple(scan for scan in cohort.scans if len(scan.sides) == 2))
    if model == "outliner":
        return cohort
    return replace(cohort, scans=tuple(scan for scan in cohort.scans if scan.stages))


def _trained(
    cohort: OwnCohort, parted: Parted, out: Path, work: Path, plan: OwnPlan, team: Team, report: Progress,
    warnings: tuple[str, ...], goes_on: bool,
) -> OwnTraining | None:  # fmt: skip
    marks = mark_images((*parted.learned, *parted.held), part_of(report, 0.03, 0.05))
    lesson = LESSONS[plan.model](plan.start, parted.learned, part_of(report, 0.05, 0.08))
    require_unseen(lesson.bundle, parted, marks)
    pace = plan.pace(lesson.pace)
    kept = work / f"{plan.model}-{cohort.digest}-{lesson.bundle.sha256[:8]}-{_digest(plan, pace)}"
    kept.mkdir(parents=True, exist_ok=True)
    if team.leads:
        remove_parts(kept)
        remove_parts(out.absolute().parent, out.name)
        write_json(kept / PLAN, {"model": plan.model, "steps": plan.steps, "cohort": cohort.digest})
    anew = BEGAN_ANEW if goes_on and not any(kept.glob(CHECKPOINT_FILES)) else ""
    before = judged(lesson, lesson.networks(), parted.held, part_of(report, 0.08, 0.15)) if team.leads else {}
    networks = lesson.networks()
    seconds = 0.0
    for number, network in enumerate(networks):
        part = part_of(
            report, 0.15 + 0.75 * number / len(networks), 0.15 + 0.75 * (number + 1) / len(networks)
        )
        seconds += train_further(network, lesson, pace, kept, plan.seed, team, part, number)
    if not team.leads:
        return None
    after = judged(lesson, networks, parted.held, part_of(report, 0.9, 0.98))
    comparisons = compare_all(before, after, plan.seed)
    warnings += cautions(comparisons, lesson.judged_by_outlines)
    learned = tuple(sorted({scan.patient for scan in parted.learned}))
    images = contents(parted.learned, marks)
    bundle = write_candidate(
        out,
        lesson.bundle,
        lesson.state(networks),
        Candidate(
            plan.model, learned, images, lesson.hips, comparisons, warnings, pace, _command(plan, pace)
        ),
    )
    done = OwnTraining(
        plan.model, str(bundle.path), lesson.bundle.sha256, len(learned), len({one.patient for one in parted.held}),
        lesson.hips, pace.steps, seconds, comparisons, warnings, images, contents(parted.held, marks), anew,
    )  # fmt: skip
    write_json(kept / REPORT, to_json_value(done))
    report(1.0, "Candidate written")
    return done


def judged(
    lesson: OwnLesson, networks: Sequence[torch.nn.Module], held: Sequence[OwnScan], report: Progress
) -> dict[str, list[HipFigure]]:
    """The figures of patients who were held back.

    Raises:
        InputError: none of them has the first one.
    """
    found = lesson.judge(networks, held, report)
    if not next(iter(found.values())):
        raise InputError(
            f"No patient that is held back has a {next(iter(found))}; hold back more, or choose another seed."
        )
    return found


def cautions(comparisons: Sequence[Comparison], judged_by_outlines: bool) -> tuple[str, ...]:
    """What has to stand beside the first figure: that too few judge it, or mostly the network before itself."""
    first = comparisons[0]
    found = []
    if len(first.patients) < FEWEST_HELD:
        found.append(
            f"{len(first.patients)} patients judge: with fewer than {FEWEST_HELD} no difference can be shown."
        )
    if judged_by_outlines and first.corrected_hips < first.hips and first.corrected_patients < FEWEST_HELD:
        found.append(
            f"Of the {first.hips} hips that judge, {first.corrected_hips} of {first.corrected_patients} patients were "
            "corrected. The others are drawings of a network that a reader accepted as they were: on them the network "
            "before agrees with itself, and the comparison favours it. Correct hips of "
            f"{FEWEST_HELD} or more of these patients before you rely on it."
        )
    return tuple(found)


def compare_all(
    before: Mapping[str, Sequence[HipFigure]], after: Mapping[str, Sequence[HipFigure]], seed: int
) -> tuple[Comparison, ...]:
    """Every figure that a held-out patient has, in the judge's order.

    Raises:
        InputError: none has the first one.
    """
    first = next(iter(before))
    return tuple(
        compare_hips(name, before[name], after[name], name not in LOWER_IS_BETTER, seed)
        for name in before
        if before[name] or name == first
    )


def work_folder(work: str | Path, cohort: str | Path, plan: OwnPlan) -> Path:
    """Where :func:`train_own` keeps curves and checkpoints of this training, for whoever wants to look meanwhile."""
    own = read_own_cohort(cohort, plan.stages)
    lesson = LESSONS[plan.model](plan.start, (), no_progress)
    digest = _digest(plan, plan.pace(lesson.pace))
    return Path(work) / f"{plan.model}-{own.digest}-{lesson.bundle.sha256[:8]}-{digest}"


def inventory(cohort: str | Path, stages: str | None = None, progress: Progress | None = None) -> Inventory:
    """The table of what there is."""
    return take_inventory(read_own_cohort(cohort, stages), progress)


def _digest(plan: OwnPlan, pace: Pace) -> str:
    return hashlib.sha256(repr((plan.held_share, plan.seed, pace)).encode()).hexdigest()[:6]


def _command(plan: OwnPlan, pace: Pace) -> str:
    start = "" if plan.start is None else f" --start {Path(plan.start).name}"
    return (
        f"onfh train own {plan.model} --cohort COHORT --held {plan.held_share:.3g} --seed {plan.seed} "
        f"--steps {pace.steps} --batch {pace.batch_size} --learning-rate {pace.learning_rate:g}{start} --out CANDIDATE"
    )

"""From outlines of head and necrosis to a drilling plan of each hip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..core.errors import InputError
from ..core.progress import Progress, no_progress
from ..core.provenance import outline_sha256, provenance
from ..imaging.head_sphere import fit_sphere
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS, SIDES
from ..segment.femur import FemurFinder, find_femur, load_femur_finder
from .anatomy import Entries, entries, landmarks
from .bone import HipBone, hip_bone, views_of
from .bound import wire_bound
from .candidates import possible_tips, possible_wires
from .checks import Segment, check_wires
from .figures import reach_share, wire_figures
from .result import DrillingPlan, FemurLandmarks, HipPlan
from .rules import DrillingRules
from .search import MOST_NEEDED, choose, moved, share_of
from .statement import statement

LEAST_COVER = 0.7  # of the outlined head that a femur has to cover
LEAST_LESION_ML = 0.1
MUCH_HIDDEN = 0.1  # of the lateral cortex
GIVEN, FOUND = "given", "found"


@dataclass(frozen=True)
class PlannedHip:
    """A plan with the bone that it lies in, for pictures and for what a hand changes; no bone where it is withheld."""

    plan: HipPlan
    bone: HipBone | None = None


def plan_drilling(
    image: Image,
    labels: Image,
    rules: DrillingRules | None = None,
    femurs: Mapping[str, Image] | None = None,
    sides: Sequence[str] = SIDES,
    finder: FemurFinder | None = None,
    progress: Progress = no_progress,
) -> tuple[DrillingPlan, tuple[PlannedHip, ...]]:
    """Plan every hip that has a necrosis, right before left.

    Args:
        image: MRI, in which the femur is found where none is given.
        labels: outlines of heads and necrosis, of any geometry.
        femurs: side to the outline of the femur that somebody drew; it takes precedence.
        sides: that are wanted.

    Raises:
        InputError: the segmentation has no necrosis on the wanted sides.
    """
    rules = rules or DrillingRules()
    array = np.asarray(labels.array)
    wanted = [side for side in SIDES if side in sides and np.any(array == NECROSIS[side])]
    if not wanted:
        raise InputError(
            "The segmentation has no necrosis, so that there is nothing to drill; outline it first."
        )
    planned = []
    for number, side in enumerate(wanted):
        progress(number / len(wanted), f"Planning hip {side}")
        planned.append(plan_hip(image, labels, side, rules, (femurs or {}).get(side), finder))
    progress(1.0, "Planned")
    facts = {"outlines_sha256": outline_sha256(labels)}
    if any(one.plan.femur_from == FOUND and one.bone is not None for one in planned):
        bundle = (finder or load_femur_finder()).bundle
        facts |= {} if bundle is None else {"bundle": bundle.name, "bundle_sha256": bundle.sha256}
    made = provenance(image, **facts)
    return DrillingPlan(rules, tuple(one.plan for one in planned), provenance=made), tuple(planned)


def plan_hip(
    image: Image,
    labels: Image,
    side: str,
    rules: DrillingRules,
    femur: Image | None = None,
    finder: FemurFinder | None = None,
) -> PlannedHip:
    """Plan one hip; a plan that cannot be made is withheld with its reason."""
    source = FOUND if femur is None else GIVEN
    try:
        bone = prepared_bone(image, labels, side, femur, finder)
        marks = landmarks(bone)
    except InputError as error:
        return PlannedHip(HipPlan(side, femur_from=source, withheld=str(error)))
    return PlannedHip(_searched(bone, marks, rules, source), bone)


def prepared_bone(
    image: Image, labels: Image, side: str, femur: Image | None = None, finder: FemurFinder | None = None
) -> HipBone:
    """The bone of one hip, with the given femur or the one that the network finds.

    Raises:
        InputError: no head, too small a lesion, or a femur that does not cover the head.
    """
    given = femur is not None
    whole = np.isin(np.asarray(labels.array), (HEAD[side], NECROSIS[side]))
    if not whole.any():
        raise InputError(f"The segmentation has no femoral head {side}; outline it first.")
    sphere = fit_sphere(labels.like(whole.astype(np.float32)), side)
    views = views_of(image, femur is None, sphere[0], side)
    if femur is None:
        femur = find_femur(image, side, sphere[0], finder)
    bone = hip_bone(labels, side, femur, sphere, views)
    if bone.covered < LEAST_COVER:
        raise InputError(
            f"The given outline of the femur {side} covers {bone.covered:.0%} of the outlined head, and a plan needs "
            f"{LEAST_COVER:.0%}; correct one of them."
            if given
            else f"The femur {side} that was found covers {bone.covered:.0%} of the outlined head, and a plan needs "
            f"{LEAST_COVER:.0%}; outline the femur by hand and give it."
        )
    if bone.lesion_ml < LEAST_LESION_ML:
        raise InputError(f"The necrosis {side} has {bone.lesion_ml:.2f} ml, too little to plan wires for.")
    return bone


def _searched(bone: HipBone, marks: FemurLandmarks, rules: DrillingRules, source: str) -> HipPlan:
    zone = entries(bone, marks, rules)
    base = HipPlan(bone.side, lesion_ml=bone.lesion_ml, femur_from=source, landmarks=marks)
    if zone.hidden and not len(zone.surface):
        return replace(
            base,
            withheld=f"The lateral cortex {bone.side} lies at the edge of the image or beyond it, so that no wire can "
            "enter there; give an image that shows the outer side of the femur from the trochanter down.",
        )
    found = possible_wires(bone, marks, zone.tried, possible_tips(bone, rules), rules)
    choices = choose(found, rules, MOST_NEEDED)
    if len(choices) < rules.wires:
        return replace(base, withheld=_too_few(bone.side, len(choices), rules.wires))
    best = moved(bone, marks, found.part(np.array(choices[rules.wires - 1])), zone.surface, rules)
    order = np.argsort(best.entry[:, 2] * -1.0, kind="stable")  # from the highest entry down
    wires: list[Segment] = [(best.entry[k], best.tip[k]) for k in order]
    shares = [share_of(found, chosen) for chosen in choices]
    shares[rules.wires - 1] = max(shares[rules.wires - 1], reach_share(bone, wires, rules))
    shares = np.maximum.accumulate(shares).tolist()
    needed = next((count for count, share in enumerate(shares, 1) if share >= rules.wanted_share), None)
    one = wire_bound(bone, marks, zone.surface, rules)
    base = replace(
        base,
        share_by_wires=tuple(shares),
        tried_share=share_of(found),
        one_wire_bound=one,
        wires_needed=needed,
    )
    return replace(judged_wires(bone, marks, wires, rules, base), warnings=_warnings(bone, source, zone))


def _too_few(side: str, found: int, wanted: int) -> str:
    if not found:
        return (
            f"In hip {side} no wire that reaches the necrosis and keeps all rules was found; loosen the rules for "
            "margins, entry or angles."
        )
    return (
        f"In hip {side} only {found} of {wanted} wires that reach the necrosis and keep all rules were found; loosen the "
        "rules for margins, entry or angles, or ask for fewer wires."
    )


def judged_wires(
    bone: HipBone,
    marks: FemurLandmarks,
    wires: Sequence[Segment],
    rules: DrillingRules,
    before: HipPlan,
    numbers: Sequence[int] | None = None,
) -> HipPlan:
    """``before`` with these wires: figures, every rule on them, what they reach; for wires moved by hand too.

    Args:
        numbers: of the wires, where one of them is gone; from 1 on if left out.
    """
    plan = replace(
        before,
        wires=wire_figures(bone, marks, wires, rules, numbers),
        checks=check_wires(bone, marks, wires, rules, numbers),
        reach_share=reach_share(bone, wires, rules),
        bound_share=min(1.0, len(wires) * before.one_wire_bound),
    )
    return replace(plan, statement=statement(plan, rules))


def _warnings(bone: HipBone, source: str, zone: Entries) -> tuple[str, ...]:
    said = []
    if zone.hidden > MUCH_HIDDEN:
        said.append(
            f"{zone.hidden:.0%} of the lateral cortex {bone.side} where wires may enter lies at the edge of the image; "
            "entries were sought on the rest."
        )
    if source == FOUND:
        said.append(
            f"The femur {bone.side} was found by a network that learned from simulated patients; look at its outline "
            "before you rely on the plan, or give one of your own."
        )
    return tuple(said)

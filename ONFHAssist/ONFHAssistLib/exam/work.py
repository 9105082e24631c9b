"""An examination under way: its series with their roles, and of each side the aligned views that its outline rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ..core.progress import Progress
from ..imaging.labels import SIDES
from .alignment import HipView, align_hip, unmoved
from .result import Alignment
from .roles import cost_of
from .table import WHOLE, Look

AlignedView = tuple[Look, HipView, np.ndarray]  # with the 4 x 4 matrix from the reference to the series


@dataclass(frozen=True)
class MarkedEdge:
    """A lateral acetabular edge that a reader marked on one of the series.

    Attributes:
        series: number of the series in whose frame the point is; "" for the reference.
        point: LPS mm.
    """

    series: str
    point: tuple[float, float, float]


@dataclass
class Work:
    """Looks with their roles, the reference, and of each side its aligned views, the reference's first."""

    looks: list[Look]
    reference: Look
    alignments: list[Alignment] = field(default_factory=list)
    views: dict[str, list[AlignedView]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    chosen: frozenset[str] = frozenset()  # numbers of the series whose uses their user chose
    edges: Mapping[str, MarkedEdge] = field(default_factory=dict)  # side to what a reader marked

    @property
    def sides(self) -> list[str]:
        """Of the hips that were found, right before left."""
        return [side for side in SIDES if self.views.get(side)]

    def view_for(self, side: str, use: str) -> AlignedView | None:
        """The aligned series of a side that has a use; the reference's own where it has it, too.

        Where the one that has it does not show this hip, or could not be aligned there, another that fits takes its
        place, unless its user chose what it is used for.
        """
        views = self.views.get(side, [])
        found = [one for one in views if use in one[0].row.uses]
        if found:
            return found[0]
        others = [
            (cost, place)
            for place, (look, _, _) in enumerate(views)
            if look.row.number not in self.chosen and (cost := cost_of(look, use)) is not None
        ]
        return views[min(others)[1]] if others else None

    def marked_edge(self, side: str) -> tuple[np.ndarray, str] | None:
        """The edge that a reader marked of a side, LPS mm in the reference's frame as the hip lay there, and its series.

        None where none was marked, or where this hip could not be aligned to the series that it was marked on.
        """
        mark = self.edges.get(side)
        if mark is None:
            return None
        number = mark.series or self.reference.row.number
        for look, _, matrix in self.views.get(side, []):
            if look.row.number == number:
                back = np.linalg.inv(matrix)
                return back[:3, :3] @ np.asarray(mark.point, float) + back[:3, 3], number
        return None

    def why_none(self, side: str, use: str) -> str:
        """What keeps each series that fits a use from serving a side, in words; "" where no series fits."""
        failed = {one.series for one in self.alignments if one.side == side and one.failure}
        aligned = {look.row.number for look, _, _ in self.views.get(side, [])}
        said = []
        for look in self.looks:
            row = look.row
            if not row.usable or cost_of(look, use) is None:
                continue
            if row.number in failed:
                said.append(f"series {row.number} could not be aligned there")
            elif row.number in aligned or not row.uses:
                said.append(f"series {row.number} is not to be used for it")
            else:
                said.append(f"series {row.number} shows {row.coverage.get(side, 0.0):.0%} of the head")
        return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def view_of(look: Look, side: str) -> HipView | None:
    """A hip as a series shows it; None where it does not show it whole."""
    head = look.head(side)
    if head is None or look.image is None or look.segmentation is None:
        return None
    if look.row.coverage.get(side, 0.0) < WHOLE:
        return None
    labels = look.segmentation.fine or look.segmentation.labels
    return HipView(look.row.number, look.row.contrast, look.image, head, labels)


def align(work: Work, report: Progress) -> None:
    """All used series of each hip against the reference, or against the best that shows that hip."""
    used = [look for look in work.looks if look.row.uses]
    used.sort(key=lambda look: look is not work.reference)
    _warn_of_cut_hips(work, used)
    pairs = [(side, look) for side in SIDES for look in used]
    for place, (side, look) in enumerate(pairs):
        report(place / max(len(pairs), 1), f"Aligning hip {side} in series {look.row.number}")
        view = view_of(look, side)
        if view is None:
            continue
        aligned = work.views.setdefault(side, [])
        if not aligned:
            if look is not work.reference:
                work.warnings.append(
                    f"Side {side}: the reference does not show this hip; it is put where series {look.row.number} has it."
                )
            work.alignments.append(unmoved(view))
            aligned.append((look, view, np.eye(4)))
            continue
        found = align_hip(aligned[0][1], view)
        work.alignments.append(found)
        if found.failure:
            work.warnings.append(
                f"Side {side}: series {look.row.number} could not be aligned and is left out: {found.failure}."
            )
            continue
        aligned.append((look, view, np.array(found.matrix).reshape(4, 4)))


def _warn_of_cut_hips(work: Work, used: list[Look]) -> None:
    """A sentence on each hip that was found, but that no series shows whole."""
    for side in SIDES:
        looks = [*used, *(look for look in work.looks if not look.row.usable and not look.row.other)]
        shares = {look.row.number: look.row.coverage[side] for look in looks if side in look.row.coverage}
        if shares and max(shares.values()) < WHOLE:
            most = max(shares, key=shares.__getitem__)
            work.warnings.append(
                f"Hip {side} has no answer: no series shows its whole femoral head; series {most} shows most of it, "
                f"{shares[most]:.0%}."
            )

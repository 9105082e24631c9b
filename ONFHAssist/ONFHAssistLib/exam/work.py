"""An examination under way: its series with their roles, and of each side the aligned views that its outline rests on."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..core.progress import Progress
from ..imaging.labels import SIDES
from .alignment import HipView, align_hip, unmoved
from .result import Alignment
from .table import WHOLE, Look

AlignedView = tuple[Look, HipView, np.ndarray]  # with the 4 x 4 matrix from the reference to the series


@dataclass
class Work:
    """Looks with their roles, the reference, and of each side its aligned views, the reference's first."""

    looks: list[Look]
    reference: Look
    alignments: list[Alignment] = field(default_factory=list)
    views: dict[str, list[AlignedView]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def sides(self) -> list[str]:
        """Of the hips that were found, right before left."""
        return [side for side in SIDES if self.views.get(side)]

    def view_for(self, side: str, use: str) -> AlignedView | None:
        """The aligned series of a side that has a use; the reference's own where it has it, too."""
        found = [one for one in self.views.get(side, []) if use in one[0].row.uses]
        return found[0] if found else None


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

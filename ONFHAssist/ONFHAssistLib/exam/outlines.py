"""The outline of each hip on one canvas of 1 mm: of all its series together, or of the one that it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..core.vectors import as_point
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS
from ..segment.outliner import HeadOutline, Outliner, load_outliner, outline_of
from ..segment.pipeline import completed_outline
from .fusion import SeriesProbability, fused, hip_grid, learned_weights, logit, probability_of
from .roles import OUTLINE
from .work import AlignedView, Work


@dataclass(frozen=True)
class DrawnHip:
    """One hip drawn.

    Attributes:
        series: numbers of those that the outline rests on.
        grid: cube about the head in the reference's frame. parts: what each series says on it.
        probability: (3, z, y, x) of background, head and necrosis by all of them.
    """

    series: tuple[str, ...]
    grid: Image
    parts: tuple[SeriesProbability, ...]
    probability: np.ndarray

    @property
    def inside(self) -> Image:
        """Probability of head on the grid."""
        return replace(self.grid, array=1.0 - self.probability[0])

    @property
    def dead(self) -> Image:
        """Probability of necrosis on the grid."""
        return replace(self.grid, array=self.probability[2])

    @property
    def log_odds(self) -> tuple[Image, Image]:
        """Log odds on the grid of head, and of necrosis within the head."""
        head = 1.0 - self.probability[0]
        within = self.probability[2] / np.maximum(head, 1e-4)
        return replace(self.grid, array=logit(head)), replace(self.grid, array=logit(within))


def outlining_views(work: Work, side: str) -> list[AlignedView]:
    """The series of a hip that draw its outline; the first one where the user wants none."""
    return [one for one in work.views[side] if OUTLINE in one[0].row.uses] or work.views[side][:1]


def centre_of(work: Work, side: str) -> np.ndarray:
    """LPS mm of the head in the reference's frame, by the series that is its own reference."""
    return np.array(work.views[side][0][1].head.centre)


def parts_of(views: Sequence[AlignedView], grid: Image, outliner: Outliner) -> tuple[SeriesProbability, ...]:
    """What each of these series says of a hip on ``grid``."""
    return tuple(probability_of(view, matrix, grid, outliner) for _, view, matrix in views)


def draw(work: Work, side: str, canvas: Image, array: np.ndarray) -> DrawnHip:
    """The outline of a hip into the canvas."""
    chosen, centre = outlining_views(work, side), centre_of(work, side)
    grid = hip_grid(as_point(centre))
    outliner = load_outliner()
    parts = parts_of(chosen, grid, outliner)
    probability = fused(parts, learned_weights())
    if len(chosen) > 1:
        done = completed(canvas, grid, probability, outliner, centre, side)
        if done is not None:
            paint(array, canvas, done, side)
            return DrawnHip(tuple(part.series for part in parts), grid, parts, probability)
        work.warnings.append(
            f"Side {side}: the series together show no head; the outline of one of them is used."
        )
        parts = parts[:1]
        probability = fused(parts)
    look, view, matrix = chosen[0]
    _copy(array, canvas, view.labels, matrix, side)
    return DrawnHip((look.row.number,), grid, parts, probability)


def completed(
    canvas: Image, grid: Image, probability: np.ndarray, outliner: Outliner, centre: np.ndarray, side: str
) -> HeadOutline | None:
    """Probabilities on ``grid`` as an outline that ends at the neck; None where they show no head."""
    drawn = outline_of(canvas, grid, probability, outliner, centre)
    done = None if drawn is None else completed_outline(drawn, side)
    return None if done is None else done[0]


def paint(array: np.ndarray, canvas: Image, drawn: HeadOutline, side: str) -> None:
    """An outline into the canvas' array."""
    start = np.rint(canvas.point_to_index(drawn.grid.origin)).astype(int)
    part = array[tuple(slice(a, a + n) for a, n in zip(start[::-1], drawn.head.shape, strict=True))]
    part[drawn.head & (part == 0)] = HEAD[side]
    part[drawn.necrosis] = NECROSIS[side]


def _copy(array: np.ndarray, canvas: Image, labels: Image, matrix: np.ndarray, side: str) -> None:
    """One series' own outline, nearest voxels."""
    index = np.rint(labels.point_to_index(canvas.points() @ matrix[:3, :3].T + matrix[:3, 3])).astype(int)
    inside = np.all((index >= 0) & (index < np.array(labels.size)), axis=-1)
    x, y, z = np.moveaxis(np.where(inside[..., None], index, 0), -1, 0)
    found = np.where(inside, labels.array[z, y, x], 0)
    for label in (HEAD[side], NECROSIS[side]):
        array[found == label] = label

"""Drill tracks in femoral neck and head: straight, about 3 mm wide, dark or bright, from the lateral cortex upward.

Voxels that look like a thin tube (both larger second derivatives of one sign: Frangi et al. 1998, MICCAI, LNCS
1496:130-137) and run about as the neck does are put onto lines, as a Hough transform does: for each of many directions
they are thrown onto the plane across it, and where enough of them fall together along a length, there is a track. What
of it lies in the later date alone is new, in the earlier alone is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ..core.vectors import as_point
from ..imaging.head_sphere import neck_direction
from ..imaging.image import Image
from ..measure.surface import sampled
from .examinations import DatedHip

NEW, LOST, KEPT = "new", "lost", "kept"
STEP_MM = 1.0
WIDE_MM = 1.4  # standard deviation of the derivatives, which answers to tubes of 3 mm
ASKEW_DEG = 34.0  # from the neck's average axis
LEAST_MM, LEAST_KEPT_MM = (
    30.0,
    40.0,
)  # of a track's length that is seen; of one that is seen at both dates, as vessels are
LEAST_DOWN = 1.0  # radii from the centre down the neck, which a track from the lateral cortex passes
FILLED = 0.72  # of its length, at which the tube has to be seen
CLEAR = 2.6  # contrast of a tube in standard deviations of its series
SAME_MM, SAME_DEG = 4.5, 12.0  # between two tracks that are one
AROUND_MM = 2.5  # about the axis of a track, what is not called necrosis
MOST = 6
_NECK = (2.2, 0.5)  # radii: how far down, and half width; the cortex is no tube
_INSIDE_MM = 4.5  # under the surface of the head
_BIN_MM = 2.0
SEEN, ABSENT = 0.9, 0.3  # contrast of a track, in standard deviations of the bone; share of it that is none
STEADY = 0.25  # quantile over the length of a track, at which its contrast counts
_PLACES = ((0.0, 0.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))  # mm across, where a line is tried
_COS, _SIN = (one(np.arange(8) * np.pi / 4.0) for one in (np.cos, np.sin))
_ANGLES_DEG = 4.0


@dataclass(frozen=True)
class Track:
    """A drill track in the frame of the earlier date.

    Attributes:
        entry, tip: its ends as far as it is seen, LPS mm; the tip lies in or toward the head.
        state: "new", "lost" or "kept". contrast: of the tube against what is about it, in standard deviations of the
            bone's grey values, at the date that shows it better.
    """

    entry: tuple[float, float, float]
    tip: tuple[float, float, float]
    state: str
    contrast: float

    @property
    def length_mm(self) -> float:
        """From entry to tip."""
        return float(np.linalg.norm(np.subtract(self.tip, self.entry)))


def tracks_of(earlier: DatedHip, later: DatedHip, motion: np.ndarray) -> tuple[Track, ...]:
    """Tracks of both dates with what became of them: each line that looks like one at either is looked at in both."""
    grid = _grid(earlier)
    dates = ((earlier, np.eye(4)), (later, motion))
    lines: list[Track] = []
    for hip, way in dates:
        for one in find_tracks(hip, way, grid, earlier):
            if not any(_same(one, other) for other in lines):
                lines.append(one)
    found = []
    for one in lines:
        before, after = (contrast_along(one, hip, way, grid, earlier) for hip, way in dates)
        if max(before, after) < SEEN:
            continue
        weaker = min(before, after)
        if weaker >= ABSENT * max(before, after) and one.length_mm < LEAST_KEPT_MM:
            continue
        state = KEPT if weaker >= ABSENT * max(before, after) else NEW if after > before else LOST
        found.append(Track(one.entry, one.tip, state, max(before, after)))
    return tuple(found)


def contrast_along(track: Track, hip: DatedHip, motion: np.ndarray, grid: Image, frame: DatedHip) -> float:
    """How much a straight tube of 3 mm stands out of what is about it at one date, over its whole length, in standard
    deviations of the bone's grey values; of the series that shows it best, and the best of some places 1 mm around.

    A track has one sign over its length, which marrow, vessels and the border of a necrosis have not: a low quantile over
    the length counts, not its mean.
    """
    a, b = np.asarray(track.entry), np.asarray(track.tip)
    unit = (b - a) / np.linalg.norm(b - a)
    first = np.cross(unit, [0.0, 1.0, 0.0])
    first /= np.linalg.norm(first)
    second = np.cross(unit, first)
    along = np.arange(0.0, np.linalg.norm(b - a), 1.0)
    marrow = grid.points()[_marrow(grid, frame)][::7]
    best = 0.0
    for view, matrix in hip.views:
        lying = matrix @ motion

        def grey(points: np.ndarray, image: Image = view.image, lying: np.ndarray = lying) -> np.ndarray:
            return sampled(image, points @ lying[:3, :3].T + lying[:3, 3])

        spread = float(np.std(grey(marrow))) + 1e-9
        for x, y in _PLACES:
            axis = a + x * first + y * second + along[:, None] * unit
            discs = [
                grey(axis[:, None] + radius * (_COS[:, None] * first + _SIN[:, None] * second)).mean(axis=1)
                for radius in (0.8, 3.4)
            ]
            contrast = (discs[0] - discs[1]) / spread
            signed = max(float(np.quantile(contrast, STEADY)), float(np.quantile(-contrast, STEADY)))
            best = max(best, signed)
    return best


def find_tracks(hip: DatedHip, motion: np.ndarray, grid: Image, frame: DatedHip) -> list[Track]:
    """Lines of one date that may be tracks, on ``grid`` in the earlier frame; ``motion`` leads from it to the hip's."""
    points = grid.points()
    bone = _marrow(grid, frame)
    tube = np.zeros(grid.array.shape)
    way = np.zeros((*grid.array.shape, 3))
    for view, matrix in hip.views:
        lying = matrix @ motion
        values = sampled(view.image, points @ lying[:3, :3].T + lying[:3, 3])
        own, direction = tubeness(values, bone)
        better = own > tube
        tube[better], way[better] = own[better], direction[better]
    return _lines(tube, way, bone, grid, frame)


def tubeness(values: np.ndarray, bone: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How much each voxel looks like a thin tube, in standard deviations of the bone's, and along which way (x, y, z)."""
    hessian = np.empty((*values.shape, 3, 3))
    axes = (2, 1, 0)  # x, y, z of an array (z, y, x)
    for i, a in enumerate(axes):
        for j, b in enumerate(axes[i:], i):
            order = [0, 0, 0]
            order[a] += 1
            order[b] += 1
            hessian[..., i, j] = hessian[..., j, i] = ndimage.gaussian_filter(
                values, WIDE_MM / STEP_MM, order
            )
    found = np.zeros(values.shape)
    direction = np.zeros((*values.shape, 3))
    eigen, vectors = np.linalg.eigh(hessian[bone])
    by_size = np.argsort(np.abs(eigen), axis=1)
    sorted_eigen = np.take_along_axis(eigen, by_size, axis=1)
    small, middle, large = sorted_eigen.T
    strength = np.where(middle * large > 0, np.sqrt(np.abs(middle * large)) - np.abs(small), 0.0)
    spread = 1.4826 * np.median(np.abs(np.concatenate([middle, large]))) + 1e-9
    found[bone] = np.clip(strength, 0.0, None) / spread
    direction[bone] = np.take_along_axis(vectors, by_size[:, None, :1], axis=2)[..., 0]
    return found, direction


def _grid(hip: DatedHip) -> Image:
    centre, radius = np.asarray(hip.head.centre), hip.head.radius
    middle = centre + 0.6 * radius * neck_direction(hip.side)
    count = int(2 * 2.1 * radius / STEP_MM)
    return Image(
        np.zeros((count,) * 3, np.uint8), (STEP_MM,) * 3, as_point(middle - 0.5 * (count - 1) * STEP_MM)
    )


def _marrow(grid: Image, hip: DatedHip) -> np.ndarray:
    """Voxels well within head and neck."""
    offset = grid.points() - np.asarray(hip.head.centre)
    down, radius = neck_direction(hip.side), hip.head.radius
    along = offset @ down
    squared = (offset**2).sum(axis=-1)
    neck = (along > 0) & (along < _NECK[0] * radius) & (squared - along**2 < (_NECK[1] * radius) ** 2)
    return np.asarray((squared < (radius - _INSIDE_MM) ** 2) | neck)


def _lines(tube: np.ndarray, way: np.ndarray, bone: np.ndarray, grid: Image, hip: DatedHip) -> list[Track]:
    """Tracks among the voxels that look like tubes, the clearest first; each takes its voxels away."""
    down = neck_direction(hip.side)
    strong = bone & (tube > CLEAR) & (np.abs(way @ down) > np.cos(np.radians(ASKEW_DEG + 12.0)))
    points, weight = grid.points()[strong], tube[strong]
    found: list[Track] = []
    while len(found) < MOST and len(points) >= LEAST_MM / STEP_MM:
        best = None
        for direction in directions_about(down):
            candidate = _line_along(points, weight, direction)
            if (
                candidate is None
                or (candidate[2][0] - np.asarray(hip.head.centre)) @ down < LEAST_DOWN * hip.head.radius
            ):
                continue
            if best is None or candidate[0] > best[0]:
                best = candidate
        if best is None:
            break
        _, near, ends = best
        found.append(Track(as_point(ends[0]), as_point(ends[1]), "", float(weight[near].mean())))
        points, weight = points[~near], weight[~near]
    return found


def directions_about(axis: np.ndarray) -> np.ndarray:
    """Unit vectors (n, 3) within :data:`ASKEW_DEG` of an axis, some degrees apart."""
    side = np.cross(axis, [0.0, 1.0, 0.0])
    side /= np.linalg.norm(side)
    other = np.cross(axis, side)
    steps = np.arange(-ASKEW_DEG, ASKEW_DEG + 1e-6, _ANGLES_DEG)
    a, b = (np.radians(one).ravel() for one in np.meshgrid(steps, steps))
    found = axis + np.tan(a)[:, None] * side + np.tan(b)[:, None] * other
    found /= np.linalg.norm(found, axis=1)[:, None]
    return np.asarray(found[found @ axis >= np.cos(np.radians(ASKEW_DEG))])


def _line_along(
    points: np.ndarray, weight: np.ndarray, direction: np.ndarray
) -> tuple[float, np.ndarray, tuple[np.ndarray, np.ndarray]] | None:
    """The best line of a direction: its score, which points it takes, and its ends (low on the femur first)."""
    first = np.cross(direction, [0.0, 1.0, 0.0])
    first /= np.linalg.norm(first)
    second = np.cross(direction, first)
    across = np.stack([points @ first, points @ second], axis=1)
    cell = np.floor(across / _BIN_MM).astype(int)
    cell -= cell.min(axis=0)
    votes = np.zeros(cell.max(axis=0) + 1)
    np.add.at(votes, (cell[:, 0], cell[:, 1]), np.minimum(weight, 2.0 * CLEAR))
    peak = np.unravel_index(int(ndimage.uniform_filter(votes, 2).argmax()), votes.shape)
    middle = across[(np.abs(cell - np.array(peak)) <= 1).all(axis=1)].mean(axis=0)
    near = np.linalg.norm(across - middle, axis=1) <= 2.0
    if near.sum() < LEAST_MM / STEP_MM:
        return None
    along = points[near] @ direction
    low, high = _longest(along)
    if high - low < LEAST_MM:
        return None
    ends = [middle[0] * first + middle[1] * second + t * direction for t in (high, low)]
    taken = near & (points @ direction >= low - 1) & (points @ direction <= high + 1)
    return float(weight[taken].sum()), near, (ends[0], ends[1])


def _longest(along: np.ndarray) -> tuple[float, float]:
    """Ends of the longest stretch that is filled to :data:`FILLED`, mm."""
    step = np.floor(along).astype(int)
    start = step.min()
    there = np.zeros(step.max() - start + 1)
    there[step - start] = 1.0
    total = np.concatenate([[0.0], np.cumsum(ndimage.binary_dilation(there > 0))])
    for length in range(len(there), int(LEAST_MM) - 1, -1):
        share = (total[length:] - total[:-length]) / length
        if share.max() >= FILLED:
            first = int(share.argmax())
            return float(start + first), float(start + first + length)
    return 0.0, 0.0


def _same(one: Track, two: Track) -> bool:
    a, b = np.subtract(one.tip, one.entry), np.subtract(two.tip, two.entry)
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    middle = 0.5 * (np.add(one.tip, one.entry))
    off = middle - np.asarray(two.entry)
    away = np.linalg.norm(off - (off @ b) * b)
    return bool(away <= SAME_MM and abs(a @ b) >= np.cos(np.radians(SAME_DEG)))


def voxels_of(tracks: Sequence[Track], grid: Image, around_mm: float = AROUND_MM) -> np.ndarray:
    """Voxels (z, y, x) within some mm of the axes of tracks, which go on to where they may end in the head."""
    found = np.zeros(grid.array.shape, bool)
    points = grid.points() if tracks else None
    for track in tracks:
        a, b = np.asarray(track.entry), np.asarray(track.tip)
        unit = (b - a) / np.linalg.norm(b - a)
        offset = points - a
        along = np.clip(offset @ unit, 0.0, np.linalg.norm(b - a) + 8.0)
        found |= np.linalg.norm(offset - along[..., None] * unit, axis=-1) <= around_mm
    return found

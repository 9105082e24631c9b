"""Necrotic arcs in a plane through the centre of the femoral head, and the JIC type of where one ends.

Sources:
    Kerboul M, Thomine J, Postel M, Merle d'Aubigne R (1974) J Bone Joint Surg Br 56-B:291-296 - sum of two arcs.
    Sugano N et al. (2002) J Orthop Sci 7:601-605 - JIC type (revised Japanese criteria).
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from ..core.errors import InputError
from ..imaging.head_sphere import lateral_axis
from ..imaging.image import Image
from ..imaging.subvoxel import signed_distance

Arc = tuple[float, float]
ANGLE_STEP_DEG = 0.5
BAND = (
    0.70,
    0.95,
)  # part of the radius in which a ray counts as necrotic; the articular edge itself is uncertain
CLIP_MM = 1.5  # distances beyond this say nothing more about where a ray leaves the necrosis
CLOSE_GAP_DEG = 10.0
MIN_RUN_DEG = 3.0
TEARDROP = (-1.4, -1.0)  # lateral and upward from the head centre, in head radii, where it is not given


def ray_profile(
    distance: Image, centre: np.ndarray, radius: float, first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """How far the rays of a plane run from a structure, on average over the outer part of the head.

    Args:
        distance: signed distance of the structure in mm (:func:`signed_distance`).
        centre: LPS mm.
        radius: of the head in mm; rays are sampled from 0.70 to 0.95 of it.
        first: unit LPS vector at 0 degrees.
        second: unit LPS vector at 90 degrees.

    Returns:
        Angles in degrees, shape (720,), from -180, and mean clipped distance in mm; negative where a ray is inside.
    """
    angles = np.arange(-180.0, 180.0, ANGLE_STEP_DEG)
    rays = np.cos(np.radians(angles))[:, None] * first + np.sin(np.radians(angles))[:, None] * second
    lengths = np.linspace(*BAND, 8) * radius
    points = np.asarray(centre) + lengths[None, :, None] * rays[:, None, :]
    index = distance.point_to_index(points)[..., ::-1]
    values = ndimage.map_coordinates(distance.array, np.moveaxis(index, -1, 0), order=1, mode="nearest")
    return angles, np.clip(values, -CLIP_MM, CLIP_MM).mean(axis=1)


def necrotic_arc(angles: np.ndarray, profile: np.ndarray) -> tuple[float, float] | None:
    """First and last necrotic angle of a plane, or None.

    Gaps under 10 degrees are closed and runs under 3 degrees left out; the arc spans all runs that stay, over the
    shorter way round. Its ends are interpolated between rays.

    Args:
        angles: degrees, evenly spaced over the whole turn.
        profile: negative where necrotic, same shape.

    Returns:
        Start and end in degrees, start in -180..180 and end after it; None where no run is long enough.
    """
    inside = profile < 0
    if inside.all():
        return -180.0, 180.0
    if not inside.any():
        return None
    n = len(angles)
    roll = int(np.argmax(~inside))  # start outside, so that no run wraps around
    inside, values = np.roll(inside, -roll), np.roll(profile, -roll)
    gap = round(CLOSE_GAP_DEG / ANGLE_STEP_DEG)
    runs: list[list[int]] = []
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
    for begin, end in edges.reshape(-1, 2):
        if runs and begin - runs[-1][1] < gap:
            runs[-1][1] = end
        else:
            runs.append([begin, end])
    runs = [run for run in runs if (run[1] - run[0]) * ANGLE_STEP_DEG >= MIN_RUN_DEG]
    if not runs:
        return None
    # The largest gap between runs is the healthy side; the arc is the rest of the turn.
    gaps = [
        runs[(i + 1) % len(runs)][0] + (n if i + 1 == len(runs) else 0) - runs[i][1] for i in range(len(runs))
    ]
    last = int(np.argmax(gaps))
    begin, end = runs[(last + 1) % len(runs)][0], runs[last][1] - 1
    start = begin - _crossing(values[begin - 1], values[begin])
    stop = end + _crossing(values[(end + 1) % n], values[end])
    span = ((stop - start) % n) * ANGLE_STEP_DEG
    first = angles[0] + ((start + roll) % n) * ANGLE_STEP_DEG
    return float(first), float(first + span)


def _crossing(outside: float, inside: float) -> float:
    """Steps from the last ray inside to where the profile is zero, 0..1."""
    return float(-inside / (outside - inside)) if outside > inside else 0.0


def jic_thirds(
    centre: np.ndarray, radius: float, side: str, edge: np.ndarray, teardrop: np.ndarray | None = None
) -> tuple[float, float]:
    """Medial and lateral limit of the weight-bearing surface in the coronal plane (Sugano 2002).

    The line from the lateral acetabular edge to the lower end of the teardrop is halved; the perpendicular at its
    middle meets the articular surface at the medial limit. The lateral limit is the direction of the edge. The
    surface between the two is divided into thirds of equal angle.

    Args:
        centre: LPS mm of the head.
        radius: mm.
        side: "R" or "L".
        edge: LPS mm of the lateral acetabular edge.
        teardrop: LPS mm of the lower end of the teardrop; without it, 1.4 radii medial of and one below the centre.

    Returns:
        Degrees from straight up, positive laterally.
    """
    lateral = lateral_axis(side)
    edge_2d = _coronal(np.asarray(edge, float) - centre, lateral)
    tear_2d = (
        np.array(TEARDROP) * radius if teardrop is None else _coronal(np.asarray(teardrop) - centre, lateral)
    )
    along = edge_2d - tear_2d
    length = np.linalg.norm(along)
    if length < 0.5 * radius or edge_2d[1] <= 0:
        raise InputError(
            f"The acetabular edge {tuple(np.round(np.asarray(edge, float), 1))} of side {side} does not lie above the "
            "head centre; set it to the lateral end of the acetabular roof."
        )
    along /= length
    middle = 0.5 * (edge_2d + tear_2d)
    upward = np.array([-along[1], along[0]])
    reach = -middle @ upward + np.sqrt(max((middle @ upward) ** 2 - middle @ middle + radius**2, 0.0))
    limit = middle + reach * upward
    return float(np.degrees(np.arctan2(*limit))), float(np.degrees(np.arctan2(*edge_2d)))


def jic_type_of(lateral_end_deg: float, limits: tuple[float, float]) -> str:
    """JIC type from where the necrosis ends laterally and :func:`jic_thirds`; all in degrees from straight up."""
    reach = (lateral_end_deg - limits[0]) / (limits[1] - limits[0])
    if reach <= 1.0 / 3.0:
        return "A"
    if reach <= 2.0 / 3.0:
        return "B"
    return "C1" if reach <= 1.0 else "C2"


def _coronal(offset: np.ndarray, lateral: np.ndarray) -> np.ndarray:
    return np.array([offset @ lateral, offset[2]])


def arc_planes(lateral: np.ndarray, sagittal: bool) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Axes at 0 and 90 degrees of the planes of arc A (from straight up, outward) and arc B (from the front)."""
    up, front = np.array([0.0, 0.0, 1.0]), np.array([0.0, -1.0, 0.0])
    return (up, lateral), (front, up if sagittal else lateral)


def necrotic_arcs(
    necrosis: Image, centre: np.ndarray, radius: float, side: str, sagittal: bool = False
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """Start and end in degrees of arc A (coronal) and arc B (axial or sagittal) of a necrosis mask; None without arc.

    Arc A counts from straight up, positive outward from the midline; arc B from straight forward.
    """
    distance = signed_distance(_cropped_to_mask(necrosis))
    first, second = (
        necrotic_arc(*ray_profile(distance, centre, radius, *plane))
        for plane in arc_planes(lateral_axis(side), sagittal)
    )
    return first, second


def _cropped_to_mask(mask: Image) -> Image:
    """The part of a mask that holds it, with a margin in which distances pass what :func:`ray_profile` clips to."""
    first = ndimage.find_objects((mask.array != 0).astype(np.uint8))[0][::-1]
    margin = [int(np.ceil(2.0 * CLIP_MM / s)) + 1 for s in mask.spacing]
    return mask.cropped(
        tuple(s.start - m for s, m in zip(first, margin, strict=True)),
        tuple(s.stop + m for s, m in zip(first, margin, strict=True)),
    )


def arc_ends(
    arc: tuple[float, float] | None, plane: tuple[np.ndarray, np.ndarray], centre: np.ndarray, radius: float
) -> tuple:
    if arc is None:
        return ()
    return tuple(
        tuple(float(v) for v in centre + radius * (np.cos(a) * plane[0] + np.sin(a) * plane[1]))
        for a in np.radians(arc)
    )

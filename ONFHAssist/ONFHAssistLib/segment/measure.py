"""Numbers read off an outlined hip: head sphere, necrotic volume, arcs, combined angle, JIC type.

Everything is measured in the patient's own planes (LPS axes) through the centre of the femoral head, whatever the
orientation and spacing of the label image: masks are turned into signed distances (shape-based interpolation, Raya &
Udupa 1990, IEEE TMI 9:32-42) and these are sampled on rays from the centre, so that thick slices do not quantise an
angle to their own thickness.

Sources:
    Kerboul M, Thomine J, Postel M, Merle d'Aubigne R (1974) J Bone Joint Surg Br 56-B:291-296 - sum of two arcs.
    Koo KH, Kim R (1995) J Bone Joint Surg Br 77-B:870-874 - necrosis index (A/180)(B/180)100 from MR images.
    Sugano N et al. (2002) J Orthop Sci 7:601-605 - JIC type (revised Japanese criteria).
    Steinberg ME, Hayken GD, Steinberg DR (1995) J Bone Joint Surg Br 77-B:34-41 - 15 and 30 % of the head.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import SimpleITK as sitk  # noqa: N813
from scipy import ndimage

from ..errors import InputError
from ..image import Image
from .labels import HEAD, NECROSIS, SIDES, head_mask, necrosis_mask

ANGLE_STEP_DEG = 0.5
BAND = (
    0.70,
    0.95,
)  # part of the radius in which a ray counts as necrotic; the articular edge itself is uncertain
CLIP_MM = 1.5  # distances beyond this say nothing more about where a ray leaves the necrosis
CLOSE_GAP_DEG = 10.0
LEAST_RUN_DEG = 3.0
TEARDROP = (-1.4, -1.0)  # lateral and upward from the head centre, in head radii, where it is not given


@dataclass(frozen=True)
class HipMeasurement:
    """What one outlined hip measures.

    Attributes:
        side: "R" or "L", the patient's.
        centre: LPS mm of the sphere fitted to the articular surface.
        radius: its radius in mm.
        head_ml: volume of the femoral head in ml, necrosis included.
        necrosis_ml: volume of the necrosis in ml; 0.0 without necrosis.
        necrotic_share: ``necrosis_ml / head_ml``, 0..1.
        steinberg: "none", "mild" (< 15 %), "moderate" (15-30 %) or "severe" (> 30 %), Steinberg 1995.
        arc_a: degrees of the head's outline that are necrotic in the coronal plane through the centre (Kerboul 1974).
        arc_b: the same in the axial (or, by the switch, sagittal) plane through the centre.
        combined_necrotic_angle: ``arc_a + arc_b`` in degrees (modified Kerboul angle).
        necrosis_degree_index: ``arc_a / 180 * arc_b / 180 * 100``, as printed by Koo & Kim 1995.
        jic_type: "A", "B", "C1", "C2"; None without necrosis or without an acetabular edge.
        depth_mm: greatest distance of necrosis from the fitted articular surface, inward, in mm.
        arc_a_ends: LPS mm of the medial and lateral end of arc A on the sphere, () where there is no arc.
        arc_b_ends: LPS mm of the ends of arc B, () where there is no arc.
        arc_b_plane: "axial" or "sagittal".
    """

    side: str
    centre: tuple[float, float, float]
    radius: float
    head_ml: float
    necrosis_ml: float
    necrotic_share: float
    steinberg: str
    arc_a: float
    arc_b: float
    combined_necrotic_angle: float
    necrosis_degree_index: float
    jic_type: str | None
    depth_mm: float
    arc_a_ends: tuple = ()
    arc_b_ends: tuple = ()
    arc_b_plane: str = "axial"


def lateral_axis(side: str) -> np.ndarray:
    """Unit LPS vector from the midline outward: -x for the right hip, +x for the left."""
    if side not in SIDES:
        raise InputError(f'The side is "{side}"; "R" or "L" is needed.')
    return np.array([-1.0 if side == "R" else 1.0, 0.0, 0.0])


def fit_sphere(mask_image: Image, side: str) -> tuple[np.ndarray, float]:
    """Sphere through the articular surface of a femoral-head mask.

    The surface is taken half-way between neighbouring voxels inside and outside. The start is a least-squares sphere
    of the points that look upward, medially or forward (the neck leaves downward and laterally); then Tukey's
    bisquare weights (cut 2 mm) let every further articular point in and keep neck, osteophytes and depressions out.

    Args:
        mask_image: non-zero inside the femoral head; any orientation and spacing.
        side: "R" or "L": says where the neck leaves.

    Returns:
        LPS centre in mm, shape (3,), and radius in mm.

    Raises:
        InputError: the mask is empty or too small for a sphere (fewer than 30 surface points).
    """
    points = _surface_points(mask_image)
    if len(points) < 30:
        raise InputError(
            f"The femoral head {side} has {len(points)} surface points; a sphere needs at least 30: outline it further."
        )
    neck = 0.78 * lateral_axis(side) + np.array([0.0, 0.2, -0.6])
    neck /= np.linalg.norm(neck)
    middle = 0.5 * (points.min(axis=0) + points.max(axis=0))
    away = (points - middle) @ neck
    start = points[away < np.percentile(away, 60)]
    centre, radius = _least_squares_sphere(start, np.ones(len(start)))
    for cut in (6.0, 4.0, 3.0, 2.0, 2.0, 2.0, 2.0, 2.0):
        offset = points - centre
        distance = np.linalg.norm(offset, axis=1)
        weight = np.clip(1.0 - ((distance - radius) / cut) ** 2, 0.0, None) ** 2
        weight[offset @ neck > 0.62 * radius] = 0.0  # the head passes into the neck here
        if (weight > 0).sum() < 30:
            break
        centre, radius = _least_squares_sphere(points, weight)
    return centre, float(radius)


def _surface_points(mask_image: Image) -> np.ndarray:
    """LPS points between inside and outside neighbours, shape (n, 3); voxels on the image border are no surface."""
    mask = np.asarray(mask_image.array) != 0
    found = []
    for axis in range(3):
        first = np.moveaxis(mask, axis, 0)
        edge = np.argwhere(first[1:] != first[:-1]).astype(float)
        edge[:, 0] += 0.5
        index = np.empty_like(edge)
        index[:, axis] = edge[:, 0]
        index[:, [a for a in range(3) if a != axis]] = edge[:, 1:]
        found.append(index)
    return mask_image.index_to_point(np.concatenate(found)[:, ::-1])


def _least_squares_sphere(points: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, float]:
    """Algebraic fit |p|^2 = 2 c.p + k with weights; linear, so there is nothing to diverge."""
    shift = points.mean(axis=0)
    q = points - shift
    root = np.sqrt(weight)[:, None]
    design = np.hstack([2.0 * q, np.ones((len(q), 1))])
    solution = np.linalg.lstsq(design * root, (q**2).sum(axis=1) * root[:, 0], rcond=None)[0]
    centre = solution[:3]
    return centre + shift, float(np.sqrt(max(solution[3] + centre @ centre, 1e-6)))


def signed_distance(mask_image: Image) -> Image:
    """Signed distance in mm to the surface of a mask, negative inside; the surface lies between voxels."""
    mask = np.pad((np.asarray(mask_image.array) != 0).astype(np.uint8), 1)
    image = sitk.GetImageFromArray(mask)
    image.SetSpacing(mask_image.spacing)
    field = sitk.SignedMaurerDistanceMap(
        image, insideIsPositive=False, squaredDistance=False, useImageSpacing=True
    )
    distance = sitk.GetArrayFromImage(field)
    # Maurer's distance is zero at the inner boundary voxels; half a voxel centres it between the two sides.
    outer = sitk.SignedMaurerDistanceMap(
        sitk.Cast(image == 0, sitk.sitkUInt8),
        insideIsPositive=False,
        squaredDistance=False,
        useImageSpacing=True,
    )
    both = 0.5 * (distance - sitk.GetArrayFromImage(outer))
    return mask_image.like(both[1:-1, 1:-1, 1:-1].astype(np.float32))


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
    runs = []
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
    for begin, end in edges.reshape(-1, 2):
        if runs and begin - runs[-1][1] < gap:
            runs[-1][1] = end
        else:
            runs.append([begin, end])
    runs = [run for run in runs if (run[1] - run[0]) * ANGLE_STEP_DEG >= LEAST_RUN_DEG]
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


def measure_hip(
    labels: Image,
    side: str,
    acetabular_edge: np.ndarray | None = None,
    midline_x: float | None = None,
    sagittal: bool = False,
    teardrop: np.ndarray | None = None,
    sphere: tuple[np.ndarray, float] | None = None,
) -> HipMeasurement:
    """Measure one hip of a segmentation.

    Args:
        labels: label image with the values of :mod:`.labels`; any orientation and spacing.
        side: "R" or "L".
        acetabular_edge: LPS mm of the lateral end of the acetabular roof; without it ``jic_type`` is None.
        midline_x: LPS x of the patient's midline in mm; the head must lie on its own side of it.
        sagittal: measure arc B in the sagittal instead of the axial plane.
        teardrop: LPS mm of the lower end of the teardrop, see :func:`jic_thirds`.
        sphere: centre and radius where they are already known; fitted otherwise.

    Returns:
        The numbers; see :class:`HipMeasurement` for definitions and sources.

    Raises:
        InputError: no femoral head of that side, a head on the wrong side of the midline, an edge below the centre.
    """
    lateral = lateral_axis(side)
    crop = _crop_to_side(labels, side)
    head = crop.like(head_mask(crop.array, side))
    centre, radius = (
        fit_sphere(head, side) if sphere is None else (np.asarray(sphere[0], float), float(sphere[1]))
    )
    if midline_x is not None and (centre[0] - midline_x) * lateral[0] < 0:
        raise InputError(
            f"The femoral head {side} lies at x = {centre[0]:.0f} mm, on the other side of the midline at "
            f"x = {midline_x:.0f} mm; exchange the sides of the segmentation."
        )
    head_ml = float(np.count_nonzero(head.array)) * labels.voxel_volume_ml
    necrosis = crop.like(necrosis_mask(crop.array, side))
    necrosis_ml = float(np.count_nonzero(necrosis.array)) * labels.voxel_volume_ml
    arcs = necrotic_arcs(necrosis, centre, radius, side, sagittal) if necrosis_ml else (None, None)
    jic = None
    if arcs[0] is not None and acetabular_edge is not None:
        jic = jic_type_of(arcs[0][1], jic_thirds(centre, radius, side, acetabular_edge, teardrop))
    arc_a, arc_b = (0.0 if arc is None else arc[1] - arc[0] for arc in arcs)
    share = necrosis_ml / head_ml
    planes = _planes(lateral, sagittal)
    return HipMeasurement(
        side=side,
        centre=tuple(float(c) for c in centre),
        radius=float(radius),
        head_ml=head_ml,
        necrosis_ml=necrosis_ml,
        necrotic_share=share,
        steinberg=steinberg_of(share),
        arc_a=arc_a,
        arc_b=arc_b,
        combined_necrotic_angle=arc_a + arc_b,
        necrosis_degree_index=arc_a / 180.0 * arc_b / 180.0 * 100.0,
        jic_type=jic,
        depth_mm=_depth(necrosis, centre, radius) if necrosis_ml else 0.0,
        arc_a_ends=_ends(arcs[0], planes[0], centre, radius),
        arc_b_ends=_ends(arcs[1], planes[1], centre, radius),
        arc_b_plane="sagittal" if sagittal else "axial",
    )


def steinberg_of(share: float) -> str:
    """Steinberg's extent of a necrotic share 0..1: "none", "mild", "moderate", "severe"."""
    if share <= 0:
        return "none"
    if share < 0.15:
        return "mild"
    return "moderate" if share <= 0.30 else "severe"


def measure(labels: Image) -> list[HipMeasurement]:
    """Measure every hip that a segmentation holds, right before left; empty where it holds none.

    Without landmarks the JIC type stays None; :func:`measure_hip` takes them.
    """
    present = np.flatnonzero(np.bincount(np.asarray(labels.array).ravel().clip(0), minlength=5)[:5])
    return [
        measure_hip(labels, side) for side in SIDES if {HEAD[side], NECROSIS[side]} & set(present.tolist())
    ]


def _crop_to_side(labels: Image, side: str) -> Image:
    """The part of a label image around one hip, two voxels wider."""
    mask = head_mask(np.asarray(labels.array), side)
    spans = []
    for axis in (2, 1, 0):
        along = np.flatnonzero(mask.any(axis=tuple(a for a in range(3) if a != axis)))
        if not len(along):
            raise InputError(
                f"The segmentation has no femoral head {side} (label {HEAD[side]} or {NECROSIS[side]}); outline it first."
            )
        spans.append((along[0] - 2, along[-1] + 3))
    return labels.cropped(tuple(s[0] for s in spans), tuple(s[1] for s in spans))


def _planes(lateral: np.ndarray, sagittal: bool) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
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
        for plane in _planes(lateral_axis(side), sagittal)
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


def _ends(
    arc: tuple[float, float] | None, plane: tuple[np.ndarray, np.ndarray], centre: np.ndarray, radius: float
) -> tuple:
    if arc is None:
        return ()
    return tuple(
        tuple(float(v) for v in centre + radius * (np.cos(a) * plane[0] + np.sin(a) * plane[1]))
        for a in np.radians(arc)
    )


def _depth(necrosis: Image, centre: np.ndarray, radius: float) -> float:
    points = necrosis.index_to_point(np.argwhere(necrosis.array)[:, ::-1])
    return float(radius - np.linalg.norm(points - centre, axis=1).min())

"""Numbers read off an outlined hip: head sphere, necrotic volume, arcs, combined angle, JIC type.

Everything is measured in the patient's own planes (LPS axes) through the centre of the femoral head, whatever the
orientation and spacing of the label image. Outlines of thick slices are first given the smooth surface that they stand
for (:mod:`.subvoxel`), head and border of the necrosis apart: the necrosis is what lies within both, so that the sharp
corner between its border and the articular surface stays sharp. Volumes are counted in voxels, as Slicer's own Segment
Statistics does, so that the two agree.

Sources:
    Kerboul M, Thomine J, Postel M, Merle d'Aubigne R (1974) J Bone Joint Surg Br 56-B:291-296 - sum of two arcs.
    Koo KH, Kim R (1995) J Bone Joint Surg Br 77-B:870-874 - necrosis index (A/180)(B/180)100 from MR images.
    Sugano N et al. (2002) J Orthop Sci 7:601-605 - JIC type (revised Japanese criteria).
    Steinberg ME, Hayken GD, Steinberg DR (1995) J Bone Joint Surg Br 77-B:34-41 - 15 and 30 % of the head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from ..core.errors import InputError
from ..core.vectors import as_point, box_of
from ..imaging.head_sphere import fit_sphere, lateral_axis
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS, SIDES, head_mask, necrosis_mask
from ..imaging.subvoxel import signed_distance, smooth_field, subdivision
from .arcs import arc_ends, arc_planes, jic_thirds, jic_type_of, necrotic_arc, necrotic_arcs, ray_profile

__all__ = [
    "HipMeasurement",
    "fit_sphere",
    "jic_thirds",
    "jic_type_of",
    "lateral_axis",
    "measure",
    "measure_hip",
    "necrotic_arc",
    "necrotic_arcs",
    "ray_profile",
    "signed_distance",
    "steinberg_of",
    "with_edge",
]

MILD, SEVERE = 0.15, 0.30  # Steinberg's limits
_STRUCTURES = {"head": head_mask, "necrosis": necrosis_mask}
OF_OUTLINE, OF_SERIES = "outline", "series"  # of HipMeasurement.arcs_from
MARGIN_VOXELS = 3  # around the head, so that a smooth surface has room outside it


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
        arc_a_span: medial and lateral end of arc A in degrees from straight up, positive outward; () without arc.
        necrosis_degree_index_ab: ``arc_a * arc_b / 100``, the reading of the same index that gives the DLRC study's own
            mean (115), standard deviation (47) and median (110); its published cut of 109.7 is on this scale. None in
            results of earlier versions.
        arcs_from: "outline", or "series" where an arc was read off the border that several series show on the surface
            (:mod:`.border`): measuring that outline again does not give it.

    Example:
        A head of 24 mm radius with a flat-edged necrosis in its upper front, 10 mm from the centre:

        >>> z, y, x = 1.0 * np.mgrid[-30:31, -30:31, -30:31]  # mm about the centre
        >>> head = x**2 + y**2 + z**2 <= 24.0**2
        >>> outlines = np.where(z - y > 14.0, NECROSIS["R"], HEAD["R"]) * head
        >>> hip = measure(Image(outlines, origin=(-120.0, -30.0, -30.0)))[0]
        >>> hip.side, round(hip.radius), hip.steinberg
        ('R', 24, 'moderate')
        >>> round(hip.arc_a), round(hip.arc_b), round(hip.combined_necrotic_angle)  # degrees
        (84, 84, 168)
        >>> hip.jic_type is None  # no acetabular edge was given
        True
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
    arc_a_ends: tuple[tuple[float, float, float], ...] = ()
    arc_b_ends: tuple[tuple[float, float, float], ...] = ()
    arc_b_plane: str = "axial"
    arc_a_span: tuple[float, ...] = ()
    necrosis_degree_index_ab: float | None = None
    arcs_from: str = OF_OUTLINE


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
    crop = crop_to_side(labels, side)
    counted = {name: int(np.count_nonzero(mask(crop.array, side))) for name, mask in _STRUCTURES.items()}
    head, necrosis = surfaces(crop, side)
    centre, radius = (
        fit_sphere(head, side) if sphere is None else (np.asarray(sphere[0], float), float(sphere[1]))
    )
    if midline_x is not None and (centre[0] - midline_x) * lateral[0] < 0:
        raise InputError(
            f"The femoral head {side} lies at x = {centre[0]:.0f} mm, on the other side of the midline at "
            f"x = {midline_x:.0f} mm; exchange the sides of the segmentation."
        )
    found = np.any(necrosis.array)
    arcs = necrotic_arcs(necrosis, centre, radius, side, sagittal) if found else (None, None)
    arc_a, arc_b = (0.0 if arc is None else arc[1] - arc[0] for arc in arcs)
    share = counted["necrosis"] / counted["head"]
    planes = arc_planes(lateral, sagittal)
    measured = HipMeasurement(
        side=side,
        centre=as_point(centre),
        radius=float(radius),
        head_ml=counted["head"] * labels.voxel_volume_ml,
        necrosis_ml=counted["necrosis"] * labels.voxel_volume_ml,
        necrotic_share=share,
        steinberg=steinberg_of(share),
        arc_a=arc_a,
        arc_b=arc_b,
        combined_necrotic_angle=arc_a + arc_b,
        necrosis_degree_index=arc_a / 180.0 * arc_b / 180.0 * 100.0,
        jic_type=None,
        depth_mm=_depth(necrosis, centre, radius) if found else 0.0,
        arc_a_ends=arc_ends(arcs[0], planes[0], centre, radius),
        arc_b_ends=arc_ends(arcs[1], planes[1], centre, radius),
        arc_b_plane="sagittal" if sagittal else "axial",
        arc_a_span=arcs[0] or (),
        necrosis_degree_index_ab=arc_a * arc_b / 100.0,
    )
    return measured if acetabular_edge is None else with_edge(measured, acetabular_edge, teardrop)


def with_edge(
    measured: HipMeasurement, acetabular_edge: np.ndarray, teardrop: np.ndarray | None = None
) -> HipMeasurement:
    """The same hip with its JIC type by a lateral acetabular edge; LPS mm, see :func:`jic_thirds`.

    Raises:
        InputError: the edge does not lie above the head's centre.
    """
    limits = jic_thirds(np.array(measured.centre), measured.radius, measured.side, acetabular_edge, teardrop)
    span = measured.arc_a_span
    return replace(measured, jic_type=jic_type_of(span[1], limits) if span else None)


def steinberg_of(share: float) -> str:
    """Steinberg's extent of a necrotic share 0..1: "none", "mild", "moderate", "severe"."""
    if share <= 0:
        return "none"
    if share < MILD:
        return "mild"
    return "moderate" if share <= SEVERE else "severe"


def measure(
    labels: Image, edges: Mapping[str, np.ndarray] | None = None, sagittal: bool = False
) -> list[HipMeasurement]:
    """Measure every hip that a segmentation holds, right before left; empty where it holds none.

    Args:
        labels: label image with the values of :mod:`.labels`.
        edges: side to the lateral acetabular edge in LPS mm; a side without one gets no JIC type.
        sagittal: arc B in the sagittal instead of the axial plane.
    """
    present = np.flatnonzero(np.bincount(np.asarray(labels.array).ravel().clip(0), minlength=5)[:5])
    return [
        measure_hip(labels, side, (edges or {}).get(side), sagittal=sagittal)
        for side in SIDES
        if {HEAD[side], NECROSIS[side]} & set(present.tolist())
    ]


def surfaces(crop: Image, side: str) -> tuple[Image, Image]:
    """Masks of head and necrosis; where slices are thick, on a grid with thinner ones, their stairs taken out.

    The border of the necrosis is known inside the head only, so outside it is drawn on from the nearest voxels of the
    head; the necrosis then lies within border and head.
    """
    head, necrosis = head_mask(crop.array, side), necrosis_mask(crop.array, side)
    if subdivision(crop.spacing)[1] == 1:
        return crop.like(head), crop.like(necrosis)
    smooth = smooth_field(crop.like(head))
    if not necrosis.any():
        return smooth.like(smooth.array < 0), smooth.like(np.zeros(smooth.array.shape, bool))
    nearest = ndimage.distance_transform_edt(
        ~head, crop.spacing[::-1], return_distances=False, return_indices=True
    )
    border = smooth_field(crop.like(necrosis[tuple(nearest)]), known=head)
    within = np.maximum(smooth.array, border.array) < 0
    return smooth.like(smooth.array < 0), smooth.like(within)


def crop_to_side(labels: Image, side: str) -> Image:
    """The part of a label image around one hip with a margin; beyond the image's border the outline goes on."""
    mask = head_mask(np.asarray(labels.array), side)
    found = box_of(mask)
    if found is None:
        raise InputError(
            f"The segmentation has no femoral head {side} (label {HEAD[side]} or {NECROSIS[side]}); outline it first."
        )
    start = np.array([s.start for s in found[::-1]]) - MARGIN_VOXELS
    stop = np.array([s.stop for s in found[::-1]]) + MARGIN_VOXELS
    part = labels.cropped(tuple(start), tuple(stop))
    beyond = [(max(-a, 0), max(b - n, 0)) for a, b, n in zip(start, stop, labels.size, strict=True)]
    array = np.pad(np.asarray(part.array), beyond[::-1], mode="edge")
    return Image(array, part.spacing, tuple(labels.index_to_point(start)), part.direction)


def _depth(necrosis: Image, centre: np.ndarray, radius: float) -> float:
    points = necrosis.index_to_point(np.argwhere(necrosis.array)[:, ::-1])
    return float(radius - np.linalg.norm(points - centre, axis=1).min())

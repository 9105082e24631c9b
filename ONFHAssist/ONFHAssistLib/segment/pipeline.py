"""Find and outline: from an MR volume to labelled femoral heads and necrosis, both hips, with what a reader should check.

Two independent looks protect against a wrong head: the detector's box, and the outline, which must be round, of a head's
size, and where the box says. A box whose outline is not a head (a round muscle, a tumour) is dropped.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..bundles.scope import check_scope
from ..core.errors import InputError
from ..core.progress import Progress
from ..core.vectors import as_index, box_of
from ..imaging import labels as lab
from ..imaging.geometry import geometry_sentences, orientation_is_stated
from ..imaging.head import FemoralHead
from ..imaging.head_sphere import fit_sphere, neck_direction, radius_uncertainty
from ..imaging.image import Image
from ..imaging.masks.fine import fine_grid, is_finer, on_image, parts_of, recropped
from ..imaging.series_kind import unreadable
from .detector import (
    Detection,
    Detector,
    FoundHead,
    are_two_hips,
    assign_side,
    find_heads,
    load_detector,
    sides_of_two,
)
from .outliner import HeadOutline, Outliner, fill_head, load_outliner, outline
from .side import is_no_head_of_a_pair, may_be_midline
from .sphere_tool import Segmentation, describe_head

RADIUS_MM = (16.0, 33.0)  # of an adult's femoral head
MIN_FILL = 0.55  # share of the fitted sphere that a head fills; the neck's side is open
MAX_OUTSIDE = 0.1  # share of an outline that may lie beyond 1.1 radii: more, and it is not round
MIN_CERTAINTY = 0.75
MAX_WANDER = 0.6  # radii between the box's middle and the outline's


@dataclass(frozen=True)
class OutlineLimits:
    """What an outline must be to confirm a head, as the constants above name it."""

    radius_mm: tuple[float, float] = RADIUS_MM
    fill: float = MIN_FILL
    outside: float = MAX_OUTSIDE
    certainty: float = MIN_CERTAINTY
    wander: float = MAX_WANDER


USUAL_LIMITS = OutlineLimits()
FAINT_LIMITS = OutlineLimits((18.0, 31.0), 0.65, 0.05, 0.85, 0.4)  # for a box below the detector's threshold
MAX_FAINT = 4  # such boxes that are looked at
CUT_WARNING = 0.97
MIN_EXTENT_MM = 70.0
NECK_CUT = 0.7  # radii from the centre down the neck, where the head ends
Outlined = tuple[HeadOutline, np.ndarray, float]  # with its sphere: centre (LPS mm) and radius (mm)
NO_HEAD = "No femoral head was found in {name}; is it a hip MRI that shows at least one whole femoral head?"


@dataclass(frozen=True)
class AutomaticSegmentation:
    """What :func:`segment_hips` gives.

    Attributes:
        segmentation: labels on the input's grid and the finer ones that they come from, heads right before left,
            warnings.
        detection: what the detector saw.
        seconds: time of each part.
    """

    segmentation: Segmentation
    detection: Detection
    seconds: dict[str, float]


def segment_hips(
    image: Image,
    detector: Detector | None = None,
    outliner: Outliner | None = None,
    twice: bool = False,
    progress: Progress | None = None,
    name: str = "the volume",
) -> AutomaticSegmentation:
    """Find both femoral heads and outline them with their necrosis.

    Args:
        image: MR volume of any orientation, spacing and field of view.
        detector: and ``outliner``: those of the shipped bundles by default.
        twice: a second, nearer look of the outliner; twice its time.
        progress: called with a share 0..1 and a text.
        name: of the volume in messages.

    Raises:
        InputError: not an MR volume, no femoral head in it.
    """
    report = progress or (lambda _share, _text: None)
    require_mri(image, name)
    report(0.0, "Loading the networks")
    started = time.perf_counter()
    detector, outliner = detector or load_detector(), outliner or load_outliner()
    loaded = time.perf_counter()
    report(0.15, "Looking for the femoral heads")
    detection = find_heads(image, detector)
    found = time.perf_counter()
    warnings = [*geometry_sentences(image), *scope_warnings(image, detector), *detection.warnings]
    confirmed = []
    for number, candidate in enumerate(detection.heads):
        report(0.4 + 0.5 * number / len(detection.heads), f"Outlining the femoral head {candidate.side}")
        outlined = _outlined(image, candidate, outliner, twice)
        if outlined is not None:
            confirmed.append((candidate, outlined))
    if len(confirmed) < len(detection.heads):
        confirmed = _reassign_sides(image, confirmed, outliner, twice, warnings)
    if len(confirmed) < 2 and detection.faint:
        report(0.9, "Looking for a head that is hard to see")
        confirmed = _with_faint(image, confirmed, detection, outliner, twice, warnings)
    if len(confirmed) == 1 and not detection.prostheses:
        confirmed = _without_prostate(image, confirmed, outliner, twice)
    fine = _canvas(image, [outlined for _, (outlined, *_) in confirmed])
    heads = [_write_outline(fine, head, *outlined, warnings) for head, outlined in confirmed]
    outlined_sides = {head.side for head in heads}
    replaced = [p.side for p in detection.prostheses if p.side not in outlined_sides]
    warnings += [_prosthesis(side) for side in replaced]
    if not heads and not replaced:
        raise InputError(NO_HEAD.format(name=name))
    if not heads:
        raise InputError(
            f"{name} shows {_listed(replaced)} and no femoral head; there is nothing to outline."
        )
    report(1.0, "Outlined")
    ended = time.perf_counter()
    seconds = {"load": loaded - started, "detect": found - loaded, "outline": ended - found}
    labels = on_image(fine, image)
    kept = recropped(fine, image) if is_finer(fine, image) else None
    segmentation = Segmentation(image.like(labels.array), tuple(heads), tuple(warnings), kept)
    return AutomaticSegmentation(segmentation, detection, seconds)


def require_mri(image: Image, name: str) -> None:
    """Refuse what is no picture of a hip: one slice, a CT or radiograph, an ADC map and such, no orientation, a slab."""
    image.require_volume(name)
    modality = image.metadata.get("modality", "MR")
    if modality != "MR":
        raise InputError(f"{name} is {modality}; the networks know MR only, outline it with the sphere tool.")
    refusal = unreadable(image.metadata, name)
    if refusal:
        raise InputError(refusal)
    if not orientation_is_stated(image):
        raise InputError(
            f"{name} states no orientation, so that the networks cannot know which way is left, front and up, nor "
            "anybody the side; convert the image again from DICOM, or set its orientation in 3D Slicer."
        )
    extent = np.array(image.size) * np.array(image.spacing)
    if extent.min() < 0.5 * MIN_EXTENT_MM:
        raise InputError(
            f"{name} is only {extent.min():.0f} mm thick; a whole femoral head needs about {MIN_EXTENT_MM:.0f} mm."
        )


def scope_warnings(image: Image, detector: Detector) -> list[str]:
    """Sentences on spacing and field of view that the bundle was not made for."""
    accepts = detector.bundle.metadata["accepts"] if detector.bundle else {"spacing_mm": [0.2, 8.0]}
    wanted = {"spacing_mm": accepts["spacing_mm"], "field_of_view_mm": MIN_EXTENT_MM}
    scope = check_scope(image, wanted, "the networks learned from")
    return [f"{sentence} Check the outlines with care." for sentence in scope.against]


def _outlined(
    image: Image,
    candidate: FoundHead,
    outliner: Outliner,
    twice: bool,
    limits: OutlineLimits = USUAL_LIMITS,
) -> Outlined | None:
    """Outline with its fitted sphere, or None where it is no femoral head."""
    centre = candidate.centre
    for _ in range(2):  # a second look from the centre that the first one found
        drawn = outline(image, candidate.side, centre, outliner, twice)
        if drawn is None or drawn.certainty < limits.certainty:
            return None
        fitted, radius = _sphere_of(drawn, candidate.side)
        if not limits.radius_mm[0] <= radius <= limits.radius_mm[1]:
            return None
        if np.linalg.norm(fitted - centre) < 4.0:
            break
        centre = fitted
    assert drawn is not None
    volume = (
        drawn.head.sum() * drawn.grid.voxel_volume_ml
    )  # before it is completed, which makes anything round
    full = 4.0 / 3.0 * np.pi * radius**3 / 1000.0 * max(candidate.visible_share, 0.3)
    if volume < limits.fill * full or np.linalg.norm(fitted - candidate.centre) > limits.wander * radius:
        return None
    if np.mean(drawn.grid.distances(fitted)[drawn.head] > 1.1 * radius) > limits.outside:
        return None
    return _completed(drawn, candidate.side, fitted, radius), fitted, radius


def _with_faint(
    image: Image,
    confirmed: list[tuple[FoundHead, Outlined]],
    detection: Detection,
    outliner: Outliner,
    twice: bool,
    warnings: list[str],
) -> list[tuple[FoundHead, Outlined]]:
    """With the candidates below the detector's threshold whose outline leaves no doubt, for sides that have no head."""
    replaced = [p for p in detection.prostheses if not any(_same_place(p, head) for head, _ in confirmed)]
    for faint in detection.faint[:MAX_FAINT]:
        known = [*(head for head, _ in confirmed), *replaced]
        if len(known) >= 2:
            break
        if not all(are_two_hips(faint, other) for other in known):
            continue
        said: list[str] = []
        sided = sides_of_two(faint, known[0], said) if known else [assign_side(image, faint, said)]
        candidate = next(head for head in sided if head.centre is faint.centre)
        if known and candidate.side == known[0].side:  # a header said otherwise of the other
            continue
        outlined = _outlined(image, candidate, outliner, twice, FAINT_LIMITS)
        if outlined is not None:
            warnings += [text for text in said if text not in warnings]
            confirmed = sorted([*confirmed, (candidate, outlined)], key=lambda one: one[0].side, reverse=True)
    return confirmed


def _without_prostate(
    image: Image, confirmed: list[tuple[FoundHead, Outlined]], outliner: Outliner, twice: bool
) -> list[tuple[FoundHead, Outlined]]:
    """A lone head, unless it lies where a prostate does.

    Where the body is seen from skin to skin the midline tells. In a narrower field of view the middle of the scanner
    stands in, which a shifted table can put onto a hip: there the outline has to leave no doubt.
    """
    (candidate, (_, centre, _)), *_ = confirmed
    if is_no_head_of_a_pair(image, centre):
        return []
    if not may_be_midline(image, centre):
        return confirmed
    return confirmed if _outlined(image, candidate, outliner, twice, FAINT_LIMITS) is not None else []


def _same_place(a: FoundHead, b: FoundHead) -> bool:
    return bool(np.linalg.norm(a.centre - b.centre) < a.radius)


def _reassign_sides(
    image: Image,
    confirmed: list[tuple[FoundHead, Outlined]],
    outliner: Outliner,
    twice: bool,
    warnings: list[str],
) -> list[tuple[FoundHead, Outlined]]:
    """The side of a head whose partner turned out to be none: the order of the two boxes means nothing any more."""
    again = []
    for candidate, outlined in confirmed:
        head = assign_side(image, candidate, warnings)
        if head.side != candidate.side:
            redrawn = _outlined(image, head, outliner, twice)
            outlined = outlined if redrawn is None else redrawn  # noqa: PLW2901 - the network saw it mirrored before
        again.append((head, outlined))
    return again


def completed_outline(drawn: HeadOutline, side: str) -> Outlined | None:
    """An outline with its end at the neck and its sphere; None where it is none of a head."""
    centre, radius = _sphere_of(drawn, side)
    if not RADIUS_MM[0] <= radius <= RADIUS_MM[1]:
        return None
    return _completed(drawn, side, centre, radius), centre, radius


def _completed(drawn: HeadOutline, side: str, centre: np.ndarray, radius: float) -> HeadOutline:
    """The outline with its end at the neck where the head ends by definition.

    No edge on an image parts head from neck, so that networks (and readers) cut at different places. Here the head ends
    at a plane 0.7 radii down the neck; up to it the head is its sphere, which it follows closely there (Hammond and
    Charnley, Med Biol Eng 1967). The articular side stays as it was outlined.
    """
    box = _box_about(drawn, centre, radius)
    part, own = (
        drawn.grid.cropped(*box),
        tuple(slice(a, b) for a, b in zip(*(end[::-1] for end in box), strict=True)),
    )
    offset = part.points() - centre
    in_sphere = np.linalg.norm(offset, axis=-1) <= radius
    depth = offset @ _neck_of(offset[in_sphere & ~drawn.head[own]], side, radius)
    neck_side = in_sphere & (depth > 0.0) & (depth < NECK_CUT * radius)
    head = np.zeros_like(drawn.head)
    head[own] = (drawn.head[own] | neck_side) & (depth < NECK_CUT * radius)
    head = fill_head(head)
    return replace(drawn, head=head, necrosis=drawn.necrosis & head)


def _box_about(
    drawn: HeadOutline, centre: np.ndarray, radius: float
) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """First and last index (x, y, z) of the part of an outline's grid that holds the outline and its sphere."""
    middle, reach = drawn.grid.point_to_index(centre), radius / np.asarray(drawn.grid.spacing) + 1.0
    box = box_of(drawn.head)
    assert box is not None  # a sphere was fitted to it
    found = box[::-1]
    low = np.minimum([s.start for s in found], np.floor(middle - reach))
    high = np.maximum([s.stop for s in found], np.ceil(middle + reach) + 1)
    return as_index(np.clip(low, 0, drawn.grid.size)), as_index(np.clip(high, 0, drawn.grid.size))


def _neck_of(missing: np.ndarray, side: str, radius: float) -> np.ndarray:
    """Where the neck leaves: where the outline leaves its sphere open, else an average neck's direction.

    Args:
        missing: points (n, 3) of the sphere that the outline leaves out, relative to its centre, mm.
    """
    average = neck_direction(side)
    far = missing[np.linalg.norm(missing, axis=1) > 0.5 * radius]
    if len(far) < 20:
        return average
    found = far.mean(axis=0) / max(float(np.linalg.norm(far.mean(axis=0))), 1e-6)
    return found if found @ average > np.cos(np.radians(40.0)) else average


def _sphere_of(drawn: HeadOutline, side: str) -> tuple[np.ndarray, float]:
    try:
        return fit_sphere(drawn.grid.like(drawn.head), side)
    except InputError:
        return np.zeros(3), 0.0


def _canvas(image: Image, outlines: list[HeadOutline]) -> Image:
    """Empty finer labels of the part of the input that holds these outlines."""
    if not outlines:
        return fine_grid(image, (0, 0, 0), (1, 1, 1))
    parts = parts_of(image.spacing)
    low = np.min([drawn.corner for drawn in outlines], axis=0)
    high = np.max([np.asarray(d.corner) + np.asarray(d.grid.size) // parts for d in outlines], axis=0)
    grid = fine_grid(image, as_index(low), as_index(high))
    return grid.like(np.zeros(grid.array.shape, np.uint8))


def _write_outline(
    fine: Image,
    candidate: FoundHead,
    drawn: HeadOutline,
    centre: np.ndarray,
    radius: float,
    warnings: list[str],
) -> FemoralHead:
    side = candidate.side
    array, start = fine.array, np.rint(fine.point_to_index(drawn.grid.origin)).astype(int)
    where = tuple(slice(a, a + n) for a, n in zip(start[::-1], drawn.head.shape, strict=True))
    part = array[where]
    part[drawn.head & (part == 0)] = lab.HEAD[side]
    part[drawn.necrosis] = lab.NECROSIS[side]
    warnings += [f"Side {side}: {text}" for text in drawn.repairs]
    if candidate.visible_share < CUT_WARNING:
        spread = radius_uncertainty(drawn.grid.like(drawn.head.astype(np.uint8)), side)
        known = f"is known to {spread:.1f} mm" if spread is not None else "is hardly known"
        warnings.append(
            f"Side {side}: the field of view cuts the femoral head ({100 * candidate.visible_share:.0f}% is "
            f"inside); its volume and angles are incomplete, and its radius of {radius:.1f} mm {known}."
        )
    head = describe_head(fine, np.isin(array, (lab.HEAD[side], lab.NECROSIS[side])), side, centre, radius)
    necrosis_ml = float((array == lab.NECROSIS[side]).sum() * fine.voxel_volume_ml)
    return replace(head, score=candidate.score, necrosis_ml=necrosis_ml)


def find_only(image: Image, name: str = "the volume") -> tuple[tuple[FemoralHead, ...], tuple[str, ...]]:
    """Femoral heads that their outlines confirm, for what needs no outlines, and what the reader should know.

    Raises:
        InputError: not an MR volume, or no femoral head in it.
    """
    found = segment_hips(image, name=name).segmentation
    return found.heads, found.warnings


def _prosthesis(side: str) -> str:
    return f"Side {side}: the hip is replaced by a prosthesis; there is no femoral head to outline."


def _listed(sides: list[str]) -> str:
    return f"a prosthesis at side {sides[0]}" if len(sides) == 1 else "prostheses at both sides"


def segmentation_provenance(image: Image) -> Mapping[str, str]:
    """Provenance of an automatic segmentation: input and both bundles with their hashes."""
    from ..bundles.origin import bundle_of
    from ..core.provenance import provenance

    detector, outliner = bundle_of(load_detector()), bundle_of(load_outliner())
    return provenance(
        image,
        ("torch", "monai"),
        detector=f"{detector.name} {detector.version}",
        detector_sha256=detector.sha256,
        outliner=f"{outliner.name} {outliner.version}",
        outliner_sha256=outliner.sha256,
        reader="automatic",
    )

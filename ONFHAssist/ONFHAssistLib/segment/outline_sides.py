"""Does each outline lie where its label says? The one check of a segmentation, for every command, pipeline and scene.

A label names a side, and so does the place in the patient. Where the two contradict each other nothing is measured: an
answer for the wrong hip looks like any other. What only seems wrong is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ..core.errors import InputError
from ..imaging.geometry import geometry_sentences, orientation_is_stated, place_is_stated
from ..imaging.image import Image
from ..imaging.labels import HEAD, NAMES, NECROSIS, NOTES, SEGMENT_NAMES, SIDES, head_mask, side_of_name
from ..imaging.radiograph import is_radiograph
from .side import NEAR_MIDLINE_MM, decide_side, midline_x, shows_both_hips

FAR_MM = 70.0  # two pieces of one femoral head lie nearer to each other; two heads lie 150 mm apart
APART_MM = 60.0  # the two heads of one patient lie farther from each other
LONGEST_MM = 110.0  # a femoral head with the beginning of its neck is shorter
_SPECK = 0.01  # of the outline, below which a piece is a slip of the brush
_WORDS = {"R": "right", "L": "left"}
_TOTALSEGMENTATOR = ({75, 76, 77, 78}, {88, 89, 90, 91})  # its femora and hips, versions 2 and 1


@dataclass(frozen=True)
class _Outline:
    """The largest piece of one structure: centre in LPS mm and extent in mm; sentences on what else there is."""

    centre: np.ndarray
    extent: float
    notes: tuple[str, ...] = ()


def check_sides(labels: Image, image: Image | None = None, name: str = "") -> tuple[str, ...]:
    """Check a segmentation of femoral heads against where its outlines lie.

    Args:
        labels: values of :mod:`.labels`; any orientation and spacing.
        image: that it belongs to, on the same grid; None where there is only the segmentation.
        name: of the segmentation, for messages; that of its file by default.

    Returns:
        What a reader should know, in sentences.

    Raises:
        InputError: labels that are none of ours, a necrosis without its head, two bodies far apart under one label, or
            an outline on the other side of the patient than its label says.
    """
    name = name or _name_of(labels)
    require_our_labels(labels, name)
    frame = labels if image is None else image
    warnings = [*_notes(labels), *_foreign(labels, name), *_named_otherwise(labels, name)]
    outlines = _heads(labels, name)
    for side, outline in outlines.items():
        warnings += outline.notes
        if outline.extent > LONGEST_MM:
            warnings.append(
                f"The outline of {NAMES[HEAD[side]]} is {outline.extent:.0f} mm long; a femoral head is 40 to 60 mm. Is "
                "it the whole femur?"
            )
    warnings += geometry_sentences(frame)
    if orientation_is_stated(frame):
        warnings += _against_place(outlines, frame, image is not None, name)
    return tuple(dict.fromkeys(warnings))


def check_region(
    image: Image, labels: Image, wanted: Iterable[int], side: str = "", name: str = ""
) -> tuple[str, tuple[str, ...]]:
    """Side of the region of some labels in any mask, by its place, with what a reader should know.

    Args:
        wanted: labels of the region; they may be of another numbering than ours.
        side: that the caller says, "" where he says none.
        name: of the mask, for messages; that of its file by default.

    Returns:
        "R" or "L", "" where nothing says it; sentences.

    Raises:
        InputError: our labels lie on the other side than they say, two bodies far apart have one of our labels, or the
            region lies on another side than ``side``.
    """
    wanted, name = tuple(wanted), name or _name_of(labels)
    mask = np.isin(labels.array, wanted)
    if not mask.any() or not image.same_grid(labels):
        return side, ()  # whoever measures says what is wrong
    what = f"the region of label {'+'.join(str(label) for label in wanted)}"
    warnings = [*_notes(labels), *geometry_sentences(image)]
    if set(wanted) <= set(NAMES):
        outline = _outline_of(labels, mask, what, name)
        if orientation_is_stated(image):
            warnings += _against_labels(image, labels, mask, bool(side), name)
    else:
        try:
            outline = _outline_of(labels, mask, what, name)
        except InputError as error:  # of a region of any kind, which may have two parts on two sides
            return side, (*warnings, str(error))
    try:
        found, doubt = decide_side(image, outline.centre)
    except InputError as error:
        return side, (*warnings, *outline.notes, str(error))
    if side and side != found and not doubt:
        raise InputError(
            f"The side is given as {side}, but {what} in {name} lies on the patient's {_WORDS[found]}; correct the side "
            "or the label."
        )
    return side or found, tuple(dict.fromkeys([*warnings, *outline.notes, *([doubt] if doubt else [])]))


def _against_labels(
    image: Image, labels: Image, mask: np.ndarray, side_is_given: bool, name: str
) -> list[str]:
    """What speaks against our labels of a region; label 1 alone may be anybody's label of anything."""
    heads = {side: head_mask(labels.array, side) for side in SIDES}
    outlines = {
        side: _outline_of(labels, head, f"femoral head {side}", name)
        for side, head in heads.items()
        if head.any()
    }
    try:
        return _against_place(outlines, image, True, name)
    except InputError as error:
        if side_is_given or len(outlines) > 1 or set(np.unique(labels.array[mask])) != {1}:
            raise
        return [f"{error} The side of its features is taken from the place."]


def require_our_labels(labels: Image, name: str = "") -> None:
    """Raise :class:`InputError` where a segmentation holds no label of ours; what it holds is named."""
    present = set(np.unique(labels.array[labels.array != 0]).tolist())
    if present & set(NAMES):
        return
    listed = ", ".join(f"{value:g}" for value in sorted(present)[:12]) or "nothing"
    hint = "outline it first"
    if any(present and present <= known for known in _TOTALSEGMENTATOR):
        hint = "these look like TotalSegmentator's femora and hips, which are whole bones: outline the heads"
    elif present:
        hint = "give the femoral heads these labels, or name the segments so"
    raise InputError(
        f"{name or _name_of(labels)} holds {listed} but no femoral head (labels 1 right, 2 left; necrosis 3 right, 4 "
        f"left); {hint}."
    )


def _name_of(labels: Image) -> str:
    return labels.metadata.get("source", "") or "the segmentation"


def _notes(labels: Image) -> list[str]:
    return labels.metadata.get(NOTES, "").splitlines()


def _heads(labels: Image, name: str) -> dict[str, _Outline]:
    """The outlined heads by their side.

    Raises:
        InputError: a necrosis without its head, two bodies far apart.
    """
    outlines = {}
    for side in SIDES:
        mask = head_mask(labels.array, side)
        if not mask.any():
            continue
        head = f"{NAMES[HEAD[side]]} (label {HEAD[side]})"
        if not (labels.array == HEAD[side]).any():
            raise InputError(
                f"{name} holds {NAMES[NECROSIS[side]]} (label {NECROSIS[side]}) and no {head}; outline the femoral head "
                "too, or the necrosis is taken for the whole head."
            )
        outlines[side] = _outline_of(labels, mask, head, name)
    return outlines


# labels and names -------------------------------------------------------------------------------------------------


def _foreign(labels: Image, name: str) -> list[str]:
    others = sorted(set(np.unique(labels.array[labels.array != 0]).tolist()) - set(NAMES))
    if not others:
        return []
    listed = ", ".join(f"{value:g}" for value in others[:12])
    return [f"{name} also holds the labels {listed}, which are none of a femoral head and were left out."]


def _named_otherwise(labels: Image, name: str) -> list[str]:
    """Segments whose number is one of ours and whose name is not: said, and refused where the name says another side."""
    names = json.loads(labels.metadata.get(SEGMENT_NAMES, "{}"))
    said = []
    for label, ours in NAMES.items():
        theirs = names.get(str(label))
        if theirs is None or not (labels.array == label).any():
            continue
        if side_of_name(theirs) not in (None, ours[-1]):
            raise InputError(
                f"{name} names the segment {label} '{theirs}', but label {label} is {ours}; name it '{ours}' if it is "
                "that, or give it another number."
            )
        said.append(
            f"The segment {label} of {name} is named '{theirs}' and was taken as {ours} by its number."
        )
    return said


# bodies -----------------------------------------------------------------------------------------------------------


def _outline_of(labels: Image, mask: np.ndarray, what: str, name: str) -> _Outline:
    """The largest piece of a structure.

    Raises:
        InputError: another piece lies so far away that it is another body.
    """
    box = ndimage.find_objects(mask.astype(np.uint8))[0]
    pieces, count = ndimage.label(mask[box], np.ones((3, 3, 3), bool))
    sizes = np.bincount(pieces.ravel(), minlength=count + 1)[1:]
    order = np.argsort(-sizes, kind="stable")[:64]
    start = np.array([s.start for s in box])
    centres = [
        labels.index_to_point((np.array(centre) + start)[::-1])
        for centre in ndimage.center_of_mass(mask[box], pieces, order + 1)
    ]
    notes = []
    for number, centre in zip(order[1:], centres[1:], strict=True):
        distance = float(np.linalg.norm(centre - centres[0]))
        if distance <= FAR_MM:
            continue
        if sizes[number] < _SPECK * sizes[order[0]]:
            notes.append(
                f"In {name} {what} has {sizes[number]} stray voxels {distance:.0f} mm away; remove them."
            )
            continue
        sizes_text = _sizes(labels, sizes[order[0]], sizes[number])
        inside = np.unique(labels.array[box][pieces == number + 1]).tolist()
        values = " and ".join(f"{value:g}" for value in inside)
        raise InputError(
            f"In {name} {what} is two bodies {distance:.0f} mm apart ({sizes_text}); the second one, of label {values}, "
            "is another structure: give each hip its own labels (1 and 3 right, 2 and 4 left)."
        )
    corners = np.argwhere(pieces == order[0] + 1)
    low, high = corners.min(axis=0), corners.max(axis=0) + 1
    extent = float(((high - low) * np.asarray(labels.spacing[::-1])).max())
    return _Outline(centres[0], extent, tuple(notes))


def _sizes(labels: Image, first: int, second: int) -> str:
    if labels.array.shape[0] == 1:
        area = labels.spacing[0] * labels.spacing[1] / 100.0
        return f"{first * area:.1f} and {second * area:.1f} cm²"
    return f"{first * labels.voxel_volume_ml:.1f} and {second * labels.voxel_volume_ml:.1f} ml"


# place ------------------------------------------------------------------------------------------------------------


def _against_place(outlines: dict[str, _Outline], frame: Image, is_image: bool, name: str) -> list[str]:
    """Sentences on sides that look wrong.

    Raises:
        InputError: sides that are wrong.
    """
    if len(outlines) == 2:
        return _of_two(outlines, frame, name)
    return [
        text for side, outline in outlines.items() for text in _of_one(side, outline, frame, is_image, name)
    ]


def _of_two(outlines: dict[str, _Outline], frame: Image, name: str) -> list[str]:
    apart = outlines["L"].centre - outlines["R"].centre
    distance = float(np.linalg.norm(apart))
    if apart[0] < -NEAR_MIDLINE_MM:
        text = (
            f"In {name} the sides are exchanged: {NAMES[1]} (label 1) lies {-apart[0]:.0f} mm to the patient's left of "
            f"{NAMES[2]} (label 2)"
        )
        return _refuse(text, frame)
    if distance < APART_MM and not is_radiograph(frame):
        return [f"The two femoral heads of {name} lie only {distance:.0f} mm apart; check their labels."]
    return []


def _of_one(side: str, outline: _Outline, frame: Image, is_image: bool, name: str) -> list[str]:
    stated = frame.metadata.get("laterality")
    one_hip = not shows_both_hips(frame)
    if is_radiograph(frame) and one_hip:
        if stated in SIDES and stated != side:
            return [f"The header says side {stated}, but {name} outlines femoral head {side}; please check."]
        return []
    middles = _midlines(frame, is_image)
    off = [(float(outline.centre[0]) - middle) * (1.0 if side == "R" else -1.0) for middle in middles]
    if not off or min(off) <= 0 or max(off) <= NEAR_MIDLINE_MM:
        if stated in SIDES and stated != side and one_hip:
            return [f"The header says side {stated}, but {name} outlines femoral head {side}; please check."]
        return []
    text = (
        f"In {name} {NAMES[HEAD[side]]} (label {HEAD[side]}) lies {min(off):.0f} mm to the "
        f"patient's {_WORDS['L' if side == 'R' else 'R']} of the midline"
    )
    if min(off) <= NEAR_MIDLINE_MM or (one_hip and stated == side):
        return [f"{text}; please check the side."]
    return _refuse(text, frame)


def _midlines(frame: Image, is_image: bool) -> list[float]:
    """LPS x of the midline by every evidence that the file gives: the body in a wide image, the scanner's middle."""
    found = []
    if shows_both_hips(frame):
        middle = frame.index_to_point(0.5 * (np.asarray(frame.size) - 1))
        found.append(midline_x(frame) if is_image else float(middle[0]))
    if place_is_stated(frame) and not is_radiograph(frame):
        found.append(0.0)
    return found


def _refuse(text: str, frame: Image) -> list[str]:
    if frame.metadata.get("orientation") == "assumed":
        return [
            f"{text}, if the film hangs as usual; its file does not say how it hangs, please check the sides."
        ]
    raise InputError(f"{text}. Exchange the labels (1 with 2, 3 with 4) or the names of the segments.")

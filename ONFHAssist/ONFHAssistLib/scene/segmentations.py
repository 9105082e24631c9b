"""Segmentations of the scene to and from label images, with SNOMED CT terminology."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import slicer
import vtk
from slicer.i18n import tr as _
from vtk.util.numpy_support import vtk_to_numpy

from ..core.errors import InputError
from ..imaging import labels as lab
from ..imaging.image import Image
from ..imaging.masks.fine import is_finer, on_image
from .attributes import mark_result
from .images.ownership import set_image
from .images.segment_voxels import read_segments, set_geometry, write_segment
from .transaction import Steps, run_all_steps
from .volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode, vtkSegment

# Okabe and Ito's palette: apart for colour-blind readers too; necrosis warm, heads cool.
COLOURS = {
    "Femoral head R": (0.34, 0.71, 0.91),
    "Femoral head L": (0.0, 0.62, 0.45),
    "Necrosis R": (0.90, 0.62, 0.0),
    "Necrosis L": (0.84, 0.37, 0.0),
}
READER = "ONFHAssist.reader"
SEGMENT_IDS = {1: "FemoralHeadR", 2: "FemoralHeadL", 3: "NecrosisR", 4: "NecrosisL"}
_LATERALITY_CODES = {"R": "SCT^24028007^Right", "L": "SCT^7771000^Left"}
_HEAD_CODE = "SCT^2812003^Head of femur"
_NECROSIS_CODE = "SCT^6574001^Necrosis"
_WHOLE_HEADS = "ONFHAssist.wholeHeads"  # on a segmentation whose segments of heads include the necrosis
_HEAD_OPACITY_3D = 0.5  # the necrosis within shows through
_CONTEXT = "Segmentation category and type - DICOM master list"
_REGIONS = "Anatomic codes - DICOM master list"


def terminology(name: str) -> str:
    """Slicer's serialised terminology entry for a segment of ours."""
    side = _LATERALITY_CODES[name[-1]]
    if name.startswith("Necrosis"):
        return (
            f"{_CONTEXT}~SCT^49755003^Morphologically Altered Structure~{_NECROSIS_CODE}~^^~"
            f"{_REGIONS}~{_HEAD_CODE}~{side}"
        )
    return f"{_CONTEXT}~SCT^123037004^Anatomical Structure~{_HEAD_CODE}~{side}~{_REGIONS}~^^~^^"


def segment_title(value: int) -> str:
    """What people read as the name of the segment of a label."""
    return {1: _("Femoral head R"), 2: _("Femoral head L"), 3: _("Necrosis R"), 4: _("Necrosis L")}[value]


@dataclass(frozen=True)
class Structures:
    """Which segment of a segmentation is which structure.

    Attributes:
        segments: label value to segment ID, of what can be told.
        doubts: a sentence for each structure that cannot be told although something speaks for it.
        unknown: names of filled segments that nothing tells anything about, and of copies of the others.
    """

    segments: Mapping[int, str]
    doubts: tuple[str, ...]
    unknown: tuple[str, ...]


def structures_of(node: vtkMRMLSegmentationNode) -> Structures:
    """Tell the structures of a segmentation by their terminology, else by the IDs of ours, else by their names.

    A name is for people, who may change it; it counts only for what nothing else tells of, such as a hand-made segment
    or one from a file without codes. What contradicts itself is told of and not guessed at. Of copies, ours counts.
    """
    segmentation = node.GetSegmentation()
    candidates: dict[int, list[tuple[int, str]]] = {value: [] for value in lab.NAMES}  # (how well told, ID)
    doubts, unknown = [], []
    for identifier in segmentation.GetSegmentIDs():
        segment = segmentation.GetSegment(identifier)
        name = segment.GetName() or identifier
        coded = coded_structures(_terminology_of(segment))
        by_id = next((value for value, known in SEGMENT_IDS.items() if known == identifier), None)
        by_name = next((v for v in lab.NAMES if name in (lab.NAMES[v], segment_title(v))), None)
        told = coded[0] if len(coded) == 1 else by_id if by_id is not None else by_name
        if told is None:
            if coded:
                doubts.append(_("the terminology of '{name}' states no side").format(name=name))
            elif not _is_something_else(segment) and _is_filled(segment):
                unknown.append(name)
        elif (coded and told not in coded) or by_name not in (None, told):
            doubts.append(
                _("'{name}' is '{structure}' by its terminology or ID, and not by its name").format(
                    name=name, structure=segment_title(told)
                )
            )
        else:
            candidates[told].append((0 if by_id == told else 1 if coded else 2, identifier))
    segments = {}
    for value, found in candidates.items():
        best = [identifier for rank, identifier in found if rank == min(found)[0]]
        others = [identifier for _rank, identifier in found if identifier not in best]
        if len(best) > 1 or set(others) & set(SEGMENT_IDS.values()):  # one of ours whose side was changed
            names = _(" and ").join(f"'{segmentation.GetSegment(one).GetName()}'" for _rank, one in found)
            doubts.append(
                _("each of {names} may be '{structure}'").format(names=names, structure=segment_title(value))
            )
        elif best:
            segments[value] = best[0]
            unknown += [segmentation.GetSegment(one).GetName() for one in others]
    return Structures(segments, tuple(doubts), tuple(unknown))


def coded_structures(entry: str) -> tuple[int, ...]:
    """Label values that a serialised terminology entry can mean: one, both sides where it states none, or none."""
    fields = [*entry.split("~"), *[""] * 7][:7]
    kind, side, region, region_side = (_code(fields[i]) for i in (2, 3, 5, 6))
    head = _code(_HEAD_CODE)
    if kind == head:
        values, stated = lab.HEAD, side
    elif kind == _code(_NECROSIS_CODE) and region == head:
        values, stated = lab.NECROSIS, region_side
    else:
        return ()
    return tuple(
        value for one, value in values.items() if not stated or stated == _code(_LATERALITY_CODES[one])
    )


def _code(part: str) -> tuple[str, ...]:
    """Scheme and value of "SCT^2812003^Head of femur"; empty for none."""
    scheme, _caret, rest = part.partition("^")
    value = rest.partition("^")[0]
    return (scheme, value) if value else ()


def _terminology_of(segment: vtkSegment) -> str:
    text = vtk.reference("")
    return str(text) if segment.GetTag(segment.GetTerminologyEntryTagName(), text) else ""


def _is_something_else(segment: vtkSegment) -> bool:
    """Whether its terminology says what it is; "Tissue" is what Slicer gives to every new segment."""
    kind = _code([*_terminology_of(segment).split("~"), "", "", ""][2])
    return bool(kind) and kind != ("SCT", "85756007")


def _is_filled(segment: vtkSegment) -> bool:
    voxels = segment.GetRepresentation("Binary labelmap")
    if voxels is None:  # such as a closed surface
        return True
    scalars = voxels.GetPointData().GetScalars()
    return scalars is not None and bool((vtk_to_numpy(scalars) == segment.GetLabelValue()).any())


def segment_of(node: vtkMRMLSegmentationNode, value: int) -> str:
    """ID of the segment of a label as :func:`structures_of` tells it, "" where there is none."""
    return structures_of(node).segments.get(value, "")


def has_head(node: vtkMRMLSegmentationNode) -> bool:
    """Whether a segmentation has a segment of a femoral head."""
    return any(value in structures_of(node).segments for value in lab.HEAD.values())


def left_out(node: vtkMRMLSegmentationNode | None) -> list[str]:
    """A sentence on the filled segments that are not taken for any structure, by name; empty where there are none."""
    names = () if node is None or node.GetScene() is None else structures_of(node).unknown
    if not names:
        return []
    return [
        _(
            "Left out of the outlines, as a copy or since neither terminology nor name tells what it is: {names}."
        ).format(names=", ".join(f"'{name}'" for name in names))
    ]


def segmentation_from_labels(
    labels: Image,
    volume: vtkMRMLScalarVolumeNode,
    reader: str,
    provenance: Mapping[str, str],
    node: vtkMRMLSegmentationNode | None = None,
) -> vtkMRMLSegmentationNode:
    """:func:`segmentation_in_steps`, all at once."""
    return run_all_steps(segmentation_in_steps(labels, volume, reader, provenance, node))


def segmentation_in_steps(
    labels: Image,
    volume: vtkMRMLScalarVolumeNode,
    reader: str,
    provenance: Mapping[str, str],
    node: vtkMRMLSegmentationNode | None = None,
) -> Steps[vtkMRMLSegmentationNode]:
    """Make, or bring up to date, the segmentation "*volume* ONFH".

    The segment of a head is the whole head, with the necrosis as a segment within it, as measurements mean it: what is
    erased from the necrosis is living head again.

    Args:
        labels: label image on the grid of ``volume``, or on finer voxels of it, on which it is then edited.
        reader: who or what outlined, kept with the segmentation.
        node: an earlier segmentation to update; its segments of other names stay.
    """
    if node is None:
        node = slicer.mrmlScene.AddNewNodeByClass(
            "vtkMRMLSegmentationNode", _("{volume} ONFH").format(volume=volume.GetName())
        )
        node.CreateDefaultDisplayNodes()
        node.GetDisplayNode().SetVisibility2DFill(False)  # the marrow under an outline must stay readable
    image = image_from_volume(volume)
    set_geometry(node, volume, labels, image)
    whole = {value: lab.head_mask(labels.array, side) for side, value in lab.HEAD.items()}
    for value, name in lab.NAMES.items():
        mask = whole.get(value, labels.array == value)
        if mask.any():
            _add_segment(node, value, name)
            write_segment(node, SEGMENT_IDS[value], mask, volume, labels, image)
            yield
        elif node.GetSegmentation().GetSegment(SEGMENT_IDS[value]) is not None:
            node.GetSegmentation().RemoveSegment(SEGMENT_IDS[value])
    mark_result(node, "segmentation", provenance)
    set_image(node, volume)
    node.SetAttribute(READER, reader)
    node.SetAttribute(_WHOLE_HEADS, "yes")
    display = node.GetDisplayNode()
    for value in whole if display is not None else ():
        if node.GetSegmentation().GetSegment(SEGMENT_IDS[value]) is not None:
            display.SetSegmentOpacity3D(SEGMENT_IDS[value], _HEAD_OPACITY_3D)
    yield
    yield from surfaces_in_steps(node)
    return node


def make_heads_whole(node: vtkMRMLSegmentationNode | None) -> None:
    """Let the segment of each head include the necrosis, once for a segmentation that was made otherwise.

    Such as one of version 0.1, or of another program. The outlines stay what they are; what is erased from the necrosis
    afterwards is living head, and no hole.
    """
    if node is None or node.GetScene() is None or node.GetAttribute(_WHOLE_HEADS):
        return
    if (
        node.GetSegmentation().GetSourceRepresentationName() != "Binary labelmap"
    ):  # surfaces, which no effect edits
        return
    segments = structures_of(node).segments
    pairs = [(segments.get(lab.HEAD[side]), segments.get(lab.NECROSIS[side])) for side in lab.SIDES]
    logic = slicer.vtkSlicerSegmentationsModuleLogic
    for head, necrosis in pairs:
        voxels = slicer.vtkOrientedImageData()
        if not (head and necrosis):
            continue
        if logic.GetSegmentBinaryLabelmapRepresentation(node, necrosis, voxels, False):
            logic.SetBinaryLabelmapToSegment(voxels, node, head, logic.MODE_MERGE_MAX)
    node.SetAttribute(_WHOLE_HEADS, "yes")


def surfaces_in_steps(node: vtkMRMLSegmentationNode) -> Steps[None]:
    """Closed surfaces of all segments, one a step; Slicer's own function makes them all in one go."""
    segmentation = node.GetSegmentation()
    name = "Closed surface"
    for identifier in segmentation.GetSegmentIDs():
        alone, copy = slicer.vtkSegmentation(), slicer.vtkSegment()
        copy.DeepCopy(segmentation.GetSegment(identifier))
        alone.SetSourceRepresentationName("Binary labelmap")
        alone.AddSegment(copy, identifier)
        if alone.CreateRepresentation(name):
            segmentation.GetSegment(identifier).AddRepresentation(name, copy.GetRepresentation(name))
        yield


def _add_segment(node: vtkMRMLSegmentationNode, value: int, name: str) -> None:
    """The segment of a label, where it is not there yet, with its terminology."""
    segmentation = node.GetSegmentation()
    identifier = SEGMENT_IDS[value]
    if segmentation.GetSegment(identifier) is None:
        segmentation.AddEmptySegment(identifier, segment_title(value), COLOURS[name])
    segment = segmentation.GetSegment(identifier)
    segment.SetTag(segment.GetTerminologyEntryTagName(), terminology(name))


def labels_from_segmentation(node: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode) -> Image:
    """Label image on the grid of ``volume``, see :func:`outlines_from_segmentation`; of finer outlines their share."""
    outlines, image = outlines_from_segmentation(node, volume), image_from_volume(volume)
    return on_image(outlines, image) if is_finer(outlines, image) else outlines


def outlines_from_segmentation(
    node: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode
) -> Image:
    """Label image of the outlines as fine as they are: on the grid of ``volume``, or on finer voxels of it.

    Segments are found as :func:`structures_of` says, so hand-made ones count.

    Raises:
        InputError: no segmentation, none of our segments in it, all of them empty, a structure that cannot be told, or a
            necrosis without its head.
    """
    grid = image_from_volume(volume)
    if node is None or node.GetScene() is None:
        raise InputError(_("No segmentation is chosen; outline the femoral heads first."))
    structures = structures_of(node)
    if structures.doubts:
        raise InputError(
            _(
                "In the segmentation '{name}' it cannot be told what is what: {doubts}. Set its terminology and its "
                "name, or remove it."
            ).format(name=node.GetName(), doubts="; ".join(structures.doubts))
        )
    segments = {
        v: structures.segments[v] for v in lab.NAMES if v in structures.segments
    }  # the necrosis after its head
    outlines = read_segments(node, segments, volume, grid)
    _check_found(node, structures, outlines.array)
    return outlines


def _check_found(node: vtkMRMLSegmentationNode, structures: Structures, array: np.ndarray) -> None:
    """Raises InputError where nothing of ours is filled, or a necrosis is there without its head."""
    if not array.any():
        expected = ", ".join(f"'{segment_title(value)}'" for value in lab.NAMES)
        text = _("The segmentation '{name}' has no filled segment named {expected}.").format(
            name=node.GetName(), expected=expected
        )
        raise InputError(" ".join([text, *left_out(node)]))
    for side in lab.SIDES:
        if lab.necrosis_mask(array, side).any() and lab.HEAD[side] not in structures.segments:
            raise InputError(
                _(
                    "The segmentation '{name}' has '{necrosis}' and no '{head}'; outline the head as well."
                ).format(
                    name=node.GetName(),
                    necrosis=segment_title(lab.NECROSIS[side]),
                    head=segment_title(lab.HEAD[side]),
                )
            )

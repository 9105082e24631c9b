"""Volumes of the scene (RAS) to and from :class:`ONFHAssistLib.imaging.image.Image` (LPS)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import slicer
import vtk
from slicer.i18n import tr as _

from ..core.errors import InputError
from ..imaging import series_kind
from ..imaging.image import Image
from ..imaging.reading import Reading, image_sentences, merged
from .attributes import FACT_PREFIX, read_attributes, write_attributes
from .files.headers import dicom_files_of, header_facts

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode

_FLIP_XY = np.diag([-1.0, -1.0, 1.0, 1.0])  # RAS <-> LPS
_BY_USER = "sequence_by_user"  # its value says that the sequence is what a user chose


def volume_from_image(image: Image, name: str, label_map: bool = False) -> vtkMRMLScalarVolumeNode:
    """Add ``image`` to the scene as a volume with the image's geometry and facts.

    Args:
        image: LPS.
        name: what the user reads in the node lists.
        label_map: make a label map volume instead of a scalar volume.
    """
    matrix = _FLIP_XY @ image.affine
    kind = "vtkMRMLLabelMapVolumeNode" if label_map else "vtkMRMLScalarVolumeNode"
    array = image.array
    if array.dtype in (np.int64, np.uint64):
        array = array.astype(np.int32)
    node = slicer.util.addVolumeFromArray(array, ijkToRAS=matrix, name=name, nodeClassName=kind)
    write_attributes(node, image.metadata, FACT_PREFIX)
    return node


def image_from_volume(node: vtkMRMLScalarVolumeNode | None) -> Image:
    """The voxels of a volume node where the scene shows them, linear transforms included.

    Raises:
        InputError: no volume, an empty one, several components, or a transform that is not linear.
    """
    if node is None or node.GetScene() is None:
        raise InputError(_("No volume is chosen; choose an MRI volume first."))
    if node.GetImageData() is None or node.GetImageData().GetNumberOfPoints() == 0:
        raise InputError(_("The volume '{name}' holds no voxels; load it again.").format(name=node.GetName()))
    if node.GetImageData().GetNumberOfScalarComponents() != 1:
        raise InputError(
            _("The volume '{name}' is a colour image; a grey image is needed.").format(name=node.GetName())
        )
    return _image_of(node, slicer.util.arrayFromVolume(node).copy())


def sentences_of_volume(node: vtkMRMLScalarVolumeNode | None) -> list[str]:
    """What the reader of a volume should know of its files, in the sentences of the command line.

    Nothing of a volume without voxels or under a warp, which cannot be worked on; the steps say why.
    """
    if node is None or node.GetScene() is None or node.GetImageData() is None:
        return []
    data, transform = node.GetImageData(), node.GetParentTransformNode()
    if data.GetNumberOfPoints() == 0 or data.GetNumberOfScalarComponents() != 1:
        return []
    if transform is not None and not transform.IsTransformToWorldLinear():
        return []
    return image_sentences(_image_of(node, slicer.util.arrayFromVolume(node)), node.GetName())


def _image_of(node: vtkMRMLScalarVolumeNode, array: np.ndarray) -> Image:
    matrix = _FLIP_XY @ _ijk_to_world(node)
    spacing = np.linalg.norm(matrix[:3, :3], axis=0)
    return Image(
        array,
        tuple(spacing),
        tuple(matrix[:3, 3]),
        tuple((matrix[:3, :3] / spacing).ravel()),
        {**facts_of_volume(node), "source": node.GetName()},
    )


def _ijk_to_world(node: vtkMRMLScalarVolumeNode) -> np.ndarray:
    ijk_to_ras = vtk.vtkMatrix4x4()
    node.GetIJKToRASMatrix(ijk_to_ras)
    matrix = slicer.util.arrayFromVTKMatrix(ijk_to_ras)
    transform = node.GetParentTransformNode()
    if transform is None:
        return matrix
    if not transform.IsTransformToWorldLinear():
        raise InputError(
            _("The volume '{name}' is under a warping transform; harden it first.").format(
                name=node.GetName()
            )
        )
    to_world = vtk.vtkMatrix4x4()
    transform.GetMatrixTransformToWorld(to_world)
    return slicer.util.arrayFromVTKMatrix(to_world) @ matrix


def facts_of_volume(node: vtkMRMLScalarVolumeNode) -> dict[str, str]:
    """What the header, the program or the user states of a volume: modality, sequence, laterality, ..."""
    return merged(header_facts(node), {**_loaded_files(node), **read_attributes(node, FACT_PREFIX)})


def sequence_is_open(facts: Mapping[str, str]) -> bool:
    """Whether a user may say which MRI sequence it is: nobody did, or a user; and the header leaves it open."""
    silent = {name: value for name, value in facts.items() if name != "sequence" or _BY_USER not in facts}
    return series_kind.sequence_is_open(silent)


def stated_series(facts: Mapping[str, str]) -> str:
    """What the header, or a user, says that a volume is: the sequence, else the kind of series, else the modality."""
    return facts.get("sequence") or facts.get(series_kind.KIND) or facts["modality"]


def state_sequence(node: vtkMRMLScalarVolumeNode, sequence: str) -> None:
    """Keep what a user says of a volume whose header does not state its MRI sequence; "" takes it back.

    Raises:
        InputError: the header states one, or says that it is no MRI.
    """
    facts = facts_of_volume(node)
    if not sequence_is_open(facts):
        stated = stated_series(facts)
        raise InputError(
            _("The header of '{name}' says {stated}; that is kept.").format(
                name=node.GetName(), stated=stated
            )
        )
    for name in ("sequence", _BY_USER):
        node.RemoveAttribute(f"{FACT_PREFIX}{name}")
    if sequence:
        write_attributes(node, {"sequence": sequence, _BY_USER: "yes", "modality": "MR"}, FACT_PREFIX)


def dicom_file_of(node: vtkMRMLScalarVolumeNode) -> str | None:
    """The first DICOM file of a volume that Slicer loaded from its DICOM database, or None."""
    files = dicom_files_of(node)
    return files[0] if files else None


def _loaded_files(node: vtkMRMLScalarVolumeNode) -> Mapping[str, str]:
    """How many files of its series Slicer loaded into a volume, as :class:`..imaging.reading.Reading` says it."""
    files = dicom_files_of(node)
    if not files:
        return {}
    loaded = set((node.GetAttribute("DICOM.instanceUIDs") or "").split())
    database = slicer.dicomDatabase
    if not hasattr(database, "seriesForFile"):
        return Reading(len(loaded)).facts()
    series = database.seriesForFile(files[0])
    beside = set(database.instancesForSeries(series)) - loaded
    if not beside or len(loaded) == 1:  # films of one series are a volume each
        return Reading(len(loaded)).facts()
    note = _("Slicer loaded {loaded} of the {all} files of this series.")
    return Reading(
        len(loaded),
        len(beside),
        (_("{count} files of the series are not in the volume.").format(count=len(beside)),),
        (note.format(loaded=len(loaded), all=len(loaded) + len(beside)),),
    ).facts()

"""Radiomics by the SlicerRadiomics extension: the nodes that it is handed, and its features beside ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import slicer
from slicer.i18n import tr as _

from ...case.case import outlined_sides
from ...core.errors import InputError
from ...core.provenance import provenance
from ...extract.slicer_radiomics import VERSION_COLUMN, compare_features, features_of_row
from ...imaging.labels import HEAD, NECROSIS
from ..attributes import read_attributes
from ..case import move_to_case_folder
from ..images.ownership import find_node
from ..outdated import digest_of, mark_source_segmentation, rests_on_other_outlines
from ..tables import columns_of, table_from_columns
from ..transaction import remove_nodes
from ..volumes import image_from_volume, volume_from_image
from .features_and_prediction import feature_role

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode, vtkMRMLTableNode

    from ...extract.presets import Preset
    from ...imaging.image import Image

COMPARED = "radiomics compared"
_COMMAND, _MODULE = "slicerradiomicscli", "slicerradiomics"


def command_line_module() -> Any:
    """The extension's command-line module; None where the extension is not installed."""
    return getattr(slicer.modules, _COMMAND, None)


def has_panel() -> bool:
    """Whether the extension's own panel can be opened."""
    return hasattr(slicer.modules, _MODULE)


@dataclass(frozen=True)
class Handed:
    """What the extension is handed, as nodes that are there while it works.

    Attributes:
        image: the voxels where the scene shows them, linear transforms included.
        regions: side to a label volume whose 1 is the femoral head with its necrosis.
        answer: table into which Slicer reads the answer.
    """

    image: Any
    regions: Mapping[str, Any]
    answer: Any

    def parameters(self, side: str, parameter_file: Path) -> dict[str, Any]:
        """Of the command-line module, by the names in its description."""
        return {
            "Image": self.image.GetID(),
            "Mask": self.regions[side].GetID(),
            "param": str(parameter_file),
            "label": 1,
            "out": self.answer.GetID(),
        }

    def nodes(self) -> list[Any]:
        """All of them."""
        return [self.image, *self.regions.values(), self.answer]

    def row(self) -> dict[str, str]:
        """The answer's only row, column to text.

        Raises:
            InputError: there is no row.
        """
        table = self.answer.GetTable()
        if not table.GetNumberOfRows():
            raise InputError(_("SlicerRadiomics gave an empty table; its log in Slicer says why."))
        count = table.GetNumberOfColumns()
        return {table.GetColumnName(at): self.answer.GetCellText(0, at) for at in range(count)}


@contextmanager
def _hidden() -> Iterator[list[Any]]:
    """Nodes that are made inside go again where something fails."""
    made: list[Any] = []
    try:
        yield made
    except BaseException:
        remove_nodes(made)
        raise
    for node in made:
        node.SetHideFromEditors(True)
        node.SetSaveWithScene(False)


def hand_over(image: Image, labels: Image) -> Handed:
    """Make the nodes that the extension reads; :func:`..transaction.remove_nodes` takes them away.

    Args:
        image: the case's image, LPS, as :func:`..exchange.case_images` gives it.
        labels: its outlines on the same grid.
    """
    with _hidden() as made:
        made.append(volume_from_image(image, "SlicerRadiomics image"))
        regions = {}
        for side in outlined_sides(labels):
            inside = np.isin(labels.array, (HEAD[side], NECROSIS[side])).astype(np.uint8)
            regions[side] = volume_from_image(labels.like(inside), f"SlicerRadiomics {side}", label_map=True)
            made.append(regions[side])
        made.append(slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTableNode", "SlicerRadiomics answer"))
    return Handed(made[0], regions, made[-1])


def our_features(
    volume: vtkMRMLScalarVolumeNode, segmentation: vtkMRMLSegmentationNode, preset: Preset
) -> dict[str, dict[str, float]]:
    """Side to our features of these outlines by this preset, as the scene has them.

    Raises:
        InputError: they were not extracted, or with other outlines or another preset.
    """
    role = feature_role("radiomics", image_from_volume(volume))
    table = find_node("vtkMRMLTableNode", role, volume)
    if table is None:
        raise InputError(_("There are no features yet; press Extract first."))
    if read_attributes(table).get("preset_sha256") != preset.sha256:
        raise InputError(
            _("The features at hand are of another preset than {preset}; press Extract first.").format(
                preset=preset.name
            )
        )
    content, digest = columns_of(table), digest_of(segmentation, volume)
    sides = [side for side in ("R", "L") if side in content]
    for side in sides:
        if rests_on_other_outlines(table, side, digest):
            raise InputError(_("The outlines changed since the extraction; press Extract first."))
    return {side: dict(zip(content["feature"], content[side], strict=True)) for side in sides}


def comparison_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode,
    preset: Preset,
    ours: Mapping[str, Mapping[str, float]],
    rows: Mapping[str, Mapping[str, str]],
) -> tuple[vtkMRMLTableNode, str]:
    """Table "*volume* radiomics compared": our features, the extension's, and the difference, hip by hip.

    Args:
        rows: side to the extension's answer.

    Returns:
        The table, and what it says, in a sentence.

    Raises:
        InputError: an answer holds no features.
    """
    theirs = {side: features_of_row(row) for side, row in rows.items()}
    compared = {side: compare_features(ours.get(side, {}), theirs[side]) for side in theirs}
    names = list(dict.fromkeys(name for one in compared.values() for name in one.differences))
    versions = {row.get(VERSION_COLUMN, "") for row in rows.values()}
    version = " ".join(sorted(one for one in versions if one))
    columns: dict[str, Sequence[Any]] = {"feature": names}
    titles, descriptions = {"feature": _("feature")}, {}
    for side, features in theirs.items():
        other, apart = f"{side} SlicerRadiomics", f"{side} difference"
        columns[side] = [ours.get(side, {}).get(name) for name in names]
        columns[other] = [features.get(name) for name in names]
        columns[apart] = [compared[side].differences.get(name) for name in names]
        titles[apart] = _("{side} difference").format(side=side)
        descriptions[apart] = _("Over the larger of the two absolute values.")
    table = table_from_columns(
        _("{volume} radiomics compared").format(volume=volume.GetName()),
        columns,
        role=COMPARED,
        provenance=provenance(
            image_from_volume(volume),
            preset=preset.name,
            preset_sha256=preset.sha256,
            compared_with=f"SlicerRadiomics (PyRadiomics {version or '?'})",
        ),
        titles=titles,
        descriptions=descriptions,
        node=find_node("vtkMRMLTableNode", COMPARED, volume),
    )
    mark_source_segmentation([table], digest_of(segmentation, volume))
    move_to_case_folder(volume, [table])
    feature, largest = max((one.largest for one in compared.values()), key=lambda found: found[1])
    text = _(
        "{count} features of each hip by SlicerRadiomics (PyRadiomics {version}); largest difference {largest:.1e}"
        " ({feature}). The table '{table}' has both."
    ).format(
        count=min(one.shared for one in compared.values()),
        version=version or "?",
        largest=largest,
        feature=feature or _("none"),
        table=table.GetName(),
    )
    return table, text


def open_with(volume: Any, segmentation: Any, parameter_file: Path) -> None:
    """Open the extension's panel with the same inputs chosen.

    Raises:
        InputError: the panel has other widgets than those known.
    """
    slicer.util.selectModule("SlicerRadiomics")
    widget: Any = getattr(slicer.modules, "SlicerRadiomicsWidget", None)
    try:
        widget.inputVolumeSelector.setCurrentNode(volume)
        widget.inputMaskSelector.setCurrentNode(segmentation)
        widget.parameterFileCustomizationRadioButton.checked = True
        widget.parameterFilePathLineEdit.currentPath = str(parameter_file)
    except AttributeError as error:
        raise InputError(
            _(
                "SlicerRadiomics is open, but this version of it has other fields; choose '{volume}', '{segmentation}' "
                "and the parameter file {path} there."
            ).format(volume=volume.GetName(), segmentation=segmentation.GetName(), path=parameter_file)
        ) from error

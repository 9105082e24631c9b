"""The feature browser of ONFHExtract: find by name, class, image or meaning; read what a feature is; map it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import qt
import slicer
from slicer.i18n import tr as _

from ...extract.catalogue import describe, find
from ...scene.case import find_node
from ...scene.tables import columns_of, rows_where
from ..run import PanelJob

MapRequest = Callable[[str, str, int, Path], Mapping[str, Any]]  # feature, side, radius, folder


class FeatureBrowser:
    """Connects the browser's widgets of a panel.

    Args:
        ui: widgets of the panel's .ui file.
        request: writes the files of a map's task and returns its arguments.
        show_map: puts the task's answer into the scene and returns a sentence.
    """

    def __init__(self, ui: Any, request: MapRequest, show_map: Callable[[Mapping[str, Any]], str]) -> None:
        self._ui, self._request, self._show_map = ui, request, show_map
        self._table: Any = None
        self._shown: Any = None
        self.feature = ""
        self.job = PanelJob(ui.mapButton, ui.mapProgressBar, ui.mapStatusLabel)
        ui.filterEdit.connect("textChanged(QString)", self._filter)
        ui.classCombo.connect("currentIndexChanged(int)", self._filter)
        ui.imageCombo.connect("currentIndexChanged(int)", self._filter)
        ui.featureView.connect("clicked(QModelIndex)", self._choose)
        ui.mapButton.connect("clicked()", self._map)
        # Without this Slicer sorts at once, from the last row up.
        ui.featureView.horizontalHeader().setSortIndicator(-1, qt.Qt.AscendingOrder)
        ui.featureView.sortingEnabled = True
        # The rows in sight say how wide the columns are; by default Qt measures a thousand.
        ui.featureView.horizontalHeader().setResizeContentsPrecision(0)

    def show_known(self) -> None:
        """Show the features that another step, or a saved scene, brought, where nothing is shown yet."""
        if self._table is None or self._table.GetScene() is None:
            table = find_node("vtkMRMLTableNode", "radiomics")
            if table is not None:
                self.show(table)

    def show(self, table: Any) -> None:
        """Browse a radiomics table of the scene (columns feature, R and L, class, image).

        The filters stay when the same table was extracted again; those of a former patient would hide features.
        """
        if table is not self._table:
            self._clear_filters()
        self._table = table
        content = columns_of(table)
        self._fill(self._ui.classCombo, _("all classes"), content["class"])
        self._fill(self._ui.imageCombo, _("all images"), content["image"])
        sides = [side for side in ("R", "L") if side in content]
        self._fill(self._ui.sideCombo, None, sides)
        self._filter()
        self._explain("")

    def forget_case(self) -> None:
        """The patient's scene is closed: no table, no filters, nothing to map."""
        self.job.cancel()
        self._table = self._shown = None
        self._clear_filters()
        self._explain("")
        self._ui.featureLabel.text = ""  # there is no row to click

    def _clear_filters(self) -> None:
        ui = self._ui
        ui.filterEdit.blockSignals(True)
        ui.filterEdit.text = ""
        ui.filterEdit.blockSignals(False)
        for combo in (ui.classCombo, ui.imageCombo, ui.sideCombo):
            self._fill(combo, None, [])

    @staticmethod
    def _fill(combo: Any, everything: str | None, values: list[str]) -> None:
        """Offer these values; the chosen one stays where it is among them."""
        chosen = combo.currentText
        combo.blockSignals(True)  # the table is filtered once, when all three are filled
        combo.clear()
        for text in ([everything] if everything else []) + list(dict.fromkeys(values)):
            combo.addItem(text)
        combo.currentIndex = max(combo.findText(chosen), 0) if combo.count else -1
        combo.blockSignals(False)

    def _filter(self, *_changed: Any) -> None:
        if self._table is None or self._table.GetScene() is None:
            return
        content = columns_of(self._table)
        wanted, text = set(content["feature"]), self._ui.filterEdit.text
        if text.strip():
            wanted = {info.name for info in find(content["feature"], text)}
        for combo, column in ((self._ui.classCombo, "class"), (self._ui.imageCombo, "image")):
            if combo.currentIndex > 0:
                names = zip(content["feature"], content[column], strict=True)
                wanted &= {name for name, value in names if value == combo.currentText}
        if len(wanted) == len(content["feature"]):
            self._show_rows_of(self._table)
            return
        if self._shown is None or self._shown.GetScene() is None:
            self._shown = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTableNode", "Features shown")
            self._shown.SetHideFromEditors(True)
            self._shown.SetSaveWithScene(False)
        rows_where(self._table, "feature", wanted, self._shown)
        self._show_rows_of(self._shown)

    def _show_rows_of(self, table: Any) -> None:
        """Name and values; class and image are in the name and have their filters."""
        view = self._ui.featureView
        view.setMRMLTableNode(table)
        for column in range(table.GetNumberOfColumns()):
            view.setColumnHidden(column, table.GetColumnName(column) in ("class", "image"))

    def _choose(self, index: Any) -> None:
        self._explain(str(index.sibling(index.row(), 0).data()))

    def _explain(self, name: str) -> None:
        self.feature = name
        if not name:
            self._ui.featureLabel.text = _("Click a row to read what the feature is.")
            self._ui.mapButton.enabled = False
            return
        info = describe(name)
        lines = [f"<b>{name}</b>", info.meaning, f"<i>{info.formula}</i>", info.image_meaning]
        self._ui.featureLabel.text = "<br>".join(line for line in lines if line)
        self._ui.mapButton.enabled = info.mappable
        self._ui.mapButton.toolTip = (
            _("A volume whose voxels hold this feature of their neighbourhood.")
            if info.mappable
            else _("This feature describes the region as a whole; a map of it cannot be made.")
        )

    def _map(self) -> None:
        feature, side, radius = self.feature, self._ui.sideCombo.currentText, self._ui.radiusSpinBox.value
        self.job.toggle(
            _("Mapping {feature} ...").format(feature=feature),
            "feature_map",
            lambda folder: self._request(feature, side, radius, folder),
            self._show_map,
        )

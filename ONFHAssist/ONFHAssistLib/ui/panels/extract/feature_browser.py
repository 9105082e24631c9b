"""The feature browser of ONFHExtract: find by name, class, image or meaning; read what a feature is; map it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import qt
import slicer
from slicer.i18n import tr as _

from ....core.language import sentence
from ....extract.catalogue import describe_feature, find_features
from ....scene.images.ownership import find_node
from ....scene.results.features_and_prediction import ON_RADIOGRAPH
from ....scene.results.robustness import (
    HIGH,
    ICC,
    LEAST,
    LOW,
    VARIATION,
    robustness_of,
    stable_features,
)
from ....scene.tables import columns_of, rows_where
from ...run import PanelJob
from ...texts import of_other_image

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ...protocols import BrowserWidgets, Combo, ModulePanel

# In the table for export; class and image have their filters, the interval and the spread are told of the chosen feature.
_HIDDEN = ("class", "image", "icc_low", "icc_high", "variation_R", "variation_L")
_NAME_IN_DIGITS = 24  # width of the column of names, of a panel of 52


class FeatureBrowser:
    """Connects the browser's widgets of a panel.

    Args:
        ui: widgets of the panel's .ui file.
        panel: the module's widget, with the chosen volume, segmentation and preset, and the logic that makes a map.
    """

    def __init__(self, ui: BrowserWidgets, panel: ModulePanel) -> None:
        self._ui, self._panel = ui, panel
        self._table: Any = None
        self._shown: Any = None
        self.feature = ""
        self.job = PanelJob(ui.mapButton, ui.mapProgressBar, ui.mapStatusLabel)
        ui.filterEdit.connect("textChanged(QString)", self._filter)
        ui.classCombo.connect("currentIndexChanged(int)", self._filter)
        ui.imageCombo.connect("currentIndexChanged(int)", self._filter)
        ui.stableCheckBox.connect("toggled(bool)", self._filter)
        ui.featureView.connect("clicked(QModelIndex)", self._choose)
        ui.mapButton.connect("clicked()", self._map)
        # Without this Slicer sorts at once, from the last row up.
        ui.featureView.horizontalHeader().setSortIndicator(-1, qt.Qt.AscendingOrder)
        ui.featureView.sortingEnabled = True
        # The rows in sight say how wide the columns are; by default Qt measures a thousand.
        ui.featureView.horizontalHeader().setResizeContentsPrecision(0)
        ui.featureView.textElideMode = qt.Qt.ElideMiddle  # names differ at both ends
        self._offer_stable()

    def show_known(self) -> None:
        """Show the features that another step, or a saved scene, brought, where nothing is shown yet."""
        if self._table is None or self._table.GetScene() is None:
            table = self._known_table()
            if table is not None:
                self.show(table)

    def _known_table(self) -> Any:
        """The features of the chosen image, an MRI or a radiograph."""
        volume = self._panel.parameters.volume
        roles = ("radiomics", f"{ON_RADIOGRAPH}radiomics")
        found = [] if volume is None else [find_node("vtkMRMLTableNode", role, volume) for role in roles]
        return next((table for table in found if table is not None), None)

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
        self._fill(self._ui.sideCombo, None, [side for side in ("R", "L") if side in content])
        self._offer_stable()
        self._filter()
        self._explain("")

    def forget_case(self) -> None:
        """The patient's scene is closed: no table, no filters, nothing to map."""
        self.job.cancel()
        self.turn_away()

    def turn_away(self) -> None:
        """Another image is chosen."""
        self._ui.featureView.setMRMLTableNode(None)
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
        ui.stableCheckBox.blockSignals(True)
        self._offer_stable()
        ui.stableCheckBox.blockSignals(False)

    def _offer_stable(self) -> None:
        """The filter by ICC, where the table holds one."""
        box = self._ui.stableCheckBox
        box.enabled = self._table is not None and stable_features(self._table) is not None
        box.toolTip = (
            _(
                "Show the features whose ICC(1,1) over perturbed images and outlines is {least:g} or more."
            ).format(least=LEAST)
            if box.enabled
            else _("Test the robustness below first; an ICC needs two outlined hips.")
        )
        if not box.enabled:
            box.checked = False

    @staticmethod
    def _fill(combo: Combo, everything: str | None, values: Sequence[str]) -> None:
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
            wanted = {info.name for info in find_features(content["feature"], text)}
        for combo, column in ((self._ui.classCombo, "class"), (self._ui.imageCombo, "image")):
            if combo.currentIndex > 0:
                names = zip(content["feature"], content[column], strict=True)
                wanted &= {name for name, value in names if value == combo.currentText}
        if self._ui.stableCheckBox.checked:
            wanted &= stable_features(self._table) or set()
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
        """Name, values and, where it is known, ICC."""
        view = self._ui.featureView
        view.setMRMLTableNode(table)
        for column in range(table.GetNumberOfColumns()):
            view.setColumnHidden(column, table.GetColumnName(column) in _HIDDEN)
        # As wide as the longest name it would push the values out of sight; its user may make it wider.
        view.horizontalHeader().setSectionResizeMode(0, qt.QHeaderView.Interactive)
        view.setColumnWidth(0, _NAME_IN_DIGITS * qt.QFontMetrics(view.font).horizontalAdvance("0"))

    def _choose(self, index: Any) -> None:
        self._explain(str(index.sibling(index.row(), 0).data()))

    def _explain(self, name: str) -> None:
        self.feature = name
        if not name:
            self._ui.featureLabel.text = _("Click a row to read what the feature is.")
            self._ui.mapButton.enabled = False
            return
        info = describe_feature(name)
        lines = [
            f"<b>{name}</b>",
            sentence(info.meaning),
            f"<i>{info.formula}</i>",
            sentence(info.image_meaning),
            self._stability(name),
        ]
        self._ui.featureLabel.text = "<br>".join(line for line in lines if line)
        self._ui.mapButton.enabled = info.mappable
        self._ui.mapButton.toolTip = (
            _("A volume whose voxels hold this feature of their neighbourhood.")
            if info.mappable
            else _("This feature describes the region as a whole; a map of it cannot be made.")
        )

    def _stability(self, name: str) -> str:
        """What is known of the feature's robustness, as a sentence."""
        values = {} if self._table is None else robustness_of(self._table, name)
        parts = []
        if ICC in values:
            parts.append(
                _("ICC(1,1) {icc:.2f} (95% interval {low:.2f} to {high:.2f})").format(
                    icc=values[ICC], low=values[LOW], high=values[HIGH]
                )
            )
        parts += [
            _("hip {side} varies by {share:.1f}%").format(side=side, share=100 * values[f"{VARIATION}{side}"])
            for side in ("R", "L")
            if f"{VARIATION}{side}" in values
        ]
        return _("Robustness: {facts}.").format(facts="; ".join(parts)) if parts else ""

    def _map(self) -> None:
        volume = self._panel.parameters.volume
        feature, side, radius = self.feature, self._ui.sideCombo.currentText, self._ui.radiusSpinBox.value
        self.job.toggle(
            _("Mapping {feature} ...").format(feature=feature),
            "feature_map",
            lambda folder: self._request(feature, side, radius, folder),
            lambda result: self._show_map(volume, result),
            nodes=[volume, self._panel.parameters.segmentation],
        )

    def _request(self, feature: str, side: str, radius: int, folder: Path) -> Mapping[str, Any]:
        parameters, logic = self._panel.parameters, self._panel.logic
        arguments = logic.images(parameters.volume, parameters.segmentation, folder)
        options = {"preset": parameters.preset, "feature": feature, "side": side, "radius": radius}
        return {**arguments, **options, "out": str(folder / "map.mha")}

    def _show_map(self, volume: Any, result: Mapping[str, Any]) -> str:
        shown = self._panel.shows(volume)
        self._panel.logic.map_to_scene(volume, result, shown)
        text = _("The map of {feature} lies over the slices.").format(feature=result["feature"])
        return text if shown else of_other_image(volume, text)

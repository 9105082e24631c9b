"""Which model answers: one that comes with the extension, one of the user's folder of models, or a file of his own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from .own_models import own_models_state

if TYPE_CHECKING:
    from ..protocols import Combo

PUBLISHED = 0


class BundleChoice:
    """A combo box of bundles, which follows the user's folder of models.

    Args:
        combo: of the panel.
        bundles: gives the bundles at hand, each with its ``name``, the default first.
    """

    def __init__(self, combo: Combo, bundles: Callable[[], Iterable[Mapping[str, Any]]]) -> None:
        self._combo, self._bundles = combo, bundles
        self._added: list[str] = []
        self._fill()

    def add(self, path: str) -> None:
        """Offer a bundle that was developed here, by its folder, as long as the panel lives."""
        if self._combo.findText(path) < 0:
            self._added.append(path)
            self._combo.addItem(path)

    def show(self, chosen: str) -> None:
        """Bring the box to ``chosen`` without asking back."""
        blocked = self._combo.blockSignals(True)
        if own_models_state() != self._state:
            self._fill()
        self._combo.currentIndex = max(self._combo.findText(chosen), 0) if self._combo.count else -1
        self._combo.blockSignals(blocked)

    def _fill(self) -> None:
        self._state = own_models_state()
        self._combo.clear()
        for name in [*(bundle["name"] for bundle in self._bundles()), *self._added]:
            self._combo.addItem(name)


class ModelChoice:
    """A combo box of models and the path of a model of one's own.

    Args:
        ui: widgets ``modelCombo`` and ``modelEdit``.
        on_model: called with "" (published), the name of a bundle, or a path, when the user chooses.
    """

    def __init__(self, ui: Any, on_model: Callable[[str], None]) -> None:
        self._ui, self._on_model = ui, on_model
        self._names: list[str] = []
        self._state: tuple[str, int] | None = None
        self._offer()
        ui.modelCombo.connect("currentIndexChanged(int)", self._on_combo)
        ui.modelEdit.connect("currentPathChanged(QString)", self._on_path)

    def _offer(self) -> None:
        """Fill the list anew where other bundles are at hand than before, such as in a folder chosen meanwhile."""
        from ...survival.calculator import shipped_models

        state = own_models_state()
        if self._names and state == self._state:  # a slider asks often, and reading bundles takes time
            return
        models, combo = shipped_models(), self._ui.modelCombo
        self._state, self._names = state, ["", *models]
        blocked = combo.blockSignals(True)
        combo.clear()
        combo.addItem(_("Clinical model as published"))
        for name, title in models.items():
            combo.addItem(f"{title} ({name})")
        combo.addItem(_("A model of your own"))
        combo.blockSignals(blocked)

    def show(self, model: str) -> None:
        """Bring the widgets to ``model`` without asking back."""
        self._offer()
        own = model not in self._names
        combo, edit = self._ui.modelCombo, self._ui.modelEdit
        index = len(self._names) if own else self._names.index(model)
        if not own and not model and combo.currentIndex == len(self._names):
            index = combo.currentIndex  # one's own is wanted, its path is still empty
        blocked = combo.blockSignals(True), edit.blockSignals(True)
        combo.currentIndex = index
        edit.currentPath = model if own else ""
        combo.blockSignals(blocked[0])
        edit.blockSignals(blocked[1])
        edit.enabled = index == len(self._names)

    def forget_case(self) -> None:
        """The patient's scene is closed: the published model again, since the next scene names none."""
        blocked = self._ui.modelCombo.blockSignals(True)
        self._ui.modelCombo.currentIndex = PUBLISHED
        self._ui.modelCombo.blockSignals(blocked)
        self._on_model("")

    def _on_combo(self, index: int) -> None:
        self._ui.modelEdit.enabled = index == len(self._names)
        if index < len(self._names):
            self._on_model(self._names[index])

    def _on_path(self, path: str) -> None:
        if not path:
            self._ui.modelCombo.currentIndex = PUBLISHED
        self._on_model(path)

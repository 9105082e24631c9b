"""The folder of the user's own model bundles: chosen once, kept in the application's settings, used by every module.

The folder travels as an environment variable, since the worker and the library read it there
(:func:`ONFHAssistLib.bundles.bundle.own_bundles_folder`).
"""

from __future__ import annotations

import html
import os
from pathlib import Path
from typing import Any

import slicer
from slicer.i18n import tr as _

from ...bundles.bundle import OWN_MODELS, list_bundles, own_bundles_folder

SETTING = "ONFHAssist/OwnModels"


def apply_setting() -> None:
    """Let the library find the folder that the user chose in an earlier session, unless a script named another."""
    chosen = str(slicer.app.userSettings().value(SETTING) or "")
    if chosen and Path(chosen).is_dir():
        os.environ.setdefault(OWN_MODELS, chosen)


def own_models_state() -> tuple[str, int] | None:
    """Changes when another folder is chosen, and when a bundle comes into the folder or leaves it."""
    folder = own_bundles_folder()
    try:
        return None if folder is None else (str(folder), folder.stat().st_mtime_ns)
    except OSError:  # taken away meanwhile
        return (str(folder), 0)


class OwnModelsPanel:
    """Choose the folder, and see what lies in it.

    Args:
        ui: widgets ``ownModelsEdit`` and ``ownModelsLabel``.
    """

    def __init__(self, ui: Any) -> None:
        self._ui = ui
        ui.ownModelsEdit.currentPath = os.environ.get(OWN_MODELS, "")
        ui.ownModelsEdit.connect("currentPathChanged(QString)", self.on_path)
        self.show()

    def on_path(self, path: str) -> None:
        """Use the bundles of ``path`` from now on; "" goes back to the extension's."""
        path = path.strip()
        if path and not Path(path).is_dir():
            self._ui.ownModelsLabel.text = _(
                "{path} is no folder; the models in use stay as they are."
            ).format(path=html.escape(path))
            return
        if path:
            os.environ[OWN_MODELS] = path
        else:
            os.environ.pop(OWN_MODELS, None)
        slicer.app.userSettings().setValue(SETTING, path)
        self.show()

    def show(self) -> None:
        """List the user's own bundles, the damaged ones with their fault."""
        self._ui.ownModelsLabel.text = _summary()


def _summary() -> str:
    if own_bundles_folder() is None:
        return _(
            "The models that come with the extension are used; they learned from simulated disease only."
        )
    own = [row for row in list_bundles() if row["own"]]
    if not own:
        return _("There is no model bundle in this folder. Each training writes one, as a folder of its own.")
    lines = [
        _("<b>{name}</b> {version}").format(name=html.escape(row["name"]), version=row["version"])
        if row["valid"]
        else _("<b>{name}</b> is refused: {problem}").format(
            name=html.escape(row["name"]), problem=html.escape(row["problem"])
        )
        for row in own
    ]
    return _("In use from this folder:") + "<br>" + "<br>".join(lines)

"""Running a step from a button: progress, one clear sentence when it fails, and the scene as it was."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import slicer
from slicer.i18n import tr as _

from ..errors import Cancelled, InputError

Progress = Callable[[float, str], None]


def run_step(ui: Any, text: str, work: Callable[[Progress], str]) -> bool:
    """Do ``work(progress)`` with the panel's progress bar and status line.

    Args:
        ui: widgets of the panel; ``statusLabel`` and, where there is one, ``progressBar``.
        text: what the status line says meanwhile.
        work: does the step and returns what the status line says afterwards.

    Returns:
        Whether it succeeded. A failure was told to the user, and the nodes that the step had added are gone.
    """
    bar = getattr(ui, "progressBar", None)

    def report(fraction: float, message: str = "") -> None:
        if bar is not None:
            bar.value = round(100 * fraction)
        if message:
            ui.statusLabel.text = message
        slicer.app.processEvents()

    before = _node_ids()
    ui.statusLabel.text = text
    if bar is not None:
        bar.visible = True
    try:
        report(0.0)
        ui.statusLabel.text = work(report)
    except Cancelled:
        _remove_new_nodes(before)
        ui.statusLabel.text = _("Cancelled; the scene is as it was.")
    except InputError as error:
        _remove_new_nodes(before)
        ui.statusLabel.text = str(error)
        slicer.util.errorDisplay(str(error))
    except Exception as error:
        _remove_new_nodes(before)
        logging.exception("ONFHAssist step failed")
        message = _("This is a fault of ONFHAssist ({kind}: {error}); the error log has the details.").format(
            kind=type(error).__name__, error=error
        )
        ui.statusLabel.text = message
        slicer.util.errorDisplay(message)
    else:
        return True
    finally:
        if bar is not None:
            bar.visible = False
    return False


def _node_ids() -> set[str]:
    scene = slicer.mrmlScene
    return {scene.GetNthNode(i).GetID() for i in range(scene.GetNumberOfNodes())}


def _remove_new_nodes(before: set[str]) -> None:
    for identifier in _node_ids() - before:
        node = slicer.mrmlScene.GetNodeByID(identifier)
        if node is not None and not node.IsA("vtkMRMLScriptedModuleNode"):
            slicer.mrmlScene.RemoveNode(node)

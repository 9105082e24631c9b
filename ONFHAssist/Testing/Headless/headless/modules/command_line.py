"""``slicer.cli``: a command-line module run as Slicer runs it, nodes as files and the answer read back."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import slicer

from ..qt.pythonqt import QtCore


class CommandLineModule:
    """A module that is a program with a description: ``slicer.modules.<name in lower case>``.

    Args:
        name: as Slicer shows it.
        program: a Python file; it runs in a process of its own.
        description: the XML that the program prints for ``--xml``.
    """

    def __init__(self, name: str, program: Path, description: str) -> None:
        self.name, self.title, self.path = name, name, str(program)
        self.parameters = [
            found
            for group in ElementTree.fromstring(description).iter("parameters")
            for found in group
            if found.find("name") is not None or found.find("longflag") is not None
        ]

    def arguments(self, values: dict[str, Any], folder: Path) -> tuple[list[str], list[tuple[Any, Path]]]:
        """What the program is called with, flags first, and the output nodes with the files that hold them."""
        flags: list[str] = []
        placed: list[tuple[int, str]] = []
        outputs = []
        for parameter in self.parameters:
            name = parameter.findtext("name") or str(parameter.findtext("longflag")).lstrip("-")
            if name not in values:
                continue
            text = str(values[name])
            if parameter.tag in ("image", "table"):
                node = slicer.mrmlScene.GetNodeByID(text)
                path = folder / (f"{name}.nrrd" if parameter.tag == "image" else f"{name}.csv")
                if parameter.findtext("channel") == "output":
                    outputs.append((node, path))
                else:
                    slicer.util.saveNode(node, str(path))
                text = str(path)
            if parameter.find("index") is not None:
                placed.append((int(str(parameter.findtext("index"))), text))
            else:
                flags += [f"--{str(parameter.findtext('longflag')).lstrip('-')}", text]
        return [*flags, *(text for _index, text in sorted(placed))], outputs


class _Run(QtCore.QObject):
    """A program that runs; its node follows."""

    def __init__(self, module: CommandLineModule, node: Any, values: dict[str, Any]) -> None:
        super().__init__()
        self._node, self._folder = node, tempfile.TemporaryDirectory(prefix="headless-cli-")
        arguments, self._outputs = module.arguments(values, Path(self._folder.name))
        self._errors = Path(self._folder.name) / "stderr"
        with self._errors.open("wb") as errors:
            command = [sys.executable, module.path, *arguments]
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        node.SetStatus(node.Running)
        self._timer = QtCore.QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(20)

    def look(self) -> None:
        """End when the program did."""
        node = self._node
        if node.GetStatus() == node.Cancelling:
            self.process.kill()
        if self.process.poll() is None:
            return
        self._timer.stop()
        _runs.remove(self)
        node.SetErrorText(self._errors.read_text(encoding="utf-8", errors="replace"), False)
        cancelled = node.GetStatus() == node.Cancelling
        if not cancelled and self.process.returncode == 0:
            for output, path in self._outputs:
                if path.is_file() and output.GetScene() is not None:
                    _read_table(output, path)
        self._folder.cleanup()
        if cancelled:
            node.SetStatus(node.Cancelled)
        else:
            node.SetStatus(node.Completed if self.process.returncode == 0 else node.CompletedWithErrors)


_runs: list[_Run] = []


def _read_table(node: Any, path: Path) -> None:
    storage = slicer.vtkMRMLTableStorageNode()
    storage.SetFileName(str(path))
    storage.ReadData(node)


def run(
    module: CommandLineModule,
    node: Any = None,
    parameters: dict[str, Any] | None = None,
    wait_for_completion: bool = False,
    delete_temporary_files: bool = True,
    update_display: bool = True,
) -> Any:
    """Start a command-line module; returns its node, whose status follows."""
    if node is None:
        slicer.mrmlScene.RegisterNodeClass(slicer.vtkMRMLCommandLineModuleNode())
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLCommandLineModuleNode", module.name)
    started = _Run(module, node, parameters or {})
    _runs.append(started)
    while wait_for_completion and started in _runs:
        started.process.wait()
        started.look()
    return node


def as_module() -> ModuleType:
    """``slicer.cli``."""
    made = ModuleType("slicer.cli", __doc__)
    made.run = run  # type: ignore[attr-defined]
    return made


def add_command_line_module(name: str, program: str | Path, description: str) -> CommandLineModule:
    """Publish a command-line module, as an installed extension does; ``description`` is its XML."""
    module = CommandLineModule(name, Path(program), description)
    slicer.app.moduleManager().add(module)
    return module

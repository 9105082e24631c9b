"""``slicer.app.coreIOManager()``: what ``slicer.util.loadVolume``, ``saveNode``, ``saveScene`` ... call."""

# ruff: noqa: N801 - the names are those of Slicer
from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import slicer
import vtk

_ENDINGS = {  # the longer ones first
    "SegmentationFile": ".seg.nrrd .seg.nhdr", "MarkupsFile": ".mrk.json",
    "VolumeFile": ".nii.gz .nii .nrrd .nhdr .mha .mhd", "TableFile": ".csv .tsv",
    "TextFile": ".txt .json .html .xml", "SceneFile": ".mrml .mrb",
}  # fmt: skip
_TYPES = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}
_VOLUME_OPTIONS = {"labelmap": 1, "center": 2, "singleFile": 4, "discardOrientation": 16}
_AUTO_WINDOW_LEVEL = 8


def _ending(filename: str) -> str:
    return next((ending for ending in _TYPES if filename.lower().endswith(ending)), "")


class qSlicerCoreIOManager:
    """Reads and writes files through MRML's own storage nodes."""

    def fileType(self, filename: str) -> str:
        return _TYPES.get(_ending(str(filename)), "NoFile")

    def fileWriterFileType(self, node: Any) -> str:
        return f"{node.GetNodeTagName()}File"

    # reading --------------------------------------------------------------------------------------------

    def loadNodes(self, filetype: str, properties: dict, loaded: Any, messages: Any = None) -> bool:
        path = Path(properties["fileName"])
        reader = getattr(self, f"_read_{filetype.removesuffix('File').lower()}", None)
        if not path.is_file() or reader is None:
            missing = reader and f"The file '{path}' does not exist."
            _say(messages, missing or f"headless Slicer reads no '{filetype}'.")
            return False
        result = reader(path, properties)
        for node in result if isinstance(result, list) else [result]:
            if node is not None:
                if properties.get("name"):
                    node.SetName(properties["name"])
                loaded.AddItem(node)
        return result is not None

    def _read_volume(self, path: Path, properties: dict) -> Any:
        options = sum(bit for key, bit in _VOLUME_OPTIONS.items() if properties.get(key))
        options += _AUTO_WINDOW_LEVEL * bool(properties.get("autoWindowLevel", True))
        node = slicer.modules.volumes.logic().AddArchetypeVolume(str(path), _name(path), options)
        if node is not None and properties.get("show", True):
            _show(node)
        return node

    def _read_segmentation(self, path: Path, _properties: dict) -> Any:
        return slicer.modules.segmentations.logic().LoadSegmentationFromFile(str(path), True, _name(path))

    def _read_table(self, path: Path, _properties: dict) -> Any:
        return slicer.modules.tables.logic().AddTable(str(path), path.stem)

    def _read_markups(self, path: Path, _properties: dict) -> Any:
        node_id = slicer.modules.markups.logic().LoadMarkups(str(path), _name(path))
        return slicer.mrmlScene.GetNodeByID(node_id) if node_id else None

    def _read_text(self, path: Path, _properties: dict) -> Any:
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTextNode", path.stem)
        _add_storage(node, path)
        return node if node.GetStorageNode().ReadData(node) else None

    def _read_scene(self, path: Path, properties: dict) -> Any:
        scene = slicer.mrmlScene
        if properties.get("clear"):
            scene.Clear(0)
        before = {scene.GetNthNode(i) for i in range(scene.GetNumberOfNodes())}
        if path.suffix.lower() == ".mrb":
            with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as bundle:
                bundle.extractall(folder)
                inner = next(Path(folder).rglob("*.mrml"), None)
                done = inner is not None and _import(inner)
        else:
            done = _import(path)
        nodes = [scene.GetNthNode(i) for i in range(scene.GetNumberOfNodes())]
        return [node for node in nodes if node not in before] if done else None

    # writing --------------------------------------------------------------------------------------------

    def saveNodes(self, filetype: str, properties: dict, messages: Any = None) -> bool:
        path = Path(properties["fileName"]).resolve()
        if filetype == "SceneFile":
            return self._write_scene(path, messages)
        node = slicer.mrmlScene.GetNodeByID(properties["nodeID"])
        if node.GetStorageNode() is None and not _add_storage(node, path):
            _say(messages, f"{node.GetName()} has no file format.")
            return False
        storage = node.GetStorageNode()
        storage.SetFileName(str(path))
        if "useCompression" in properties:
            storage.SetUseCompression(int(properties["useCompression"]))
        return bool(storage.WriteData(node))

    def _write_scene(self, path: Path, messages: Any) -> bool:
        if path.suffix.lower() != ".mrb":
            _say(messages, f"headless Slicer writes scenes as .mrb, not '{path.name}'.")
            return False
        with _without_chatter():
            return bool(slicer.mrmlScene.WriteToMRB(str(path)))


def _name(path: Path) -> str:
    return path.name[: len(path.name) - len(_ending(path.name))]


def _add_storage(node: Any, path: Path) -> bool:
    if node.IsA("vtkMRMLTextNode"):  # has one by default only where the text is long
        node.SetAndObserveStorageNodeID(slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTextStorageNode").GetID())
        node.GetStorageNode().SetFileName(str(path))
        return True
    return bool(node.AddDefaultStorageNode(str(path)))


@contextmanager
def _without_chatter() -> Iterator[None]:
    """VTK says a line for each file that goes into a bundle: pass on the rest only."""
    before, quiet = vtk.vtkOutputWindow.GetInstance(), vtk.vtkStringOutputWindow()
    vtk.vtkOutputWindow.SetInstance(quiet)
    try:
        yield
    finally:
        vtk.vtkOutputWindow.SetInstance(before)
        for block in quiet.GetOutput().split("\n\n"):
            if block.strip() and not block.strip().startswith("Info:"):
                before.DisplayText(block + "\n")


def _import(path: Path) -> bool:
    scene = slicer.mrmlScene
    scene.SetRootDirectory(str(path.parent))
    scene.SetURL(str(path))
    return bool(scene.Import())


def _say(messages: Any, text: str) -> None:
    if messages is not None:
        messages.AddMessage(vtk.vtkCommand.ErrorEvent, text)


def _show(volume: Any) -> None:
    selection = slicer.app.applicationLogic().GetSelectionNode()
    if volume.IsA("vtkMRMLLabelMapVolumeNode"):
        selection.SetActiveLabelVolumeID(volume.GetID())
    else:
        selection.SetActiveVolumeID(volume.GetID())
    slicer.app.applicationLogic().PropagateVolumeSelection()

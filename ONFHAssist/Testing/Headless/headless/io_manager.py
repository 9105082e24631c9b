"""``slicer.app.coreIOManager()``: what ``slicer.util.loadVolume``, ``saveNode``, ``saveScene`` ... call."""

# ruff: noqa: N801 - the names are those of Slicer, CTK and Qt
from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import slicer
import vtk

_TYPES = {  # the longer endings first
    ".seg.nrrd": "SegmentationFile", ".seg.nhdr": "SegmentationFile", ".mrk.json": "MarkupsFile",
    ".nii.gz": "VolumeFile", ".nii": "VolumeFile", ".nrrd": "VolumeFile", ".nhdr": "VolumeFile",
    ".mha": "VolumeFile", ".mhd": "VolumeFile", ".csv": "TableFile", ".tsv": "TableFile",
    ".txt": "TextFile", ".json": "TextFile", ".html": "TextFile", ".xml": "TextFile",
    ".vtk": "ModelFile", ".vtp": "ModelFile", ".stl": "ModelFile", ".obj": "ModelFile", ".ply": "ModelFile",
    ".tfm": "TransformFile", ".h5": "TransformFile", ".mrml": "SceneFile", ".mrb": "SceneFile",
}  # fmt: skip


def _ending(filename: str) -> str:
    return next((ending for ending in _TYPES if filename.lower().endswith(ending)), "")


class qSlicerCoreIOManager:
    """Reads and writes files through MRML's own storage nodes."""

    def fileType(self, filename: str) -> str:
        return _TYPES.get(_ending(str(filename)), "NoFile")

    def fileWriterFileType(self, node: slicer.vtkMRMLNode) -> str:
        return f"{node.GetNodeTagName()}File"

    def extractKnownExtension(self, filename: str, node: object = None) -> str:
        return _ending(filename)

    # reading --------------------------------------------------------------------------------------------

    def loadNodes(
        self, filetype: str, properties: dict, loaded: vtk.vtkCollection, messages: object = None
    ) -> bool:
        path = Path(properties["fileName"])
        if not path.is_file():
            _say(messages, f"The file '{path}' does not exist.")
            return False
        reader = getattr(self, f"_read_{filetype.removesuffix('File').lower()}", None)
        if reader is None:
            _say(messages, f"headless Slicer reads no '{filetype}'.")
            return False
        result = reader(path, properties)
        for node in result if isinstance(result, list) else [result]:
            if node is not None:
                if properties.get("name"):
                    node.SetName(properties["name"])
                loaded.AddItem(node)
        return result is not None

    def _read_volume(self, path: Path, properties: dict) -> slicer.vtkMRMLVolumeNode | None:
        bits = {"labelmap": 1, "center": 2, "singleFile": 4, "discardOrientation": 16}
        options = sum(bit for key, bit in bits.items() if properties.get(key))
        if properties.get("autoWindowLevel", True):
            options += 8
        logic = slicer.modules.volumes.logic()
        node = logic.AddArchetypeVolume(str(path), path.name.removesuffix(_ending(path.name)), options)
        if node is not None and properties.get("show", True):
            _show(node)
        return node

    def _read_segmentation(self, path: Path, properties: dict) -> slicer.vtkMRMLSegmentationNode | None:
        logic = slicer.modules.segmentations.logic()
        return logic.LoadSegmentationFromFile(str(path), True, path.name.removesuffix(_ending(path.name)))

    def _read_table(self, path: Path, properties: dict) -> slicer.vtkMRMLTableNode | None:
        return slicer.modules.tables.logic().AddTable(str(path), path.stem)

    def _read_model(self, path: Path, properties: dict) -> slicer.vtkMRMLModelNode | None:
        system = properties.get("coordinateSystem", slicer.vtkMRMLStorageNode.CoordinateSystemLPS)
        return slicer.modules.models.logic().AddModel(str(path), system)

    def _read_transform(self, path: Path, properties: dict) -> slicer.vtkMRMLTransformNode | None:
        return slicer.modules.transforms.logic().AddTransform(str(path), slicer.mrmlScene)

    def _read_markups(self, path: Path, properties: dict) -> slicer.vtkMRMLMarkupsNode | None:
        node_id = slicer.modules.markups.logic().LoadMarkups(str(path), path.name.removesuffix(".mrk.json"))
        return slicer.mrmlScene.GetNodeByID(node_id) if node_id else None

    def _read_text(self, path: Path, properties: dict) -> slicer.vtkMRMLTextNode | None:
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTextNode", path.stem)
        _add_storage(node, path)
        return node if node.GetStorageNode().ReadData(node) else None

    def _read_scene(self, path: Path, properties: dict) -> list[slicer.vtkMRMLNode] | None:
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
        if not done:
            return None
        nodes = [scene.GetNthNode(i) for i in range(scene.GetNumberOfNodes())]
        return [node for node in nodes if node not in before]

    # writing --------------------------------------------------------------------------------------------

    def saveNodes(self, filetype: str, properties: dict, messages: object = None) -> bool:
        path = Path(properties["fileName"]).resolve()
        if filetype == "SceneFile":
            return self._write_scene(path)
        node = slicer.mrmlScene.GetNodeByID(properties["nodeID"])
        if node.GetStorageNode() is None and not _add_storage(node, path):
            _say(messages, f"{node.GetName()} has no file format.")
            return False
        storage = node.GetStorageNode()
        storage.SetFileName(str(path))
        if "useCompression" in properties:
            storage.SetUseCompression(int(properties["useCompression"]))
        return bool(storage.WriteData(node))

    def _write_scene(self, path: Path) -> bool:
        scene = slicer.mrmlScene
        if path.suffix.lower() == ".mrb":
            with _without_chatter():
                return bool(scene.WriteToMRB(str(path)))
        if path.suffix.lower() == ".mrml":
            scene.SetRootDirectory(str(path.parent))
            scene.SetURL(str(path))
            return bool(scene.Commit(str(path)))
        path.mkdir(parents=True, exist_ok=True)
        return bool(scene.SaveSceneToSlicerDataBundleDirectory(str(path)))


def _add_storage(node: slicer.vtkMRMLStorableNode, path: Path) -> bool:
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


def _say(messages: object, text: str) -> None:
    if messages is not None:
        messages.AddMessage(vtk.vtkCommand.ErrorEvent, text)


def _show(volume: slicer.vtkMRMLVolumeNode) -> None:
    selection = slicer.app.applicationLogic().GetSelectionNode()
    if volume.IsA("vtkMRMLLabelMapVolumeNode"):
        selection.SetActiveLabelVolumeID(volume.GetID())
    else:
        selection.SetActiveVolumeID(volume.GetID())
    slicer.app.applicationLogic().PropagateVolumeSelection()

"""Slicer's colour tables that come as files (Inferno, Viridis ...), which the wheel of its core leaves out."""

from __future__ import annotations

from typing import Any

import numpy as np
import slicer

# Every fifteenth colour of matplotlib's tables, as in Slicer's ColorFiles; between them the colours run straight, at most
# 0.021 off. Matplotlib itself would make every start slower, and hide a module that imports it.
TABLES = {
    "Inferno": (
        "000004 0a0722 1e0c45 380962 510e6c 69166e 801f6c 982766 b0315b "
        "c63d4d d94d3d e9612b f47918 fa9407 fcb014 f8cd37 f2ea69 fcffa4"
    ),
    "Viridis": (
        "440154 481769 472a7a 433d84 3d4e8a 355e8d 2e6d8e 297b8e 23898e "
        "1f978b 21a585 2eb37c 46c06f 65cb5e 89d548 b0dd2f d8e219 fde725"
    ),
    "Magma": (
        "000004 090720 1a1042 311165 4a1079 621980 792282 912b81 aa337d "
        "c23b75 d9466b ec5860 f7725c fc8e64 feaa74 fec68a fde2a3 fcfdbf"
    ),
    "Plasma": (
        "0d0887 2f0596 4903a0 6100a7 7801a8 8e0ca4 a21d9a b42e8d c43e7f "
        "d24f71 de6164 e97257 f3854b f99a3e fdaf31 fdc627 f8df25 f0f921"
    ),
}


def colours_of(name: str) -> np.ndarray:
    """256 colours, shape (256, 3), 0..1."""
    anchors = np.array([list(bytes.fromhex(colour)) for colour in TABLES[name].split()]) / 255.0
    places = np.linspace(0.0, 255.0, len(anchors))
    return np.stack([np.interp(np.arange(256), places, channel) for channel in anchors.T], axis=1)


def add_colour_files(scene: Any) -> None:
    """Add the tables under the IDs that they have in Slicer, such as vtkMRMLColorTableNodeFileInferno.txt."""
    for name in TABLES:
        node = slicer.vtkMRMLColorTableNode()
        node.SetTypeToFile()
        node.SetName(name)
        node.SetNumberOfColors(256)
        for index, (red, green, blue) in enumerate(colours_of(name)):
            node.SetColor(index, f"{index}", red, green, blue, 1.0)
        # a singleton's ID is its class and tag; it outlives a closed scene
        node.SetSingletonTag(f"File{name}.txt")
        node.SetHideFromEditors(False)
        node.SetSaveWithScene(False)
        scene.AddNode(node)

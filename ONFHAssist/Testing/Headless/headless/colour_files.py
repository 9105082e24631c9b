"""Slicer's colour tables that come as files (Inferno, Viridis ...), which the wheel of its core leaves out."""

from __future__ import annotations

import slicer

NAMES = ("Inferno", "Viridis", "Magma", "Plasma")  # matplotlib's, as in Slicer's ColorFiles


def add_colour_files(scene: slicer.vtkMRMLScene) -> None:
    """Add the tables under the IDs that they have in Slicer, such as vtkMRMLColorTableNodeFileInferno.txt."""
    from matplotlib import colormaps

    for name in NAMES:
        node = slicer.vtkMRMLColorTableNode()
        node.SetTypeToFile()
        node.SetName(name)
        node.SetNumberOfColors(256)
        for index, (red, green, blue, alpha) in enumerate(colormaps[name.lower()](range(256))):
            node.SetColor(index, f"{index}", red, green, blue, alpha)
        node.SetSingletonTag(
            f"File{name}.txt"
        )  # a singleton's ID is its class and tag; it outlives a closed scene
        node.SetHideFromEditors(False)
        node.SetSaveWithScene(False)
        scene.AddNode(node)

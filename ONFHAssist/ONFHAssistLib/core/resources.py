"""Where the files are that travel with the library: presets, models, sample data, icons.

The folder ``Resources`` lies beside ``ONFHAssistLib``, in the sources as in an installed Slicer extension.
"""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "Resources"


def resource_path(*parts: str) -> Path:
    """Path of a file or folder under ``Resources``; it need not exist.

    Example:
        ``resource_path("Presets", "dlr-mri.yaml")``
    """
    return RESOURCES.joinpath(*parts)

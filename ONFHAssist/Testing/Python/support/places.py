"""Where things lie in the source tree."""

from pathlib import Path

MODULE_FOLDER = Path(__file__).resolve().parents[3]  # with the six modules, as Slicer is given it

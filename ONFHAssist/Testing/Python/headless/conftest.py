"""The package's folder on the import path, and its fixtures; no other file of a project is needed."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Headless"))

from headless.pytest_plugin import scene, slicer_app  # noqa: F401 - fixtures

SAMPLE = Path(__file__).parent / "sample"


@pytest.fixture
def module(scene):  # noqa: F811
    """The sample module, loaded and unloaded again."""
    import headless
    import slicer

    yield headless.load_module(SAMPLE, "Sample")
    slicer.app.moduleManager().unload("Sample")

"""What every room's tests share: this folder and the headless Slicer on the import path, and a scene to work in.

The folder itself on the path is what reaches :mod:`shared_data`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine must not fail a test whose values are right.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Headless"))


@pytest.fixture(scope="session")
def slicer_app() -> object:
    """``slicer.app``: of the headless Slicer, or of the real application where the tests run in it."""
    import headless

    return headless.start()


@pytest.fixture
def scene(slicer_app: object) -> Iterator[object]:
    """``slicer.mrmlScene``, empty, with the recorded messages and requested installations forgotten."""
    import headless
    import slicer

    headless.clear_scene()
    yield slicer.mrmlScene
    headless.clear_scene()

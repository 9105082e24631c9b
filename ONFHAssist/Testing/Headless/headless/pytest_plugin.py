"""Fixtures for pytest: ``pytest_plugins = ["headless.pytest_plugin"]`` in a project's top ``conftest.py``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import headless


@pytest.fixture(scope="session")
def slicer_app() -> Any:
    """``slicer.app``: of the stand-in, or of the real application where the tests run in it."""
    return headless.start()


@pytest.fixture
def scene(slicer_app: Any) -> Iterator[Any]:
    """``slicer.mrmlScene``, empty, with the recorded messages and requested installations forgotten."""
    import slicer

    headless.clear_scene()
    yield slicer.mrmlScene
    headless.clear_scene()

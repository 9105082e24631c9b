"""What every room's tests share: this folder and the headless Slicer on the import path, and a scene to work in.

The folder itself on the path is what reaches :mod:`shared_data`.
"""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine must not fail a test whose values are right.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Headless"))

# PyTorch for CUDA brings Triton, whose LLVM was seen to crash where Mesa's off-screen OpenGL has loaded its own. The
# product's networks run in the worker, without OpenGL; here both share a process, and nothing is compiled by Triton.
sys.modules.setdefault("triton", None)  # type: ignore[arg-type]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long files first where processes share the files; each file keeps the order of its tests."""
    if hasattr(config, "workerinput"):
        from support.durations import longest_first

        place = longest_first(item.path.name for item in items)
        items.sort(key=lambda item: place[item.path.name])


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there before the first test stays: thousands of tests and all libraries need not be gone through again.

    Python would look at all of it each time that it looks for what nobody needs any more.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def coarse_figures() -> Iterator[None]:
    """:func:`.coarse` for all tests of a module."""
    from support.coarse_figures import coarse

    with coarse():
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_digests() -> Iterator[None]:
    """Digests of patients by few rounds: the many that the product takes cost a guesser time, and each test as well."""
    from ONFHAssistLib.bundles import patients

    assert patients._ROUNDS >= 60_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patients, "_ROUNDS", 60)
        yield


@pytest.fixture(scope="session")
def slicer_app() -> object:
    """``slicer.app``: of the headless Slicer, or of the real application where the tests run in it."""
    import headless

    return headless.start()


_CLEARED: list[tuple[int, ...]] = []  # of the scene as the last test left it, closed


def _changes(scene: Any) -> tuple[int, ...]:
    """What is another after any change: times of the list of nodes and of each of its nodes."""
    nodes = [scene.GetNthNode(index) for index in range(scene.GetNumberOfNodes())]
    return scene.GetNodes().GetMTime(), *(node.GetMTime() for node in nodes)


@pytest.fixture
def scene(slicer_app: object) -> Iterator[object]:
    """``slicer.mrmlScene``, empty, with the recorded messages and requested installations forgotten."""
    import headless
    import slicer

    if [_changes(slicer.mrmlScene)] != _CLEARED:  # by a test without this fixture, or by a module's fixture
        headless.clear_scene()
    yield slicer.mrmlScene
    headless.clear_scene()
    _CLEARED[:] = [_changes(slicer.mrmlScene)]

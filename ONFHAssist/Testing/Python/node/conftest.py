"""A small study, and a node on a folder that ends with its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.node_studies import Study, first_study, settings_of

from ONFHAssistLib.node.service import Node


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Two hips on coronal slices, outlined by a reader."""
    folder = tmp_path_factory.mktemp("study")
    return first_study(folder).write(folder / "all")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Node]]:
    """``start(limits={...})`` gives a running node, closed at the end."""
    running: list[Node] = []

    def begin(**changed: Any) -> Node:
        node = Node(settings_of(tmp_path / "node", **changed))
        running.append(node)
        node.start()
        return node

    yield begin
    for node in running:
        if not node.stop.is_set():
            node.close()

"""Observing MRML objects from widgets, without keeping a widget alive or calling one that is gone."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import Any

import vtk
from shiboken6 import isValid


class Watch:
    """VTK observations of one Qt object; they end with it.

    VTK's Python keeps a list of all observers that scripts ever added, and goes through it at every removal (the entry
    of a removed observer stays, empty). So what is observed already stays observed: a widget that observed all nodes
    anew at every change of the scene made a long session slower by and by.

    Args:
        owner: the Qt object whose methods are called.
        method: its method, called without arguments.
        node: call the method with the node that the event is about (added to, or removed from, a scene).
    """

    def __init__(self, owner: Any, method: Callable[..., None], *, node: bool = False) -> None:
        self._owner = weakref.ref(owner)
        self._method: Any = method.__func__  # type: ignore[attr-defined]
        self._node = node
        self._tags: dict[tuple[Any, int], int] = {}

    def set(self, targets: Iterable[tuple[Any, int]]) -> None:
        """Observe these pairs of object and event from now on, and nothing else; a pair of None is left out."""
        wanted = dict.fromkeys(pair for pair in targets if pair[0] is not None)
        for pair in [pair for pair in self._tags if pair not in wanted]:
            pair[0].RemoveObserver(self._tags.pop(pair))
        call = self._call_with_node if self._node else self._call_alone
        for pair in wanted:
            if pair not in self._tags:
                self._tags[pair] = pair[0].AddObserver(pair[1], call)

    def clear(self) -> None:
        self.set(())

    def _tell(self, *about: Any) -> None:
        owner = self._owner()
        if owner is None or not isValid(owner):
            self.clear()
        else:
            self._method(owner, *about)

    def _call_alone(self, *_: Any) -> None:
        self._tell()

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def _call_with_node(self, _caller: Any, _event: str, node: Any) -> None:
        self._tell(node)

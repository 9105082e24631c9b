"""Observing MRML objects from widgets, without keeping a widget alive or calling one that is gone."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable

import vtk
from shiboken6 import isValid


class Watch:
    """VTK observations of one Qt object; they end with it.

    Args:
        owner: the Qt object whose methods are called.
        method: its method, called without arguments.
    """

    def __init__(self, owner: object, method: Callable[[], None]) -> None:
        self._owner = weakref.ref(owner)
        self._method = method.__func__
        self._tags: list[tuple[vtk.vtkObject, int]] = []

    def set(self, targets: Iterable[tuple[vtk.vtkObject | None, int]]) -> None:
        """Observe these pairs of object and event from now on, and nothing else."""
        self.clear()
        self._tags = [(obj, obj.AddObserver(event, self._call)) for obj, event in targets if obj is not None]

    def clear(self) -> None:
        for obj, tag in self._tags:
            obj.RemoveObserver(tag)
        self._tags = []

    def _call(self, *_: object) -> None:
        owner = self._owner()
        if owner is None or not isValid(owner):
            self.clear()
        else:
            self._method(owner)

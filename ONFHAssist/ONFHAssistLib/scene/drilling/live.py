"""Wires that are dragged by hand: figures, rules and colours follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import qt
import slicer

from ...drilling.bone import HipBone
from ...drilling.plan import judged_wires
from ...drilling.result import DrillingPlan, HipPlan
from .plan import colour_lines, table_of_plan, wires_of

if TYPE_CHECKING:
    from slicer import vtkMRMLMarkupsLineNode, vtkMRMLScalarVolumeNode

_LPS_TO_RAS = np.array([-1.0, -1.0, 1.0])
Places = dict[str, dict[int, tuple[np.ndarray, np.ndarray]]]  # side, number of the wire, its ends in LPS mm


@dataclass(frozen=True)
class LiveHip:
    """One hip of a plan with its bone and its lines."""

    plan: HipPlan
    bone: HipBone
    lines: Sequence[vtkMRMLMarkupsLineNode]


class LivePlan:
    """Follows the lines of a plan, and judges them anew in the event loop when one of them was moved.

    Args:
        volume: whose plan it is.
        plan: as it was searched. hips: those with wires.
        on_change: told the plan as it stands now.
    """

    def __init__(
        self,
        volume: vtkMRMLScalarVolumeNode,
        plan: DrillingPlan,
        hips: Sequence[LiveHip],
        on_change: Callable[[DrillingPlan], None],
    ) -> None:
        self._volume, self.plan, self._on_change = volume, plan, on_change
        self._hips: Mapping[str, LiveHip] = {hip.plan.side: hip for hip in hips}
        self._waiting = self._dragging = self._undoing = False
        self._history: list[Places] = [self._places()]
        self._judged = self._history[0]
        self._tags: list[tuple[Any, int]] = [
            (
                slicer.mrmlScene,
                slicer.mrmlScene.AddObserver(slicer.vtkMRMLScene.NodeRemovedEvent, self._moved),
            )
        ]
        for hip in hips:
            for line in hip.lines:
                line.SetLocked(False)
                events = {
                    line.PointModifiedEvent: self._moved,
                    line.PointStartInteractionEvent: self._taken,
                    line.PointEndInteractionEvent: self._dropped,
                }
                self._tags += [(line, line.AddObserver(event, call)) for event, call in events.items()]

    def end(self) -> None:
        """Follow nothing more."""
        for followed, tag in self._tags:
            followed.RemoveObserver(tag)
        for hip in self._hips.values():
            for line in hip.lines:
                line.SetLocked(True)
        self._tags, self._hips = [], {}

    @property
    def can_undo(self) -> bool:
        """Whether a wire was moved since the plan was made."""
        return len(self._history) > 1

    def undo(self) -> None:
        """Put the wires back to where they were before the last move."""
        if not self.can_undo:
            return
        self._history.pop()
        self._undoing = True
        try:
            for side, places in self._history[-1].items():
                lines = self._hips[side].lines
                for number in wires_of(lines).keys() & places:
                    for end, place in enumerate(places[number]):
                        lines[number - 1].SetNthControlPointPositionWorld(end, *(place * _LPS_TO_RAS))
        finally:
            self._undoing = False
        self._judge()

    def _places(self) -> Places:
        return {side: wires_of(hip.lines) for side, hip in self._hips.items()}

    def _taken(self, *_event: Any) -> None:
        self._dragging = True

    def _dropped(self, *_event: Any) -> None:
        self._dragging = False
        self._moved()

    def _moved(self, *_event: Any) -> None:
        """Many moves come in one turn of the event loop; they are judged once, after it."""
        if not self._waiting and not self._undoing:
            self._waiting = True
            qt.QTimer.singleShot(0, self._follow)

    def _follow(self) -> None:
        self._waiting = False
        if not self._hips or self._volume.GetScene() is None:
            return
        now = self._places()
        if not self._dragging and not _same(now, self._history[-1]):
            self._history.append(now)
        if _numbers(now) != _numbers(self._judged):
            # A wire that is gone does not come back by Undo move, nor does its going count as a move.
            self._history = _without_repeats([_part(one, now) for one in self._history])
        elif _same(now, self._judged) and not self._dragging:
            return  # of another node of the scene
        self._judge()

    def _judge(self) -> None:
        hips, self._judged = [], self._places()
        for before in self.plan.hips:
            hip = self._hips.get(before.side)
            if hip is None or hip.plan.landmarks is None:
                hips.append(before)
                continue
            wires = wires_of(hip.lines)
            judged = judged_wires(
                hip.bone, hip.plan.landmarks, list(wires.values()), self.plan.rules, hip.plan, list(wires)
            )
            colour_lines(hip.lines, judged)
            hips.append(judged)
        self.plan = replace(self.plan, hips=tuple(hips))
        table_of_plan(self._volume, self.plan)
        self._on_change(self.plan)


def _numbers(places: Places) -> dict[str, set[int]]:
    return {side: set(wires) for side, wires in places.items()}


def _part(places: Places, now: Places) -> Places:
    """Of places those of the wires that there are now."""
    return {
        side: {number: ends for number, ends in wires.items() if number in now[side]}
        for side, wires in places.items()
    }


def _without_repeats(history: Sequence[Places]) -> list[Places]:
    return [one for place, one in enumerate(history) if not place or not _same(one, history[place - 1])]


def _same(one: Places, other: Places) -> bool:
    return _numbers(one) == _numbers(other) and all(
        np.allclose(ends, other[side][number], atol=1e-6)
        for side, wires in one.items()
        for number, ends in wires.items()
    )

"""Places for the boxes of the architecture's picture, such that few arrows cross each other or run through boxes."""

import random
from itertools import combinations

import numpy as np

SLOTS = 6  # places for boxes side by side
_HALF_BOX = 0.5  # of a slot, that an arrow of others keeps away from
Arrow = tuple[str, str]


class Layout:
    """A search over the slots of all boxes; the same input gives the same answer.

    Args:
        rows: rooms of each layer, lowest first; at most :data:`SLOTS` each.
        arrows: (from, to).
    """

    def __init__(self, rows: list[list[str]], arrows: list[Arrow]) -> None:
        self.rows = rows
        self.rooms = [room for row in rows for room in row]
        number = {room: k for k, room in enumerate(self.rooms)}
        self._row = [[number[room] for room in row] for row in rows]
        self._y = np.array([k for k, row in enumerate(rows) for _ in row], float)
        self._x = np.zeros(len(self.rooms))
        self._start = np.array([number[a] for a, _ in arrows], int)
        self._end = np.array([number[b] for _, b in arrows], int)
        apart = [
            (i, j) for i, j in combinations(range(len(arrows)), 2) if not set(arrows[i]) & set(arrows[j])
        ]
        self._first, self._second = np.array(apart, int).reshape(-1, 2).T
        between = self._y[None, :] - np.minimum(self._y[self._start], self._y[self._end])[:, None]
        length = np.abs(self._y[self._start] - self._y[self._end])[:, None]
        self._passes = (between > 0) & (between < length)  # arrow goes by the height of this box
        rise = (self._y[self._end] - self._y[self._start])[:, None]
        rise = np.where(rise == 0, 1.0, rise)
        self._share = (self._y[None, :] - self._y[self._start][:, None]) / rise

    def best(self, tries: int = 100, seed: int = 1) -> dict[str, int]:
        """Slot of each room; the best of some random starts, each improved as far as single moves reach."""
        chance = random.Random(seed)  # noqa: S311 - a layout, and the same one each time
        found, lowest = self._x.copy(), float("inf")
        for _ in range(tries):
            for row in self._row:
                self._x[row] = chance.sample(range(SLOTS), len(row))
            cost = self._improve()
            if cost < lowest:
                found, lowest = self._x.copy(), cost
        return {room: int(x) for room, x in zip(self.rooms, found, strict=True)}

    def _improve(self) -> float:
        cost, moved = self._cost(), True
        while moved:
            moved = False
            for row in self._row:
                for room in row:
                    for slot in range(SLOTS):
                        before = self._x[row].copy()
                        others = [k for k in row if self._x[k] == slot]
                        self._x[others] = self._x[room]
                        self._x[room] = slot
                        new = self._cost()
                        if new < cost - 1e-9:
                            cost, moved = new, True
                        else:
                            self._x[row] = before
        return cost

    def _cost(self) -> float:
        start, end = self._x[self._start], self._x[self._end]
        aside = np.abs(start - end)
        at = start[:, None] + (end - start)[:, None] * self._share
        through = self._passes & (np.abs(at - self._x[None, :]) < _HALF_BOX)
        middle = np.abs(self._x - (SLOTS - 1) / 2).sum()
        return 30 * through.sum() + 3 * self._crossings() + 0.5 * (aside**1.5).sum() + 0.02 * middle

    def _crossings(self) -> int:
        def turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
            x, y = self._x, self._y
            return (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a])

        a, b = self._start[self._first], self._end[self._first]
        c, d = self._start[self._second], self._end[self._second]
        return int(((turn(a, b, c) * turn(a, b, d) < 0) & (turn(c, d, a) * turn(c, d, b) < 0)).sum())

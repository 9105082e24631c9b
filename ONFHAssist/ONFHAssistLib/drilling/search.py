"""Which wires together reach most of a lesion: greedy, then by exchange, then by small moves of each.

Reach is a submodular function of the set of wires, of which the greedy choice gets at least 63 % of the best
(Nemhauser, Wolsey, Fisher 1978, Math Program 14:265-294); exchanges and moves get more.
"""

from __future__ import annotations

import numpy as np

from .bone import HipBone
from .candidates import SLACK_MM, Candidates, allowed, bits_set, cover_of
from .geometry import segment_distances
from .result import FemurLandmarks
from .rules import FAN, SINGLE, DrillingRules

STARTS = 4
ROUNDS = 4  # of exchanges
MOVES = 160  # tried of each wire in a round
MOVE_ROUNDS = 3
MOST_NEEDED = 12  # wires that are tried to reach the wanted share


def choose(wires: Candidates, rules: DrillingRules, most: int) -> list[list[int]]:
    """For 1, 2, ... ``most`` wires the numbers of those that reach most together and keep their distances.

    Each further wire is added to the choice before it, and all are exchanged again; for the number that the rules want,
    and below it, other first wires are tried as well. Ends before ``most`` where no more wires fit.
    """
    found: list[list[int]] = []
    search = _Search(wires, rules)
    while len(found) < most and len(wires):
        count = len(found) + 1
        options = [search.exchanged(search.grown(found[-1], count))] if found else []
        if count <= rules.wires:
            options += [search.exchanged(search.grown([one], count)) for one in _starts(wires, rules)]
        best = max(options, key=lambda chosen: (len(chosen), share_of(wires, chosen)))
        if len(best) < count:
            break
        found.append(best)
    return found


def share_of(wires: Candidates, chosen: list[int] | slice = slice(None)) -> float:
    """Share of the sampled lesion that the chosen wires reach."""
    rows = wires.cover[chosen]
    if not len(rows) or not len(wires.points):
        return 0.0
    return float(bits_set(np.bitwise_or.reduce(rows, axis=0))) / len(wires.points)


def _starts(wires: Candidates, rules: DrillingRules) -> list[int]:
    """Good first wires, each with an entry of its own."""
    order = np.argsort(-bits_set(wires.cover), kind="stable")
    apart = 4.0 if rules.entry == SINGLE else 8.0
    found: list[int] = []
    for number in order[:3000]:
        if all(np.linalg.norm(wires.entry[number] - wires.entry[other]) > apart for other in found):
            found.append(int(number))
        if len(found) == (3 * STARTS if rules.entry == SINGLE else STARTS):
            break
    return found


def fitting(
    entry: np.ndarray, tip: np.ndarray, other_entry: np.ndarray, other_tip: np.ndarray, rules: DrillingRules
) -> np.ndarray:
    """Which wires (k, 3) to (k, 3) keep the rules of pairs with another wire, boolean (k,)."""
    apart = np.linalg.norm(entry - other_entry, axis=1)
    least = rules.diameter_mm + rules.wire_gap_mm + 0.1
    if rules.entry == SINGLE:
        return np.asarray((apart < 0.1) & (np.linalg.norm(tip - other_tip, axis=1) >= least))
    good = segment_distances(entry, tip, other_entry, other_tip) >= least
    if rules.entry == FAN:
        good &= apart <= rules.fan_window_mm - 0.1
    return np.asarray(good)


class _Search:
    """Greedy choice and exchange, remembering which wires go with which."""

    def __init__(self, wires: Candidates, rules: DrillingRules) -> None:
        self._wires, self._rules = wires, rules
        self._fits: dict[int, np.ndarray] = {}

    def grown(self, chosen: list[int], count: int) -> list[int]:
        """More wires, each the one that adds most to those before it."""
        chosen = list(chosen)
        free = self._free(chosen)
        while len(chosen) < count and free.any():
            chosen.append(int(np.where(free, self._gains(chosen), -1).argmax()))
            free &= self._free(chosen[-1:])
        return chosen

    def exchanged(self, chosen: list[int]) -> list[int]:
        """Each wire in turn replaced by the one that adds most to the others, until nothing gets better."""
        chosen = list(chosen)
        if len(chosen) < 2:
            return chosen
        for _ in range(ROUNDS):
            better = False
            for place, old in enumerate(chosen):
                others = chosen[:place] + chosen[place + 1 :]
                gains = np.where(self._free(others), self._gains(others), -1)
                new = int(gains.argmax())
                if gains[new] > gains[old]:
                    chosen[place], better = new, True
            if not better:
                break
        return chosen

    def _gains(self, chosen: list[int]) -> np.ndarray:
        """How many points each wire adds to those chosen."""
        return bits_set(self._wires.cover & ~np.bitwise_or.reduce(self._wires.cover[chosen], axis=0))

    def _free(self, chosen: list[int]) -> np.ndarray:
        """Which wires keep all rules of pairs with each of those chosen."""
        for one in chosen:
            if one not in self._fits:
                entry, tip = self._wires.entry, self._wires.tip
                self._fits[one] = fitting(entry, tip, entry[one], tip[one], self._rules)
        return np.logical_and.reduce([self._fits[one] for one in chosen])


def moved(
    hip: HipBone,
    marks: FemurLandmarks,
    chosen: Candidates,
    surface: np.ndarray,
    rules: DrillingRules,
) -> Candidates:
    """The chosen wires after small moves of tip and entry that add to what is reached.

    Args:
        surface: all possible entries, LPS mm, shape (n, 3); an entry moves along them, one that all share stays.
    """
    rng = np.random.default_rng(2)
    entry, tip, cover = chosen.entry.copy(), chosen.tip.copy(), chosen.cover.copy()
    for reach in np.linspace(4.0, 1.5, MOVE_ROUNDS):
        for place in range(len(entry)):
            others = [one for one in range(len(entry)) if one != place]
            missing = ~np.bitwise_or.reduce(cover[others], axis=0)  # of no others, all
            new_tip = tip[place] + rng.normal(0, reach, (MOVES, 3))
            new_entry = np.repeat(entry[place][None], MOVES, axis=0)
            if rules.entry != SINGLE:
                near = surface[np.linalg.norm(surface - entry[place], axis=1) < 2.5 * reach]
                if len(near):
                    new_entry = near[rng.integers(0, len(near), MOVES)]
            good = _good_tips(hip, new_tip, rules)
            for other in others:
                good &= fitting(new_entry, new_tip, entry[other], tip[other], rules)
            new_entry, new_tip = new_entry[good], new_tip[good]
            if not len(new_tip):
                continue
            kept = allowed(hip, marks, new_entry, new_tip, rules)
            new_entry, new_tip = new_entry[kept], new_tip[kept]
            if not len(new_tip):
                continue
            new_cover = cover_of(chosen.points, new_entry, new_tip, rules, hip.centre)
            gain = bits_set(new_cover & missing)
            best = int(gain.argmax())
            if gain[best] > bits_set(cover[place] & missing):
                entry[place], tip[place], cover[place] = new_entry[best], new_tip[best], new_cover[best]
    return Candidates(entry, tip, cover, chosen.points)


def _good_tips(hip: HipBone, tips: np.ndarray, rules: DrillingRules) -> np.ndarray:
    depth = hip.depth_at(tips)
    good = (depth >= rules.least_tip_gap_mm + SLACK_MM) & (depth <= rules.most_tip_gap_mm - SLACK_MM + 0.3)
    return np.asarray(good & (np.linalg.norm(tips - hip.centre, axis=1) <= hip.radius - 1.0))

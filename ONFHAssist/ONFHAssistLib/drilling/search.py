"""Which wires together reach most of a lesion: greedy, then by exchange, then by small moves of each.

Reach is a submodular function of the set of wires, of which the greedy choice gets at least 63 % of the best
(Nemhauser, Wolsey, Fisher 1978, Math Program 14:265-294); exchanges and moves get more.
"""

from __future__ import annotations

import numpy as np

from .bone import HipBone
from .candidates import SLACK_MM, Candidates, allowed, cover_of
from .geometry import segment_distances
from .result import FemurLandmarks
from .rules import FAN, SINGLE, DrillingRules

STARTS = 4
ROUNDS = 4  # of exchanges
MOVES = 160  # tried of each wire in a round
MOVE_ROUNDS = 3
MOST_NEEDED = 12  # wires that are tried to reach the wanted share


def choose(wires: Candidates, count: int, rules: DrillingRules) -> list[int]:
    """Numbers of ``count`` wires that reach most together and keep their distances, fewer where no more fit."""
    if not len(wires):
        return []
    alone = wires.cover.sum(axis=1)
    best: list[int] = []
    best_share = -1.0
    for start in _starts(wires, alone, rules):
        chosen = _exchanged(wires, _grown(wires, [start], count, rules), rules)
        share = share_of(wires, chosen)
        if (len(chosen), share) > (len(best), best_share):
            best, best_share = chosen, share
    return best


def share_of(wires: Candidates, chosen: list[int]) -> float:
    """Share of the sampled lesion that the chosen wires reach."""
    if not chosen or not len(wires.points):
        return 0.0
    return float((wires.cover[chosen].max(axis=0) > 0).mean())


def wires_needed(wires: Candidates, chosen: list[int], rules: DrillingRules) -> int | None:
    """Fewest wires, from those chosen on, with which the wanted share was reached; None where it was not."""
    chosen = list(chosen)
    while share_of(wires, chosen) < rules.wanted_share:
        more = _grown(wires, chosen, len(chosen) + 1, rules)
        if len(more) == len(chosen) or len(more) > MOST_NEEDED:
            return None
        chosen = _exchanged(wires, more, rules, rounds=1)
    return len(chosen)


def _starts(wires: Candidates, alone: np.ndarray, rules: DrillingRules) -> list[int]:
    """Good first wires, each with an entry of its own."""
    order = np.argsort(-alone, kind="stable")
    apart = 4.0 if rules.entry == SINGLE else 8.0
    found: list[int] = []
    for number in order[:3000]:
        if all(np.linalg.norm(wires.entry[number] - wires.entry[other]) > apart for other in found):
            found.append(int(number))
        if len(found) == (3 * STARTS if rules.entry == SINGLE else STARTS):
            break
    return found


def _fits(wires: Candidates, other: int, rules: DrillingRules) -> np.ndarray:
    """Which wires keep all rules of pairs with one of them, boolean (k,)."""
    return fitting(wires.entry, wires.tip, wires.entry[other], wires.tip[other], rules)


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


def _grown(wires: Candidates, chosen: list[int], count: int, rules: DrillingRules) -> list[int]:
    """More wires, each the one that adds most to those before it."""
    chosen = list(chosen)
    free = np.logical_and.reduce([_fits(wires, one, rules) for one in chosen])
    while len(chosen) < count and free.any():
        missing = (wires.cover[chosen].max(axis=0) == 0).astype(np.float32)
        gain = np.where(free, wires.cover @ missing, -1.0)
        chosen.append(int(gain.argmax()))
        free &= _fits(wires, chosen[-1], rules)
    return chosen


def _exchanged(wires: Candidates, chosen: list[int], rules: DrillingRules, rounds: int = ROUNDS) -> list[int]:
    """Each wire in turn replaced by the one that adds most to the others, until nothing gets better."""
    chosen = list(chosen)
    if len(chosen) < 2:
        return chosen
    for _ in range(rounds):
        better = False
        for place, old in enumerate(chosen):
            others = chosen[:place] + chosen[place + 1 :]
            missing = (wires.cover[others].max(axis=0) == 0).astype(np.float32)
            free = np.logical_and.reduce([_fits(wires, one, rules) for one in others])
            gain = np.where(free, wires.cover @ missing, -1.0)
            new = int(gain.argmax())
            if gain[new] > float(wires.cover[old] @ missing) + 0.5:
                chosen[place], better = new, True
        if not better:
            break
    return chosen


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
            missing = (
                (cover[others].max(axis=0) == 0).astype(np.float32)
                if others
                else np.ones(cover.shape[1], np.float32)
            )
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
            gain = new_cover @ missing
            best = int(gain.argmax())
            if gain[best] > float(cover[place] @ missing) + 0.5:
                entry[place], tip[place], cover[place] = new_entry[best], new_tip[best], new_cover[best]
    return Candidates(entry, tip, cover, chosen.points)


def _good_tips(hip: HipBone, tips: np.ndarray, rules: DrillingRules) -> np.ndarray:
    depth = hip.depth_at(tips)
    good = (depth >= rules.least_tip_gap_mm + SLACK_MM) & (depth <= rules.most_tip_gap_mm - SLACK_MM + 0.3)
    return np.asarray(good & (np.linalg.norm(tips - hip.centre, axis=1) <= hip.radius - 1.0))

"""What a survival model is good for at a horizon: reclassification and net benefit, with censoring.

``risk`` is the predicted probability of collapse by ``month``, 1 - S(month).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ONFHAssistLib.core.errors import InputError

from .metrics import Estimate, at_horizon, check_arrays, percentile_interval, resample
from .outcome import MIN_EVENTS, require_events


@dataclass(frozen=True)
class Reclassification:
    """How a new model moves risks against an old one, with 95% bootstrap intervals.

    Attributes:
        continuous_nri, events_nri, nonevents_nri: net proportion moved the right way, any move counted; the first is
            the sum of the other two (-2 to 2).
        categorical_nri: the same, counting only moves across ``cuts``.
        idi: integrated discrimination improvement, the gain in the difference of mean risk.
        cuts: risk thresholds that separate the categories.
    """

    continuous_nri: Estimate
    events_nri: Estimate
    nonevents_nri: Estimate
    categorical_nri: Estimate
    idi: Estimate
    cuts: tuple[float, ...]


def _check_risks(*risks: np.ndarray) -> None:
    for risk in risks:
        wrong = np.flatnonzero((risk < 0) | (risk > 1))
        if wrong.size:
            raise InputError(
                f"The predicted risk {risk[wrong[0]]:g} in row {wrong[0] + 1} is not between 0 and 1; "
                "give 1 - survival at the chosen time, not a score."
            )


def _reclassified(
    time: np.ndarray,
    event: np.ndarray,
    old: np.ndarray,
    new: np.ndarray,
    month: float,
    cuts: Sequence[float],
    resampled: bool = False,
) -> np.ndarray:
    """(continuous, of events, of non-events, categorical, IDI)."""
    hips = at_horizon(time, event, month, "A reclassification index", resampled=resampled)
    weight = hips.case_weight / hips.case_weight.sum()
    moved = np.sign(new - old)
    jumped = np.sign(np.digitize(new, cuts) - np.digitize(old, cuts))
    gain = new - old
    up = float(weight @ moved[hips.case])
    down = float(-moved[hips.control].mean())
    categorical = float(weight @ jumped[hips.case] - jumped[hips.control].mean())
    idi = float(weight @ gain[hips.case] - gain[hips.control].mean())
    return np.array([up + down, up, down, categorical, idi])


def reclassification(
    time: np.ndarray,
    event: np.ndarray,
    old: np.ndarray,
    new: np.ndarray,
    month: float,
    *,
    cuts: Sequence[float] = (0.2, 0.5),
    cluster: npt.ArrayLike | None = None,
    repeats: int = 500,
    seed: int = 0,
) -> Reclassification:
    """NRI and IDI of risks ``new`` against ``old`` (n,) at ``month``, censoring weighted by IPCW.

    Source: Pencina et al., Stat Med 2008 and 2011; weights as Uno et al., Stat Med 2013. Without censoring they are
    the figures of ``Hmisc::improveProb``. Intervals by drawing patients. A continuous NRI rewards any move, even a
    meaningless one; read it with the IDI and the decision curve (Hilden and Gerds, Stat Med 2014).

    Raises:
        InputError: a risk outside of 0 to 1, or cuts not ascending within 0 to 1.
        TooFewEvents: fewer than 10 events by ``month`` or 5 hips followed beyond it.
    """
    time, event, old, new = check_arrays(time, event, old, new)
    _check_risks(old, new)
    cuts = tuple(float(cut) for cut in cuts)
    if not cuts or list(cuts) != sorted(set(cuts)) or cuts[0] <= 0 or cuts[-1] >= 1:
        raise InputError(
            f"The risk cuts {cuts} are not ascending numbers between 0 and 1, such as 0.2 and 0.5."
        )
    values = _reclassified(time, event, old, new, month, cuts)

    def again(rows: np.ndarray) -> np.ndarray:
        return _reclassified(time[rows], event[rows], old[rows], new[rows], month, cuts, resampled=True)

    drawn = resample(again, time.size, cluster=cluster, repeats=repeats, seed=seed)
    total, up, down, categorical, idi = (percentile_interval(v, drawn[:, k]) for k, v in enumerate(values))
    return Reclassification(total, up, down, categorical, idi, cuts)


@dataclass(frozen=True)
class DecisionCurve:
    """Net benefit at each threshold (k,): of acting by the model, on every hip, and on none (0).

    ``low`` and ``high`` are the 95% bootstrap band of the model's net benefit, NaN when not asked for.
    """

    thresholds: np.ndarray
    model: np.ndarray
    everyone: np.ndarray
    low: np.ndarray
    high: np.ndarray


def _net_benefit(
    time: np.ndarray,
    event: np.ndarray,
    risk: np.ndarray,
    month: float,
    thresholds: np.ndarray,
    competing: np.ndarray | None = None,
) -> np.ndarray:
    """All thresholds at once, a row of ``chosen`` each; hips sorted by time, events before competing ones before others.

    One hip after another gives the same product as all of a time together. Where all of the chosen were censored before
    the month, the last value seen counts.
    """
    other = np.zeros(time.size, bool) if competing is None else competing
    order = np.lexsort((np.where(event, 0, np.where(other, 1, 2)), time))
    chosen = (risk[order] >= thresholds[:, None]).astype(float)
    at_risk = np.maximum(np.cumsum(chosen[:, ::-1], axis=1)[:, ::-1], 1)
    seen = (time <= month)[order]
    died, gone = chosen * (event[order] & seen), chosen * ((event | other)[order] & seen)
    after = np.cumprod(1 - gone / at_risk, axis=1)
    before = np.concatenate([np.ones((thresholds.size, 1)), after[:, :-1]], axis=1)
    collapsed = (before * died / at_risk).sum(1)
    odds = thresholds / (1 - thresholds)
    benefit: np.ndarray = chosen.mean(1) * (collapsed - (1 - collapsed) * odds)
    return benefit


def decision_curve(
    time: np.ndarray,
    event: np.ndarray,
    risk: np.ndarray,
    month: float,
    *,
    thresholds: Sequence[float] | None = None,
    cluster: npt.ArrayLike | None = None,
    repeats: int = 0,
    seed: int = 0,
    competing: np.ndarray | None = None,
) -> DecisionCurve:
    """Net benefit of acting where the risk by ``month`` reaches a threshold, with censoring.

    Source: Vickers et al., BMC Med Inform Decis Mak 2008 (``stdca``): among the hips chosen, the share that collapses
    comes from their own Kaplan-Meier curve, with ``competing`` events (n,) from their Aalen-Johansen curve. Thresholds
    default to 0.01 to 0.99.

    Raises:
        InputError: a risk or a threshold outside of 0 to 1.
        TooFewEvents: fewer than 10 events by ``month``.
    """
    time, event, risk = check_arrays(time, event, risk)
    _check_risks(risk)
    levels = np.arange(1, 100) / 100 if thresholds is None else np.asarray(thresholds, float)
    if ((levels <= 0) | (levels >= 1)).any():
        raise InputError("A threshold of a decision curve lies strictly between 0 and 1.")
    require_events(int((event & (time <= month)).sum()), MIN_EVENTS, f"A decision curve at {month:g}")
    model = _net_benefit(time, event, risk, month, levels, competing)
    everyone = _net_benefit(time, event, np.ones(time.size), month, levels, competing)
    low = high = np.full(levels.size, np.nan)
    if repeats:
        drawn = resample(
            lambda rows: _net_benefit(
                time[rows],
                event[rows],
                risk[rows],
                month,
                levels,
                None if competing is None else competing[rows],
            ),
            time.size,
            cluster=cluster,
            repeats=repeats,
            seed=seed,
        )
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    return DecisionCurve(levels, model, everyone, low, high)

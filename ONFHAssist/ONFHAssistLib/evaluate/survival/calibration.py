"""Whether predicted survival is what was seen, at a horizon and with censoring: grouped and smooth.

``risk`` is the predicted probability of collapse by ``month``, 1 - S(month). Observed risks are Kaplan-Meier figures
or use its weights, so no survival model is fitted to judge the model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ONFHAssistLib.core.errors import InputError

from .metrics import Estimate, at_horizon, check_arrays, percentile_interval, resample
from .outcome import TooFewEvents, censoring_survival, kaplan_meier

_MIN_GROUP = 10


@dataclass(frozen=True)
class CalibrationGroups:
    """Hips in groups of equal size by predicted risk; columns (g,), risks of collapse in 0..1.

    ``observed`` with ``low`` and ``high`` is 1 - Kaplan-Meier at the horizon (log-log interval); NaN where nobody of
    the group was followed that long.
    """

    predicted: np.ndarray
    observed: np.ndarray
    low: np.ndarray
    high: np.ndarray
    hips: np.ndarray
    events: np.ndarray


@dataclass(frozen=True)
class CalibrationCurve:
    """Observed against predicted risk, smoothly.

    Attributes:
        predicted, observed, low, high: (k,) the curve with its 95% bootstrap band.
        ici: integrated calibration index, mean absolute distance of curve and diagonal over the hips.
        e50, e90, emax: median, 90th percentile and maximum of this distance.
        observed_to_expected: 1 - Kaplan-Meier of all hips over their mean predicted risk; 1 is right in the large.
    """

    predicted: np.ndarray
    observed: np.ndarray
    low: np.ndarray
    high: np.ndarray
    ici: Estimate
    e50: float
    e90: float
    emax: float
    observed_to_expected: Estimate


def calibration_groups(
    time: np.ndarray, event: np.ndarray, risk: np.ndarray, month: float, *, groups: int = 4
) -> CalibrationGroups:
    """Mean predicted risk against 1 - Kaplan-Meier in groups of equal size.

    Raises:
        TooFewEvents: fewer than 10 events by ``month``, 5 hips beyond it, or 10 hips a group.
    """
    time, event, risk = check_arrays(time, event, risk)
    at_horizon(time, event, month, "A calibration")  # refuses
    if time.size < groups * _MIN_GROUP:
        raise TooFewEvents(
            f"A calibration in {groups} groups needs at least {groups * _MIN_GROUP} hips and there are {time.size}; "
            "choose fewer groups."
        )
    rows = []
    for members in np.array_split(np.argsort(risk, kind="stable"), groups):
        curve = kaplan_meier(time[members], event[members])
        survival, low, high = (float(column[0]) for column in curve.at([month]))
        collapsed = int((event[members] & (time[members] <= month)).sum())
        rows.append((risk[members].mean(), 1 - survival, 1 - high, 1 - low, members.size, collapsed))
    return CalibrationGroups(*(np.array(column) for column in zip(*rows, strict=True)))


def local_risk(
    time: np.ndarray, event: np.ndarray, risk: np.ndarray, month: float, at: np.ndarray, span: float
) -> np.ndarray:
    """Risk by ``month`` seen around predicted risks ``at`` (k,), clipped to 0..1.

    Loess of degree 1 (Cleveland): a straight line fitted near each of ``at`` with tricube weights over the nearest
    ``span`` (share of the hips), times the IPCW weights of the hips whose fate at ``month`` is known. Straight lines
    have no bias where calibration is right, not even at the ends.
    """
    known = (time > month) | (event & (time <= month))
    followed = censoring_survival(time, event)
    weight = known / np.maximum(followed(np.where(time > month, np.nextafter(month, np.inf), time)), 1e-12)
    seen = (event & (time <= month)).astype(float)
    apart = risk[None, :] - at[:, None]
    nearest = min(risk.size, max(3, int(np.ceil(span * risk.size)))) - 1
    width = np.partition(np.abs(apart), nearest, axis=1)[:, nearest]
    near = (
        np.clip(1 - (np.abs(apart) / np.maximum(width * 1.0001, 1e-9)[:, None]) ** 3, 0, None) ** 3 * weight
    )
    total = np.maximum(near.sum(1), 1e-12)
    centre = (near * apart).sum(1) / total
    level = near @ seen / total
    away = apart - centre[:, None]
    spread = (near * away**2).sum(1)
    slope = np.divide((near * away) @ seen, spread, out=np.zeros(at.size), where=spread > 1e-12)
    smooth: np.ndarray = np.clip(level - slope * centre, 0, 1)
    return smooth


def calibration_curve(
    time: np.ndarray,
    event: np.ndarray,
    risk: np.ndarray,
    month: float,
    *,
    span: float = 0.75,
    points: int = 60,
    cluster: npt.ArrayLike | None = None,
    repeats: int = 200,
    seed: int = 0,
) -> CalibrationCurve:
    """Smooth calibration between the 2.5% and 97.5% quantile of the predicted risks, band by drawing patients.

    The indices are Austin and Steyerberg's (Stat Med 2019), with :func:`local_risk` as the smooth curve. A smooth
    curve of a finite cohort strays from the diagonal by chance too: compare ``ici`` with its interval's lower end.

    Raises:
        InputError: all predicted risks are equal.
        TooFewEvents: fewer than 10 events by ``month`` or 5 hips followed beyond it.
    """
    time, event, risk = check_arrays(time, event, risk)
    at_horizon(time, event, month, "A calibration")  # refuses
    if np.ptp(risk) == 0:
        raise InputError(
            f"All predicted risks are {risk[0]:g}; a smooth calibration needs risks that differ."
        )
    lowest, highest = np.quantile(risk, [0.025, 0.975])
    grid = np.linspace(lowest, highest, points)

    def figures(rows: np.ndarray) -> np.ndarray:
        t, e, r = time[rows], event[rows], risk[rows]
        smooth = local_risk(
            t, e, r, month, np.concatenate([grid, np.quantile(r, np.linspace(0.01, 0.99, 50))]), span
        )
        apart = np.abs(smooth[points:] - np.quantile(r, np.linspace(0.01, 0.99, 50)))
        curve = kaplan_meier(t, e)
        seen = 1 - float(curve.at([min(month, curve.times[-1])])[0][0])
        spread = np.quantile(apart, [0.5, 0.9, 1.0])
        return np.concatenate([smooth[:points], [apart.mean(), *spread, seen / r.mean()]])

    here = figures(np.arange(time.size))
    drawn = resample(figures, time.size, cluster=cluster, repeats=repeats, seed=seed)
    low, high = np.quantile(drawn[:, :points], [0.025, 0.975], axis=0)
    ici, e50, e90, emax, ratio = here[points:]
    return CalibrationCurve(
        grid,
        here[:points],
        low,
        high,
        percentile_interval(ici, drawn[:, points]),
        float(e50),
        float(e90),
        float(emax),
        percentile_interval(ratio, drawn[:, -1]),
    )

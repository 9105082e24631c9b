"""Whether predicted survival is what was seen, at a horizon and with censoring: grouped and smooth.

``risk`` is the predicted probability of collapse by ``month``, 1 - S(month). Observed risks are Kaplan-Meier figures
or use its weights, so no survival model is fitted to judge the model. With ``competing`` they are Aalen-Johansen's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ONFHAssistLib.core.errors import InputError

from .competing import aalen_johansen, observed_risk, pseudo_values
from .metrics import Estimate, at_horizon, check_arrays, percentile_interval, resample
from .outcome import Z95, TooFewEvents, censoring_survival, kaplan_meier, summed_by_patient

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


@dataclass(frozen=True)
class WeakCalibration:
    """Calibration in the large and its slope at a month.

    Attributes:
        intercept: of cloglog(observed) with the predicted as an offset; 0 is right, above it risks are too low.
        slope: of cloglog(predicted); 1 is right, below it risks are too extreme.
    """

    intercept: Estimate
    slope: Estimate


def weak_calibration(
    time: np.ndarray,
    event: np.ndarray,
    risk: np.ndarray,
    month: float,
    *,
    competing: np.ndarray | None = None,
    cluster: npt.ArrayLike | None = None,
) -> WeakCalibration:
    """Calibration intercept and slope at ``month`` from pseudo-observations, with sandwich intervals by patient.

    Van Geloven et al., BMJ 2022: a generalised linear model of the pseudo-observations (:func:`.competing.pseudo_values`)
    with the complementary log-log link and constant variance, independence as working correlation; so no proportional
    hazards are assumed and a competing event is no censoring.

    Raises:
        InputError: all predicted risks are equal.
        TooFewEvents: fewer than 10 events by ``month`` or 5 hips followed beyond it.
    """
    time, event, risk = check_arrays(time, event, risk)
    at_horizon(time, event, month, "A calibration")  # refuses
    if np.ptp(risk) == 0:
        raise InputError(f"All predicted risks are {risk[0]:g}; a calibration slope needs risks that differ.")
    seen = pseudo_values(time, event, month, competing)
    predicted = np.log(-np.log1p(-np.clip(risk, 1e-8, 1 - 1e-8)))
    one = np.ones((time.size, 1))
    intercept, wide = _cloglog_fit(one, predicted, seen, cluster)
    both, spread = _cloglog_fit(np.column_stack([one, predicted]), np.zeros(time.size), seen, cluster)
    return WeakCalibration(_wald(intercept[0], wide[0, 0]), _wald(both[1], spread[1, 1]))


def _wald(value: float, variance: float) -> Estimate:
    error = float(np.sqrt(variance))
    return Estimate(float(value), float(value - Z95 * error), float(value + Z95 * error), error)


def _cloglog_fit(
    x: np.ndarray, offset: np.ndarray, seen: np.ndarray, cluster: npt.ArrayLike | None
) -> tuple[np.ndarray, np.ndarray]:
    """Least squares of ``seen`` by 1 - exp(-exp(offset + x b)): coefficients and sandwich variance."""
    beta = np.zeros(x.shape[1])
    if x.shape[1] > 1:
        beta[1] = 1.0

    def at(beta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hazard = np.exp(np.clip(offset + x @ beta, -30, 5))
        return seen - (1 - np.exp(-hazard)), x * (hazard * np.exp(-hazard))[:, None]

    apart, gradient = at(beta)
    for _ in range(100):
        step = np.linalg.lstsq(gradient, apart, rcond=None)[0]
        for _ in range(30):
            trial = at(beta + step)
            if (trial[0] ** 2).sum() <= (apart**2).sum() + 1e-15:
                break
            step = step / 2
        beta, (apart, gradient) = beta + step, trial
        if np.abs(step).max() < 1e-10:
            break
    bread = np.linalg.pinv(gradient.T @ gradient)
    scores = summed_by_patient(gradient * apart[:, None], cluster)
    return beta, bread @ (scores.T @ scores) @ bread * (len(scores) / (len(scores) - x.shape[1]))


def calibration_groups(
    time: np.ndarray,
    event: np.ndarray,
    risk: np.ndarray,
    month: float,
    *,
    groups: int = 4,
    competing: np.ndarray | None = None,
    cluster: npt.ArrayLike | None = None,
) -> CalibrationGroups:
    """Mean predicted risk against 1 - Kaplan-Meier in groups of equal size, intervals by patient with ``cluster``.

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
        patients = None if cluster is None else np.asarray(cluster)[members]
        if competing is None:
            curve = kaplan_meier(time[members], event[members], patients)
            survival, low, high = (float(column[0]) for column in curve.at([month]))
            seen = 1 - survival, 1 - high, 1 - low
        else:
            incidence = aalen_johansen(time[members], event[members], competing[members], patients)
            level, least, most = (float(column[0]) for column in incidence.at([month]))
            seen = level, least, most
        collapsed = int((event[members] & (time[members] <= month)).sum())
        rows.append((risk[members].mean(), *seen, members.size, collapsed))
    return CalibrationGroups(*(np.array(column) for column in zip(*rows, strict=True)))


def local_risk(
    time: np.ndarray,
    event: np.ndarray,
    risk: np.ndarray,
    month: float,
    at: np.ndarray,
    span: float,
    competing: np.ndarray | None = None,
) -> np.ndarray:
    """Risk by ``month`` seen around predicted risks ``at`` (k,), clipped to 0..1.

    Loess of degree 1 (Cleveland): a straight line fitted near each of ``at`` with tricube weights over the nearest
    ``span`` (share of the hips), times the IPCW weights of the hips whose fate at ``month`` is known. Straight lines
    have no bias where calibration is right, not even at the ends.
    """
    gone = event if competing is None else event | competing
    known = (time > month) | (gone & (time <= month))
    followed = censoring_survival(time, gone)
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
    competing: np.ndarray | None = None,
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
        other = None if competing is None else competing[rows]
        asked = np.quantile(r, np.linspace(0.01, 0.99, 50))
        smooth = local_risk(t, e, r, month, np.concatenate([grid, asked]), span, other)
        apart = np.abs(smooth[points:] - asked)
        seen = observed_risk(t, e, month, other)
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

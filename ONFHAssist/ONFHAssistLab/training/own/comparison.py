"""Before and after on the same held-out patients: a paired test by patient, of corrected hips also by themselves.

The truth of a hip whose outline was accepted as it was is the drawing of the network before: on it that network agrees
with itself, and any change counts against the new one. Only hips that a reader drew or corrected are no such judges.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ONFHAssistLib.core.errors import InputError

RESAMPLES = 5000
LEVEL = 0.05
BETTER, WORSE, SAME = "better", "worse", "no difference shown"


@dataclass(frozen=True)
class HipFigure:
    """One figure of one hip on one scan.

    Attributes:
        corrected: whether its truth is a reader's (corrected or own outline, stage), not the network's own drawing.
    """

    patient: str
    side: str
    value: float
    corrected: bool = True


@dataclass(frozen=True)
class PatientPair:
    """One figure of one held-out patient."""

    patient: str
    before: float
    after: float


@dataclass(frozen=True)
class Comparison:
    """One figure of the held-out patients with the start's network and with the new one.

    Attributes:
        figure: in words with its unit. higher_is_better: which way is up.
        before, after: means over patients. difference: after less before, with ``low`` and ``high`` of its 95% bootstrap
            interval (patients drawn with replacement).
        p: two-sided Wilcoxon signed-rank test over patients (Wilcoxon 1945; exact where nothing is tied); 1 where no
            patient changed.
        verdict: :data:`BETTER` or :data:`WORSE` where p is below 0.05, else :data:`SAME`.
        hips, corrected_hips: of the patients, and those of them whose truth is a reader's.
        corrected: the same of these hips alone; None where there are none, or none but these.
    """

    figure: str
    higher_is_better: bool
    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float
    verdict: str
    patients: tuple[PatientPair, ...]
    hips: int = 0
    corrected_hips: int = 0
    corrected: Comparison | None = None

    @property
    def corrected_patients(self) -> int:
        """Patients with a corrected hip."""
        if self.corrected is not None:
            return len(self.corrected.patients)
        return len(self.patients) if self.corrected_hips else 0


def by_patient(hips: Iterable[HipFigure]) -> dict[str, float]:
    """Patient to the mean over his hips."""
    values: dict[str, list[float]] = {}
    for hip in hips:
        values.setdefault(hip.patient, []).append(hip.value)
    return {patient: float(np.mean(own)) for patient, own in values.items()}


def compare_hips(
    figure: str,
    before: Sequence[HipFigure],
    after: Sequence[HipFigure],
    higher_is_better: bool = True,
    seed: int = 0,
) -> Comparison:
    """Compare patient by patient, all hips and those that a reader corrected.

    Args:
        before, after: of the same hips.

    Raises:
        InputError: no hip has the figure.
    """
    hips, drawn = (
        {(hip.patient, hip.side) for hip in some}
        for some in (before, [hip for hip in before if hip.corrected])
    )
    found = compare(figure, by_patient(before), by_patient(after), higher_is_better, seed)
    some = None
    if drawn and not all(hip.corrected for hip in before):
        first, second = ([hip for hip in part if hip.corrected] for part in (before, after))
        some = compare(figure, by_patient(first), by_patient(second), higher_is_better, seed)
        some = replace(some, hips=len(drawn), corrected_hips=len(drawn))
    return replace(found, hips=len(hips), corrected_hips=len(drawn), corrected=some)


def compare(
    figure: str,
    before: Mapping[str, float],
    after: Mapping[str, float],
    higher_is_better: bool = True,
    seed: int = 0,
) -> Comparison:
    """Compare patient by patient.

    Args:
        before, after: patient to figure; of the same patients.

    Raises:
        InputError: no patient has the figure.
        ValueError: other patients before than after.
    """
    from scipy.stats import rankdata, wilcoxon

    if set(before) != set(after):
        raise ValueError("the patients before are not those after")
    if not before:
        raise InputError(f"No held-out patient has a {figure}; hold back more patients.")
    pairs = tuple(PatientPair(name, float(before[name]), float(after[name])) for name in sorted(before))
    change = np.array([pair.after - pair.before for pair in pairs])
    rng = np.random.default_rng([seed, 59])
    means = change[rng.integers(0, len(change), (RESAMPLES, len(change)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    p = float(wilcoxon(change).pvalue) if np.any(change != 0) else 1.0
    # The test is of ranks, and so is its direction: one patient who gained much is not "better" where the others lost.
    ranks = float(np.sum(np.sign(change) * rankdata(np.abs(change))))
    shown = p < LEVEL and ranks * float(change.mean()) > 0
    verdict = SAME if not shown else BETTER if (ranks > 0) == higher_is_better else WORSE
    return Comparison(
        figure,
        higher_is_better,
        float(np.mean([pair.before for pair in pairs])),
        float(np.mean([pair.after for pair in pairs])),
        float(change.mean()),
        float(low),
        float(high),
        p,
        verdict,
        pairs,
    )

"""McNemar's test where a patient has two hips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from ..resampling import Labels
from .permutation import exact_sign_distribution
from .sums import patient_sums


@dataclass(frozen=True)
class MatchedPairs:
    """Durkalski's statistic with p of chi-square, the exact p by exchange of patients, and its mid-p."""

    statistic: float
    p: float
    p_exact: float
    p_mid: float


def clustered_mcnemar(difference: np.ndarray, patients: Labels | None) -> MatchedPairs:
    """Test of two readers on the same hips, patients independent and hips not.

    Durkalski et al., Stat Med 2003;22:2417 (chi-square); exact: each patient's net difference has either sign with equal
    chance, which is the binomial test with one hip a patient; mid-p: Fagerland et al., BMC Med Res Methodol 2013;13:91.

    Args:
        difference: first right less second right, -1, 0 or 1, (n,).
    """
    net = patient_sums(np.asarray(difference, float), patients)
    rows = patient_sums(np.ones(len(difference)), patients)
    spread = float(((net / rows) ** 2).sum())
    if spread == 0:
        return MatchedPairs(0.0, 1.0, 1.0, 1.0)
    statistic = float((net / rows).sum() ** 2 / spread)
    whole = np.rint(net).astype(int)
    sums, share = exact_sign_distribution(whole // np.gcd.reduce(whole[whole != 0]))
    seen = abs(int(whole.sum())) // int(np.gcd.reduce(whole[whole != 0]))
    beyond, at = share[np.abs(sums) > seen].sum(), share[np.abs(sums) == seen].sum()
    return MatchedPairs(
        statistic,
        float(chi2.sf(statistic, 1)),
        float(min(1.0, beyond + at)),
        float(min(1.0, beyond + at / 2)),
    )

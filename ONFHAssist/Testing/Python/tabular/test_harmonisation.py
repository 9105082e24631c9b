import json

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.tabular.harmonisation import ComBat, ScannerTable


def _scanners(seed=11):
    generator = np.random.default_rng(seed)
    scanner = np.repeat(["A", "B", "C"], [7, 9, 8])
    values = generator.normal(size=(24, 4)) * [1, 2, 3, 4] + [0, 5, 10, -3]
    values[scanner == "B"] = values[scanner == "B"] * 1.7 + 2
    values[scanner == "C"] -= 1.5
    return values, scanner


def test_it_equals_the_package_neurocombat():
    # neuroCombat 0.2.12 without covariates; it stops iterating at a change of 1e-4
    expected = [
        [0.3812212, 10.50229907, 17.41361266, -5.59410975],
        [-0.73912242, 7.38859261, 16.51442312, -5.16887108],
        [-0.93438095, 8.58200372, 7.80051794, -1.58982919],
    ]
    values, scanner = _scanners()
    found = ComBat().fit(values, scanner=scanner).transform(values, scanner)
    assert found[[0, 8, 20]] == pytest.approx(np.array(expected), abs=5e-5)


def test_scanners_are_alike_afterwards_in_large_cohorts():
    generator = np.random.default_rng(0)
    scanner = np.repeat(["Avanto", "Ingenia"], 400)
    values = generator.normal(size=(800, 20)) * 3 + 7
    values[400:] = values[400:] * 2 + 5 + generator.normal(size=20)
    table = pd.DataFrame(values, columns=[f"f{j}" for j in range(20)])
    found = ComBat().fit(table, scanner=scanner).transform(table, scanner)
    assert list(found.columns) == list(table.columns)
    first, second = found[:400], found[400:]
    # before: means apart by more than two standard deviations; what remains is the shrinkage of chance
    assert ((first.mean() - second.mean()) / first.std()).abs().max() < 0.1
    assert (table[:400].mean() - table[400:].mean()).abs().min() / table[:400].std().max() > 2
    assert (first.std() / second.std()).between(0.9, 1.1).all()


def test_new_cases_are_harmonised_with_the_effects_of_the_training_cases():
    values, scanner = _scanners()
    combat = ComBat().fit(values[:-1], scanner=scanner[:-1])
    alone = combat.transform(values[-1:], scanner[-1:])
    assert alone == pytest.approx(values[-1:] * combat.table_.factor[2] + combat.table_.shift[2])
    assert not np.allclose(alone, ComBat().fit(values, scanner=scanner).transform(values, scanner)[-1:])


def test_a_constant_feature_is_left_as_it_is():
    values, scanner = _scanners()
    values[:, 1] = 5.0
    found = ComBat().fit(values, scanner=scanner).transform(values, scanner)
    assert (found[:, 1] == 5.0).all()
    assert np.isfinite(found).all()


def test_an_unknown_scanner_and_too_few_cases_are_named():
    values, scanner = _scanners()
    combat = ComBat().fit(values, scanner=scanner)
    with pytest.raises(
        InputError, match=r"scanner 'Prisma' is not among those of the training cases \(A, B, C\)"
    ):
        combat.transform(values[:1], ["Prisma"])
    with pytest.raises(InputError, match="all 24 cases are from 'A'"):
        ComBat().fit(values, scanner=["A"] * 24)
    with pytest.raises(InputError, match="scanner 'B' has 1 training cases"):
        ComBat().fit(values, scanner=["A"] * 23 + ["B"])


def test_the_table_survives_json():
    values, scanner = _scanners()
    table = ComBat().fit(values, scanner=scanner).table_.of(np.array([2, 0]))
    again = ScannerTable.from_dict(json.loads(json.dumps(table.to_dict())))
    assert np.array_equal(again.apply(values[:, [2, 0]], scanner), table.apply(values[:, [2, 0]], scanner))

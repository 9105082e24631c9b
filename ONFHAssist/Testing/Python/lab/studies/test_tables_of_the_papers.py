"""Table 1 of each study and the readers of each set, beside the papers' printed counts."""

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLab.studies.dlrc.baseline import COUNTS, HIPS, NUMBERS, paper_difference
from ONFHAssistLab.studies.onfhnet.by_set import (
    STAGER,
    cohort_section,
    cohort_table,
    reader_sections,
    readers_by_set,
    weighted_kappa,
)


def test_table_1_of_the_dlrc_study_holds_the_published_counts():
    for column in {name for name, level in COUNTS if level}:
        parts = [pair for (name, _), pair in COUNTS.items() if name == column]
        assert tuple(map(sum, zip(*parts, strict=True))) == HIPS
    # as printed for all 212 hips
    totals = {key: sum(pair) for key, pair in COUNTS.items()}
    assert [totals["arco_stage", s] for s in ("I", "II", "IIIA")] == [49, 108, 55]
    assert (
        totals["sex", "M"] == 170
        and totals["bone_marrow_oedema", ""] == 129
        and totals["jic_type", "B"] == 15
    )
    angle = NUMBERS["combined_necrotic_angle_deg"]
    mean = (148 * angle.without[0] + 64 * angle.collapsed[0]) / 212
    assert mean == pytest.approx(211.53, abs=0.01)


def test_standardised_differences_of_the_paper_are_those_of_its_figures():
    assert paper_difference("combined_necrotic_angle_deg") == pytest.approx(
        (228.4 - 204.23) / np.sqrt((44.67**2 + 39.82**2) / 2)
    )
    shares = 80 / 148, 49 / 64
    pooled = np.sqrt(sum(p * (1 - p) for p in shares) / 2)
    assert paper_difference("bone_marrow_oedema") == pytest.approx((shares[1] - shares[0]) / pooled)
    assert np.isnan(paper_difference("age"))


@pytest.fixture
def answered():
    """40 patients, both hips, of one internal and two external sets; the stager errs in every fifth hip."""
    rows = []
    for k in range(80):
        truth = ("0", "I", "II")[k % 3]
        called = truth if k % 5 else "0" if truth != "0" else "I"
        where, scanner = (("internal", "prisma"), ("external", "prisma"), ("external", "ingenia"))[
            (k // 2) % 3
        ]
        rows.append((f"P{k // 2}", "RL"[k % 2], where, scanner, truth, called))
    return pd.DataFrame(rows, columns=["case", "side", "set", "scanner", "truth", "called"])


def test_the_external_sets_and_each_reader_in_each_stand_apart(answered):
    readings = pd.concat(
        [answered.assign(reader=name, stage=answered["truth"]) for name in ("A", "B", "C")], ignore_index=True
    )
    readings.loc[readings["reader"] == "B", "stage"] = "0"
    table = readers_by_set(answered, readings[["case", "side", "reader", "stage"]])
    assert list(table["set"].unique()) == ["internal", "external, prisma", "external, ingenia"]
    assert list(table["reader"]) == [STAGER, "A", "B", "C"] * 3
    one = table[table["set"] == "external, prisma"].set_index("reader")
    part = answered[(answered["set"] == "external") & (answered["scanner"] == "prisma")]
    assert one.loc[STAGER, "right"] == (part["truth"] == part["called"]).mean()
    assert one.loc["A", ["right", "kappa", "only_stager"]].tolist() == [1.0, 1.0, 0.0]
    assert one.loc["B", "sensitivity"] == pytest.approx(1 / 3) and one.loc["B", "kappa"] == 0.0
    assert one.loc["A", "only_reader"] == (part["truth"] != part["called"]).sum()
    assert len(reader_sections(table)) == 3


def test_kappa_with_quadratic_weights_is_cohens():
    # of the table ((2, 1, 0), (0, 2, 1), (0, 0, 2)): 1 - sum(w p) / sum(w e)
    truth, called = (
        np.repeat(["0", "I", "II"], [3, 3, 2]),
        np.array(["0", "0", "I", "I", "I", "II", "II", "II"]),
    )
    rows, columns = np.array([3, 3, 2]) / 8, np.array([2, 3, 3]) / 8
    apart = (np.arange(3)[:, None] - np.arange(3)) ** 2
    expected = 1 - (2 / 8) / (apart * np.outer(rows, columns)).sum()
    assert weighted_kappa(truth, called) == pytest.approx(expected)


def test_table_1_of_the_stages_names_training_validation_test_and_each_scanner():
    rng = np.random.default_rng(0)
    split = ["train", "val", "test", "external", "external"] * 16
    rows = pd.DataFrame(
        {"case": [f"P{k}" for k in range(80)], "split": split, "sex": rng.choice(["F", "M"], 80)}
    )
    rows["scanner"] = ["prisma", "prisma", "prisma", "prisma", "ingenia"] * 16
    rows["age"] = rng.normal(50, 8, 80)
    rows["ficat_arlet_stage"] = rng.choice(["0", "I", "II"], 80)
    table = cohort_table(rows)
    groups = list(table.columns[5 : table.columns.get_loc("method")])
    assert groups == ["training", "test", "validation", "external, ingenia", "external, prisma"]
    section = cohort_section(table)
    assert section.columns[1:3] == ("All", "training") and len(section.rows) == len(table)

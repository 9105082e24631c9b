"""Table 1 of the studies beside the papers' printed counts."""

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLab.studies.dlrc.baseline import COUNTS, HIPS, NUMBERS, paper_difference
from ONFHAssistLab.studies.onfhnet.baseline import cohort_section, cohort_table


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

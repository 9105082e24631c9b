"""The one reader of tables: what it gives, and that DLR and DLRC refuse the same mistake in the same words."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.feature_cohorts import cohort

from ONFHAssistLab import cli
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.survival.develop.cohort_table import CohortTable, read_survival_cohort
from ONFHAssistLib.tabular.tables.feature_table import TableSource, read_feature_table
from ONFHAssistLib.tabular.tables.reader import column_of, read_csv, read_features, read_hips, yes_or_no

RADIOMICS = "original_glcm_Contrast"


@pytest.fixture(scope="module")
def table():
    """60 hips of 30 patients with an outcome of each study, a finding, 8 radiomics and 4 deep features."""
    features, outcome = cohort(n_patients=30, n_features=12, n_related=3)
    names = {name: f"DL_{j}" for j, name in enumerate(features.columns[8:])} | {
        features.columns[0]: RADIOMICS
    }
    rows = features.rename(columns=names).reset_index()
    rng = np.random.default_rng(1)
    rows.insert(2, "onfh", outcome.to_numpy())
    rows.insert(3, "collapse", outcome.to_numpy())
    rows.insert(4, "months", rng.uniform(5, 80, len(rows)).round(1))
    rows.insert(5, "angle", rng.normal(210, 40, len(rows)).round(0))
    return rows


def write(table, path, header=None):
    """The table as CSV, with another header where one is given."""
    text = table.to_csv(index=False, header=header is None)
    path.write_text(text if header is None else ",".join(header) + "\n" + text, encoding="utf-8")
    return path


def both(path, features=()):
    """The sentences with which DLR and DLRC refuse a table; an empty one where they take it."""
    told = []
    for read in (
        lambda: read_feature_table(TableSource(path, "onfh", features=tuple(features))),
        lambda: read_survival_cohort(
            CohortTable(path, "case", "months", "collapse", features=tuple(features))
        ),
    ):
        try:
            read()
            told.append("")
        except InputError as error:
            told.append(str(error))
    return told


def twice(table, name):
    """The table with a second column ``name``, and the header that says so."""
    return table.assign(second=table[name] + 1), [*table.columns, name]


MISTAKES = {
    "a feature twice": (
        lambda t: twice(t, RADIOMICS),
        f"hips.csv has the column '{RADIOMICS}' more than once",
    ),
    "a finding twice": (lambda t: twice(t, "angle"), "hips.csv has the column 'angle' more than once"),
    "a feature twice, renamed by a program": (
        lambda t: (t.assign(second=t[RADIOMICS]), [*t.columns, f"{RADIOMICS}.1"]),
        f"hips.csv has the column '{RADIOMICS}.1', which a program made of a second column '{RADIOMICS}'",
    ),
    "a hip twice": (
        lambda t: (pd.concat([t, t.iloc[[5]]]), None),
        "hips.csv holds case P002 L more than once; keep one row for each case and side",
    ),
    "a side missing": (
        lambda t: (t.assign(side=t["side"].where(t.index != 4)), None),
        "hips.csv: 'side' is empty in row 5 (1 such rows); every hip needs a case and a side",
    ),
    "text in a feature": (
        lambda t: (t.assign(DL_1=t["DL_1"].astype(object).where(t.index != 3, "n/a?")), None),
        "hips.csv holds the text 'n/a?' in the column 'DL_1' for case P001 L; a number is needed",
    ),
    "an infinite feature": (
        lambda t: (t.assign(DL_1=t["DL_1"].where(t.index != 3, np.inf)), None),
        "hips.csv holds an infinite value in the column 'DL_1' for case P001 L",
    ),
    "cells beyond the header": (
        lambda t: (t.assign(more=1), list(t.columns)),
        "hips.csv has rows with more cells than the 18 columns of its header",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_refused_alike_by_dlr_and_dlrc(table, tmp_path, name):
    make, sentence = MISTAKES[name]
    changed, header = make(table)
    path = write(changed, tmp_path / "hips.csv", header)
    dlr, dlrc = both(path)
    assert dlr == dlrc
    assert dlr.startswith(sentence)
    assert "\n" not in dlr


@pytest.mark.parametrize("name", ["a feature twice", "a hip twice", "text in a feature"])
def test_the_commands_refuse_it_alike(table, tmp_path, name, capfd):
    make, sentence = MISTAKES[name]
    changed, header = make(table)
    path, out = write(changed, tmp_path / "hips.csv", header), tmp_path / "out"
    train = ["train", "dlr", "--cohort", path, "--outcome", "onfh", "--out", out, "--classifier", "LR"]
    develop = ["survival", "develop", path, "--patient", "case", "--time", "months", "--event", "collapse"]
    for call in (train, [*develop, "--out", out, "--bootstraps", 0]):
        assert cli.run([str(part) for part in call]) == 2
        told = capfd.readouterr().err.strip().splitlines()[-1]
        assert told.startswith(f"onfh: {sentence}")
        assert not out.exists()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda t: t.iloc[1:], "more.csv lacks the hip P000 R (1 such hips); extract its features"),
        (lambda t: t.assign(DL_1=1.0), "more.csv holds the column 'DL_1', which another file already gave"),
        (
            lambda t: t.drop(columns="side"),
            "more.csv lacks the column 'side'; every hip needs a case and a side",
        ),
        (lambda t: pd.concat([t, t]), "more.csv holds case P000 R more than once"),
        (lambda t: t.assign(DL_90="x"), "more.csv holds the text 'x' in the column 'DL_90'"),
    ],
)
def test_a_further_file_is_refused_alike(table, tmp_path, make, sentence):
    more = table[["case", "side"]].assign(DL_90=np.arange(60.0))
    paths = write(table, tmp_path / "hips.csv"), write(make(more), tmp_path / "more.csv")
    dlr, dlrc = both(paths[0], paths[1:])
    assert dlr == dlrc
    assert dlr.startswith(sentence)


def test_both_studies_read_the_same_features_to_the_last_bit(table, tmp_path):
    path = write(table, tmp_path / "hips.csv")
    dlr = read_feature_table(TableSource(path, "onfh"))
    dlrc = read_survival_cohort(CohortTable(path, "case", "months", "collapse"))
    together = pd.concat(list(dlrc.features.values()), axis=1)
    assert dlr.features.equals(together)
    assert (dlr.features.to_numpy() == table.iloc[:, 6:].to_numpy()).all()
    assert list(dlrc.clinical.columns) == ["angle"]  # onfh separates the hips with an event from the rest


def test_an_empty_cell_is_a_missing_feature_and_no_mistake_of_the_file(table, tmp_path):
    holes = table.assign(DL_1=table["DL_1"].where(table.index != 3))
    path = write(holes, tmp_path / "hips.csv")
    assert both(path) == ["", ""]
    assert read_hips(path)["DL_1"].isna().sum() == 1


def test_leading_zeros_of_a_case_are_kept_and_blanks_around_it_are_not(table, tmp_path):
    numbers = table.assign(case=[f" {k // 2:03d}" for k in table.index])
    features = numbers[["case", "side"]].assign(DL_90=1.0)
    paths = write(numbers, tmp_path / "hips.csv"), write(features, tmp_path / "more.csv")
    found = read_hips(paths[0], paths[1:])
    assert found.index[0] == ("000", "R")
    assert read_features(paths[1]).index.equals(found.index)
    patients = column_of(found, "case")  # 7 and 007 are one patient
    assert patients.tolist() == [k // 2 for k in range(60)]


def test_survival_takes_a_table_without_sides_where_nothing_is_joined(table, tmp_path):
    path = write(table.drop(columns="side"), tmp_path / "hips.csv")
    found = read_survival_cohort(CohortTable(path, "case", "months", "collapse"))
    assert len(found) == 60
    assert found.clinical.index.tolist() == list(range(1, 61))
    assert both(path)[0].startswith("hips.csv lacks the column 'side'")


@pytest.mark.parametrize("words", ["yes no", "True False", "Positive negative", "ONFH healthy", "1 0"])
def test_words_for_yes_and_no_are_read_alike(table, tmp_path, words):
    yes, no = words.split()
    column = np.where(table["onfh"] == 1, yes, no)
    path = write(table.assign(onfh=column, collapse=column), tmp_path / "hips.csv")
    dlr = read_feature_table(TableSource(path, "onfh"))
    dlrc = read_survival_cohort(CohortTable(path, "case", "months", "collapse", clinical=("angle",)))
    assert (dlr.outcome == 1).tolist() == dlrc.outcome.event.tolist() == (table["onfh"] == 1).tolist()
    odd = pd.Series(["yes", "perhaps"])
    assert yes_or_no(odd).equals(odd)


CELLS = st.floats(allow_nan=False, allow_infinity=False, width=64)
NAMES = st.lists(
    st.sampled_from(
        [f"DL_{k}" for k in range(9)] + [f"original_glcm_F{k}" for k in range(9)] + ["angle", "sex"]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=NAMES, data=st.data())
def test_any_table_comes_back_to_the_last_bit_or_its_repeated_column_is_named(tmp_path, names, data):
    hips = data.draw(st.integers(1, 6))
    values = [[data.draw(CELLS) for _ in names] for _ in range(hips)]
    lines = [",".join(["case", "side", *names])]
    lines += [",".join([f"{k:02d}", "R", *map(repr, row)]) for k, row in enumerate(values)]
    path = tmp_path / "hips.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    repeated = [name for name in names if names.count(name) > 1]
    if repeated:
        with pytest.raises(InputError, match=f"has the column '{repeated[0]}' more than once"):
            read_csv(path)
    else:
        found = read_hips(path)
        assert list(found.columns) == names
        assert found.index.tolist() == [(f"{k:02d}", "R") for k in range(hips)]
        assert found.to_numpy(float).tolist() == values


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)), kept=st.sets(st.integers(0, 5)))
def test_files_are_joined_by_hip_in_whatever_order_they_come(tmp_path, order, kept):
    keys = pd.DataFrame({"case": [f"P{k // 2}" for k in range(6)], "side": ["R", "L"] * 3})
    write(keys.assign(DL_0=np.arange(6.0)), tmp_path / "hips.csv")
    more = keys.assign(DL_1=10.0 * np.arange(6)).iloc[[k for k in order if k in kept]]
    if kept:
        write(more, tmp_path / "more.csv")
    if kept == set(range(6)):
        found = read_hips(tmp_path / "hips.csv", [tmp_path / "more.csv"])
        assert (found["DL_1"] == 10 * found["DL_0"]).all()
    elif kept:
        lost = min(set(range(6)) - kept)
        with pytest.raises(
            InputError, match=f"lacks the hip P{lost // 2} {'RL'[lost % 2]} \\({6 - len(kept)} such"
        ):
            read_hips(tmp_path / "hips.csv", [tmp_path / "more.csv"])

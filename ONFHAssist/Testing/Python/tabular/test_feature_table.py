"""Feature tables of users: what is read, and every mistake refused by name with what to do."""

import hashlib
import json

import numpy as np
import pandas as pd
import pytest
from support.feature_cohorts import cohort

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.names import is_feature
from ONFHAssistLib.develop.dlr import develop_dlr
from ONFHAssistLib.tabular.names import CLASSIFIERS
from ONFHAssistLib.tabular.tables.checks import check_features, check_outcome
from ONFHAssistLib.tabular.tables.feature_table import TableSource, read_feature_table
from ONFHAssistLib.tabular.tables.reader import read_csv


@pytest.fixture
def rows():
    """40 hips of 20 patients with 6 radiomics, 4 deep features, outcome and findings."""
    features, outcome = cohort(n_patients=20, n_features=10, n_related=3)
    names = {name: f"DL_{j}" for j, name in enumerate(features.columns[6:])}
    table = features.rename(columns=names).reset_index()
    table.insert(2, "onfh", outcome.to_numpy())
    table.insert(3, "arco_stage", "II")
    table.insert(4, "combined_necrotic_angle_deg", 200.0)
    return table


def save(table, path, **options):
    table.to_csv(path, index=False, **options)
    return path


def test_only_features_by_name_become_features(rows, tmp_path):
    table = read_feature_table(TableSource(save(rows, tmp_path / "hips.csv"), "onfh"))
    assert list(table.features.columns) == list(rows.columns[5:])
    assert {name: len(columns) for name, columns in table.groups.items()} == {"Rad": 6, "DL": 4, "DLR": 10}
    assert table.features.to_numpy().tolist() == rows.iloc[:, 5:].to_numpy().tolist()  # to the last bit
    assert table.outcome.tolist() == rows["onfh"].tolist()
    assert table.patients.nunique() == 20
    assert is_feature("wavelet-HLH_gldm_DependenceVariance")
    assert not any(map(is_feature, ("head_ml", "shape", "DL_x", "onfh", "first_order_visit")))


def test_features_of_other_files_are_joined_by_case_and_side(rows, tmp_path):
    clinical = save(rows.iloc[:, :5], tmp_path / "hips.csv")
    deep = rows[["case", "side", *(c for c in rows if c.startswith("DL_"))]]
    files = (
        save(rows[[c for c in rows if not c.startswith("DL_")]], tmp_path / "rad.csv"),
        save(deep.sample(frac=1, random_state=1), tmp_path / "deep.csv"),
    )
    table = read_feature_table(TableSource(clinical, "onfh", features=files, groups=("DLR",)))
    assert list(table.groups) == ["DLR"]
    assert (table.features["DL_3"].to_numpy() == rows["DL_3"].to_numpy()).all()
    save(deep.iloc[1:], tmp_path / "deep.csv")
    with pytest.raises(InputError, match=r"deep\.csv lacks the hip P000 R \(1 such hips\); extract"):
        read_feature_table(TableSource(clinical, "onfh", features=files))
    with pytest.raises(InputError, match=r"rad\.csv holds the column .* which another file already gave"):
        read_feature_table(TableSource(tmp_path / "rad.csv", "onfh", features=(files[0],)))


@pytest.mark.parametrize(
    ("words", "expected"),
    [("yes no", [1, 0]), ("True False", [1, 0]), ("ONFH healthy", [1, 0]), ("1 0", [1, 0])],
)
def test_an_outcome_in_words_is_read(rows, tmp_path, words, expected):
    yes, no = words.split()
    rows["onfh"] = np.where(rows["onfh"] == 1, yes, no)
    rows.loc[0, "onfh"] = f" {rows.loc[0, 'onfh']} "
    table = read_feature_table(TableSource(save(rows, tmp_path / "hips.csv"), "onfh"))
    assert [int(v) for v in table.outcome.iloc[[-1, 0]]] == expected


def change(rows, **cells):
    for name, value in cells.items():
        rows[name] = rows[name].astype(object)
        rows.loc[3, name] = value
    return rows


MISTAKES = {
    "no outcome": (
        lambda t: t.drop(columns="onfh"),
        r"lacks the column 'onfh'; it has case, side, arco_stage",
    ),
    "no case": (
        lambda t: t.drop(columns="case"),
        r"lacks the column 'case'; every hip needs a case and a side",
    ),
    "no features": (
        lambda t: t.iloc[:, :5],
        r"has no feature columns .* extract them first, or give",
    ),
    "one class": (
        lambda t: t.assign(onfh=1),
        r"'onfh' has one class only: all 40 cases are 1; add cases of both",
    ),
    "few of a class": (
        lambda t: t.assign(onfh=(np.arange(40) < 31).astype(int)),
        r"'onfh' has 9 cases of class 0; at least 10 of each class are needed",
    ),
    "three classes": (lambda t: change(t, onfh=2), r"'onfh' is '2' for case P001 L; it must be 0 or 1"),
    "outcome missing": (
        lambda t: change(t, onfh=None),
        r"'onfh' is missing for case P001 L; fill or drop it",
    ),
    "text in a number": (
        lambda t: change(t, DL_1="n/a?"),
        r"holds the text 'n/a\?' in the column 'DL_1' for case P001 L; a number is needed",
    ),
    "infinity": (
        lambda t: change(t, DL_1=np.inf),
        r"infinite value in the column 'DL_1' for case P001 L; extract that case again or drop the column",
    ),
    "a hip twice": (
        lambda t: pd.concat([t, t.iloc[[3]]]),
        r"hips\.csv holds case P001 L more than once; keep one row for each case and side",
    ),
    "a column twice": (
        lambda t: t.rename(columns={"DL_1": "DL_2"}),
        r"hips\.csv has the column 'DL_2' more than once; rename or drop",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_of_the_table_is_refused_by_name(rows, tmp_path, name):
    make, sentence = MISTAKES[name]
    path = save(make(rows), tmp_path / "hips.csv")
    with pytest.raises(InputError, match=sentence) as told:
        develop_dlr({"cohort": path, "outcome": "onfh", "out": tmp_path / "out", "classifiers": ["LR"]})
    assert "\n" not in str(told.value)
    assert not (tmp_path / "out").exists()


def test_a_patient_in_both_parts_of_the_split_is_refused(rows, tmp_path):
    rows["part"] = np.where(np.arange(40) < 27, "train", "test")
    path = save(rows, tmp_path / "hips.csv")
    with pytest.raises(InputError, match="patient of case P013 R is in both the training and the test part"):
        develop_dlr({"cohort": path, "outcome": "onfh", "split": "part", "out": tmp_path / "out"})


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ({"bootstraps": 7}, "option bootstraps is 7; 100 to 100000 is accepted"),
        ({"rule": "max"}, "option rule is 'max'; min or 1se is accepted"),
        ({"classifiers": ["Bayes"]}, "'Bayes' is not known; choose from LR, SVM"),
        ({"groups": ["Clinical"]}, "group 'Clinical' is not known; choose from Rad, DL, DLR"),
        ({"test_share": 0, "outer_folds": 0}, "neither a test part nor outer folds"),
        ({"patient": "who"}, "lacks the column 'who'"),
    ],
)
def test_a_wrong_option_is_refused_by_name(rows, tmp_path, option, sentence):
    path = save(rows, tmp_path / "hips.csv")
    with pytest.raises(InputError, match=sentence):
        develop_dlr({"cohort": path, "outcome": "onfh", "out": tmp_path / "out", **option})
    with pytest.raises(
        InputError, match=r"has no deep features \(DL_0 \.\.\.\), which the feature group 'DL' needs"
    ):
        read_feature_table(TableSource(save(rows.iloc[:, :11], tmp_path / "rad.csv"), "onfh", groups=("DL",)))


def test_the_manifest_beside_a_table_tells_its_preset_while_the_hash_holds(rows, tmp_path):
    path = save(rows, tmp_path / "features.csv")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    facts = {"preset_sha256": "c" * 64, "backbone_sha256": "d" * 64, "table_sha256": digest}
    (tmp_path / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")
    table = read_feature_table(TableSource(path, "onfh"))
    assert table.features.attrs["preset_sha256"] == "c" * 64
    assert table.backbones == ("d" * 64,)
    save(rows.iloc[:30], path)
    assert "preset_sha256" not in read_feature_table(TableSource(path, "onfh")).features.attrs


def test_files_made_with_two_presets_are_refused(rows, tmp_path):
    for name, columns in (("a", rows.columns[:11]), ("b", ["case", "side", *rows.columns[11:]])):
        (tmp_path / name).mkdir()
        save(rows[columns], tmp_path / name / "features.csv")
        facts = json.dumps({"preset_sha256": name * 64})
        (tmp_path / name / "manifest.json").write_text(facts, encoding="utf-8")
    source = TableSource(tmp_path / "a/features.csv", "onfh", features=(tmp_path / "b/features.csv",))
    with pytest.raises(
        InputError, match=r"made with 2 different presets \(a{12}, b{12}\); extract all with one"
    ):
        read_feature_table(source)


def test_a_file_that_is_no_table_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"absent\.csv does not exist; give a CSV file"):
        read_csv(tmp_path / "absent.csv")
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\xff\xfe\x00")
    with pytest.raises(InputError, match="not a readable CSV file"):
        read_csv(tmp_path / "picture.csv")
    (tmp_path / "empty.csv").write_text("case,side\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no rows; it needs one row a hip"):
        read_csv(tmp_path / "empty.csv")


def test_names_for_the_panel_are_those_of_the_library():
    from ONFHAssistLib.tabular import classifiers as classify

    assert tuple(classify.CLASSIFIERS) == CLASSIFIERS
    features, outcome = cohort(n_patients=12, n_features=3, n_related=1)
    assert check_features(features).shape == (24, 3)
    assert check_outcome(outcome, features).sum() == 12

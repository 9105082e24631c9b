"""``onfh survival develop`` and ``nomogram``: a made-up cohort to a report, and every mistake of issue 8 in one line."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from support.developed_study import COLUMNS, QUICK, developed_study, example_table

from ONFHAssistLib.survival.develop.cohort_table import CohortTable, read_survival_cohort

pytestmark = pytest.mark.usefixtures("coarse_figures")


@pytest.fixture(scope="module")
def table():
    """140 hips of 100 patients with findings, 60 radiomics and 40 deep features; 41 collapses."""
    return example_table()


@pytest.fixture(scope="module")
def developed(tmp_path_factory):
    """(the object printed by ``develop --json``, folder)."""
    return developed_study(tmp_path_factory)[:2]


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    return developed_study(tmp_path_factory)[2]


def written(table, tmp_path, **changes):
    path = tmp_path / "changed.csv"
    table.assign(**changes).to_csv(path, index=False)
    return path


def check(result, out, *words):
    code, stdout, err = result
    assert code == 2, err
    assert stdout == ""
    assert err.startswith("onfh: ")
    assert err.count("\n") == 1
    assert not out.exists()
    for word in words:
        assert word in err


def test_a_cohort_becomes_a_report_with_honest_and_apparent_figures(developed):
    result, out = developed
    assert (result["hips"], result["patients"], result["events"]) == (140, 100, 41)
    page = Path(result["report"])
    assert page == out / "index.html"
    text = page.read_text(encoding="utf-8")
    assert "not for diagnosis" in text
    assert text.count("data:image/png;base64,") == len(list((out / "figures").glob("*.png"))) > 8
    cross_validated, apparent = (result["metrics"][f"dlrc C-index{kind}"] for kind in ("", " apparent"))
    assert cross_validated["low"] < cross_validated["value"] < cross_validated["high"]
    assert apparent["value"] > cross_validated["value"]
    assert 0.65 < cross_validated["value"] < 0.9
    assert result["metrics"]["dlrc - clinical difference of C"]["value"] > 0
    for warning in result["warnings"]:
        assert warning.replace(">", "&gt;") in text or "&#39;" in text
    performance = pd.read_csv(result["tables"]["performance"])
    row = performance.query("model == 'dlrc' and figure == 'C-index'").iloc[0]
    assert row["honest"] == pytest.approx(cross_validated["value"])
    assert set(result["models"]) >= {"clinical", "radiomics", "dl", "dlrc"}


def test_the_same_seed_gives_the_same_figures(developed, cohort, onfh_json, tmp_path):
    again = onfh_json("survival", "develop", cohort, *COLUMNS, *QUICK, "--out", tmp_path / "again")
    assert again["metrics"] == developed[0]["metrics"]


def test_days_are_months_when_they_are_called_days(table, tmp_path):
    path = written(table, tmp_path, days=table["months"] * 30.4375)
    cohort = read_survival_cohort(CohortTable(path, "case", "days", "collapse", unit="days"))
    assert cohort.outcome.time == pytest.approx(table["months"].to_numpy())
    assert cohort.outcome.unit == "months"


def test_features_and_a_second_reading_come_from_other_files(table, onfh_json, tmp_path):
    keys = ["case", "side"]
    deep = [c for c in table if c.startswith("DL_")]
    radiomics = [c for c in table if "_Made" in c]
    findings = table.drop(columns=deep + radiomics)
    findings.to_csv(tmp_path / "cohort.csv", index=False)
    table[keys + radiomics].to_csv(tmp_path / "radiomics.csv", index=False)
    noisy = table[keys + radiomics].iloc[:50].copy()
    rng = np.random.default_rng(0)
    noisy[radiomics[0]] = rng.normal(size=50)  # not repeatable at all
    noisy.to_csv(tmp_path / "reader2.csv", index=False)
    result = onfh_json(
        *("survival", "develop", tmp_path / "cohort.csv", *COLUMNS, *QUICK, "--out", tmp_path / "out"),
        *("--features", tmp_path / "radiomics.csv", "--readings", tmp_path / "reader2.csv"),
        *("--clinical", "arco_stage", "--clinical", "combined_necrotic_angle_deg"),
    )
    funnel = pd.read_csv(result["tables"]["funnel"]).set_index("step")["radiomics"]
    assert funnel.iloc[0] == 60
    assert 59 in funnel.to_list()
    assert (
        "The cohort has no deep features (DL_0 to DL_511): their signature is missing, and no model uses it."
        in (result["warnings"])
    )
    univariate = pd.read_csv(result["tables"]["univariate"])["covariate"]
    assert {name.split("=")[0].rstrip(">") for name in univariate} == {
        "arco_stage",
        "combined_necrotic_angle_deg",
    }


def test_without_any_features_the_clinical_model_stands_alone(table, onfh_json, tmp_path):
    path = tmp_path / "findings.csv"
    table.drop(columns=[c for c in table if c.startswith("DL_") or "_Made" in c]).to_csv(path, index=False)
    result = onfh_json("survival", "develop", path, *COLUMNS, *QUICK, "--out", tmp_path / "out")
    assert "clinical" in result["models"]
    assert not {"radiomics", "dl"} & set(result["models"])
    assert sum("signature is missing" in warning for warning in result["warnings"]) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"months": lambda t: t["months"].where(t.index != 4, -3.0)},
            ("'months' holds -3 in row 5", "greater than 0"),
        ),
        (
            {"months": lambda t: t["months"].where(t.index != 7, 0.0)},
            ("'months' holds 0 in row 8", "greater than 0"),
        ),
        ({"collapse": lambda t: t.index % 3}, ("'collapse' is coded 0, 1, 2", "competing event")),
        ({"collapse": 0}, ("'collapse' holds no event", "all 140 hips are censored", "at least 10")),
        ({"collapse": lambda t: (t.index < 6).astype(int)}, ("at least 10 events and 6",)),
        ({"months": lambda t: t["months"] * 30.44}, ("'months' reaches", "look like days", "unit is days")),
        ({"months": lambda t: t["months"].astype(str) + " m"}, ("'months' holds text",)),
        ({"case": lambda t: t["case"].where(t.index != 2)}, ("'case' is empty in row 3",)),
    ],
)
def test_a_wrong_outcome_is_refused_in_one_line(table, onfh, tmp_path, changes, words):
    path, out = written(table, tmp_path, **changes), tmp_path / "out"
    check(onfh("survival", "develop", path, *COLUMNS, *QUICK, "--out", out), out, *words)


def test_days_that_are_called_months_are_warned_of(table, onfh_json, tmp_path):
    path = written(table, tmp_path, months=table["months"] * 30.44)
    cohort = read_survival_cohort(CohortTable(path, "case", "months", "collapse", unit="months"))
    assert "look like days" in cohort.outcome.warnings[0]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (lambda _t: 1, ("'odd' has the same value in every hip", "leave it out")),
        (lambda t: -t["months"] * t["collapse"], ("'odd' separates the hips with an event", "infinite")),
        (lambda t: t["age_years"].where(t.index > 90), ("'odd' is empty in 91 of 140 rows", "at most 40%")),
    ],
)
def test_a_finding_that_cannot_be_used_is_refused_by_name(table, onfh, onfh_json, tmp_path, values, words):
    path, out = written(table, tmp_path, odd=values), tmp_path / "out"
    call = ("survival", "develop", path, *COLUMNS, *QUICK, "--out", out)
    check(onfh(*call, "--clinical", "odd", "--clinical", "arco_stage"), out, *words)


def test_unnamed_findings_that_cannot_be_used_are_left_out_with_a_warning(table, tmp_path):
    odd = {
        "flat": 1,
        "holes": table["age_years"].where(table.index > 89),
        "angle": table["age_years"].astype(str).where(table.index != 5, ">210"),
        "name": [f"hip {k}" for k in table.index],
        "leak": -table["months"] * table["collapse"],
    }
    cohort = read_survival_cohort(CohortTable(written(table, tmp_path, **odd), "case", "months", "collapse"))
    told = " ".join(cohort.outcome.warnings)
    assert not set(odd) & set(cohort.clinical)
    assert all(f"'{name}'" in told for name in odd)
    assert "arco_stage" in cohort.clinical
    assert "Column 'angle' holds '>210' in row 6, which is no number" in told


def test_empty_cells_do_not_remove_a_finding_and_are_said(table, tmp_path):
    gaps = {
        "age_years": table["age_years"].where(table.index != 7),
        "arco_stage": table["arco_stage"].where(table.index > 2),
        "angle": table["age_years"].where(table.index > 80),
    }
    cohort = read_survival_cohort(CohortTable(written(table, tmp_path, **gaps), "case", "months", "collapse"))
    told = " ".join(cohort.outcome.warnings)
    assert cohort.clinical["age_years"].isna().sum() == 1
    assert f"'age_years' is empty in 1 of {len(table)} rows (row 8); these cells are imputed" in told
    assert f"'arco_stage' is empty in 3 of {len(table)} rows (row 1 and others)" in told
    assert "angle" not in cohort.clinical
    assert "'angle' is empty in 81 rows and is left out" in told


@pytest.mark.parametrize("column", ["months", "age_years"])
def test_a_cell_that_is_almost_a_number_is_named_with_its_row(table, onfh, tmp_path, column):
    cells = table[column].astype(str).where(table.index != 4, "> 60")
    path, out = written(table, tmp_path, **{column: cells}), tmp_path / "out"
    call = ("survival", "develop", path, *COLUMNS, *QUICK, "--clinical", "age_years", "--out", out)
    check(onfh(*call), out, f"Column '{column}' holds '> 60' in row 5, which is no number")


def test_missing_columns_files_and_options_out_of_range(cohort, onfh, tmp_path):
    out = tmp_path / "out"
    call = ("survival", "develop", cohort, "--out", out)
    check(
        onfh(*call, "--patient", "case", "--time", "weeks", "--event", "collapse"),
        out,
        "lacks the column 'weeks'",
        "months",
    )
    check(onfh(*call, *COLUMNS, "--clinical", "smoking"), out, "'smoking'")
    check(onfh(*call, *COLUMNS, "--months", -12), out, "Month -12")
    check(onfh(*call, *COLUMNS, "--bootstraps", -1), out, "bootstraps is -1")
    check(onfh(*call, *COLUMNS, "--unit", "weeks"), out, "'weeks'", "months or days")
    check(
        onfh("survival", "develop", tmp_path / "no.csv", *COLUMNS, "--out", out), out, "no.csv does not exist"
    )
    check(
        onfh(*call, *COLUMNS, "--features", cohort.parent / "nothing.csv"), out, "nothing.csv does not exist"
    )


def test_the_published_nomogram_is_drawn_and_read(onfh_json, tmp_path):
    result = onfh_json(
        "survival",
        "nomogram",
        "--arco",
        "IIIA",
        "--oedema",
        "no",
        "--angle",
        228,
        "--out",
        tmp_path / "n.svg",
    )
    assert result["points"] == pytest.approx({"arco_iiia": 85.4, "oedema": 0.0, "angle": 100.0}, abs=0.05)
    assert result["total"] == pytest.approx(sum(result["points"].values()))
    assert result["survival"] == pytest.approx([0.6074, 0.2619], abs=0.0005)
    assert (tmp_path / "n.svg").read_text(encoding="utf-8").lstrip().startswith("<?xml")
    bare = onfh_json("survival", "nomogram", "--out", tmp_path / "bare.png")
    assert "points" not in bare
    assert (tmp_path / "bare.png").read_bytes()[:4] == b"\x89PNG"


def test_a_developed_model_has_its_own_nomogram(developed, table, onfh_json, tmp_path):
    _, folder = developed
    table.iloc[[5]].to_csv(tmp_path / "hip.csv", index=False)
    model = json.loads((folder / "models" / "dlrc.json").read_text(encoding="utf-8"))
    call = (
        "survival",
        "nomogram",
        "--model",
        folder,
        "--out",
        tmp_path / "n.png",
        "--features",
        tmp_path / "hip.csv",
    )
    call += ("--arco", "II", "--oedema", "yes", "--angle", 250)
    extra = [f"{name}=1" for name in model["cox"]["names"] if name.split("=")[0] in ("jic_type", "aetiology")]
    result = onfh_json(*call, *(part for one in extra for part in ("--value", one)))
    row = {**dict.fromkeys(model["cox"]["names"], 1.0)}
    for name, signature in model["signatures"].items():
        row[f"{name}_signature"] = sum(
            f["coefficient"] * (table[f["name"]].iloc[5] - f["mean"]) / f["scale"]
            for f in signature["features"]
        )
    log_hazard = sum(
        c * (row[n] - m)
        for n, c, m in zip(model["cox"]["names"], model["cox"]["coef"], model["cox"]["means"], strict=True)
    )
    base = model["cox"]["baseline"]
    hazard = max(h for t, h in zip(base["times"], base["hazard"], strict=True) if t <= 36)
    assert result["survival"][0] == pytest.approx(math.exp(-hazard * math.exp(log_hazard)), rel=1e-9)
    assert result["low"][0] < result["survival"][0] < result["high"][0]


def test_a_missing_signature_and_other_mistakes_of_a_nomogram(developed, table, onfh, tmp_path):
    _, folder = developed
    out = tmp_path / "n.png"
    call = ("survival", "nomogram", "--out", out)
    some = ("--model", folder, "--arco", "II", "--oedema", "yes", "--angle", 250)
    check(onfh(*call, *some), out, "needs a number for '", "signature'")
    table.iloc[[5]].drop(columns=[c for c in table if c.startswith("DL_")]).to_csv(
        tmp_path / "hip.csv", index=False
    )
    check(
        onfh(*call, *some, "--features", tmp_path / "hip.csv"),
        out,
        "dl signature cannot be computed",
        "lacks 'DL_",
    )
    check(onfh(*call, "--arco", "II"), out, "--arco, --oedema and --angle together")
    check(onfh(*call, "--value", "height=3"), out, "no covariate 'height'", "arco_iiia")
    check(onfh(*call, "--value", "oedema=much"), out, "'much' is not a number")
    check(onfh(*call, "--months", 72), out, "Month 72")
    check(onfh(*call, "--model", folder, "--months", 600), out, "none of 600")
    check(onfh(*call, "--model", tmp_path), out, "holds no developed survival model")
    check(
        onfh("survival", "nomogram", "--out", tmp_path / "n.docx"), tmp_path / "n.docx", "should end in .png"
    )

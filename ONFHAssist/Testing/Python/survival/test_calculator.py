"""One hip on a model: the published one without pandas, a developed one from its file."""

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival.outcome import Outcome
from ONFHAssistLib.survival import calculator as calc
from ONFHAssistLib.survival.cox.model import CoxModel
from ONFHAssistLib.survival.published import clinical
from ONFHAssistLib.survival.published.clinical import ClinicalInput


@pytest.fixture(scope="module")
def cox_file(tmp_path_factory):
    """(file, model) of a Cox model of a stage and the angle itself."""
    rng = np.random.default_rng(4)
    n = 160
    table = pd.DataFrame({"arco_stage=IIIA": (rng.random(n) < 0.3) * 1.0})
    table["combined_necrotic_angle_deg"] = rng.normal(210, 40, n)
    risk = 0.8 * table.iloc[:, 0] + 0.015 * (table.iloc[:, 1] - 210)
    time = 70 * (rng.exponential(size=n) / np.exp(risk)) ** 0.6
    left = rng.uniform(20, 90, n)
    model = CoxModel().fit(table, Outcome(np.minimum(time, left), time <= left))
    return model.save(tmp_path_factory.mktemp("model") / "mine.json"), model


def test_the_published_model_needs_no_pandas_and_no_matplotlib():
    code = (
        "import sys; sys.modules['pandas'] = sys.modules['matplotlib'] = None;"
        "from ONFHAssistLib.survival import calculator as c; m = c.published_calculator();"
        "v = {'arco_iiia': 1.0, 'oedema': 0.0, 'angle': 1.0};"
        "print(round(m.points(v).total, 1), [round(s, 4) for s in m.estimate(v).survival], len(m.curve(v).months))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "185.4 [0.6074, 0.2619] 61"


@pytest.mark.parametrize("arco", ["I", "II", "IIIA"])
@pytest.mark.parametrize("oedema", [False, True])
@pytest.mark.parametrize("angle", [0.0, 210.4, 210.5, 360.0])
def test_points_curve_and_estimate_are_the_published_models(arco, oedema, angle):
    model = calc.published_calculator()
    findings = ClinicalInput(arco, oedema, angle)
    values = model.from_findings(findings)
    expected = clinical.predict_survival(findings)
    assert model.estimate(values) == expected
    assert list(model.points(values).survival.values()) == pytest.approx(expected.survival)
    assert model.curve(values) == clinical.survival_curve(findings)
    for _change, other in model.alternatives(values):
        assert other.survival != expected.survival


def test_a_cox_model_of_ones_own_answers_as_the_model_does(cox_file):
    path, model = cox_file
    mine = calc.load_calculator(path)
    values = mine.from_findings(ClinicalInput("IIIA", False, 250.0))
    assert values == {"arco_stage=IIIA": 1.0, "combined_necrotic_angle_deg": 250.0}
    row = pd.DataFrame([values])
    survival, low, high = model.survival_interval(row, [36, 60])
    estimate = mine.estimate(values)
    assert estimate.survival == pytest.approx(survival[0])
    assert (estimate.low, estimate.high) == (pytest.approx(low[0]), pytest.approx(high[0]))
    assert list(mine.points(values).survival.values()) == pytest.approx(survival[0])
    curve = mine.curve(values)
    assert curve.months[-1] == int(model.last_time_)
    assert curve.survival[0] == 1.0
    assert np.all(np.diff(curve.survival) <= 1e-12)
    assert mine.labels["arco_stage=IIIA"] == "ARCO stage IIIA"
    assert mine.usual_values()["arco_stage=IIIA"] == 0.0
    assert mine.usual_values()["combined_necrotic_angle_deg"] == pytest.approx(model.means_[1])
    average = mine.references([36.0])["Average hip of the cohort"]
    assert average[0] == pytest.approx(float(np.exp(-model.cumulative_baseline([36])[0])))


def test_months_beyond_the_follow_up_are_left_out_or_refused(cox_file):
    path, model = cox_file
    assert calc.load_calculator(path, (36, 600)).months == (36.0,)
    with pytest.raises(InputError, match=f"followed for {model.last_time_:g} months; none of 600"):
        calc.load_calculator(path, (600,))


def test_wrong_files_are_named(cox_file, tmp_path):
    path, _ = cox_file
    for content, words in (("{", "is not JSON"), ('{"format": "x"}', "not a survival model")):
        (tmp_path / "bad.json").write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match=words):
            calc.load_calculator(tmp_path / "bad.json")
    broken = json.loads(path.read_text(encoding="utf-8"))
    broken["coef"] = [1.0]
    (tmp_path / "bad.json").write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(InputError, match="do not fit together"):
        calc.load_calculator(tmp_path / "bad.json")
    with pytest.raises(InputError, match="cannot be read"):
        calc.load_calculator(tmp_path / "none.json")
    with pytest.raises(InputError, match="holds no developed survival model"):
        calc.load_calculator(tmp_path)

"""What the survival figures say, read back from them."""

import numpy as np
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.figures import survival as sf
from ONFHAssistLib.evaluate.figures.binary import save_figure
from ONFHAssistLib.evaluate.survival.calibration import calibration_curve, calibration_groups
from ONFHAssistLib.evaluate.survival.outcome import kaplan_meier, log_rank
from ONFHAssistLib.evaluate.survival.usefulness import decision_curve


@pytest.fixture(scope="module")
def cohort():
    rng = np.random.default_rng(6)
    hazard = 0.012 * np.exp(rng.normal(size=240))
    time, left = rng.exponential(1 / hazard), rng.uniform(6, 90, 240)
    return np.minimum(time, left), time <= left, 1 - np.exp(-36 * hazard)


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_kaplan_meier_counts_the_hips_at_risk_below_its_ticks(cohort):
    time, event, risk = cohort
    high = risk > np.median(risk)
    groups = {"Low": (time[~high], event[~high]), "High": (time[high], event[high])}
    figure = sf.draw_kaplan_meier(groups, test=log_rank(time, event, high), until=60)
    curve_axis, counts_axis = figure.axes
    ticks = [t for t in curve_axis.get_xticks() if t <= 60]
    expected = kaplan_meier(*groups["High"]).number_at_risk(ticks)
    rows = [t.get_text() for t in counts_axis.texts if t.get_position()[1] == -1 and t.get_text().isdigit()]
    assert rows == [str(n) for n in expected]
    assert "Log-rank p < 0.001" in words(curve_axis)
    assert curve_axis.lines[0].get_ydata()[0] == 1


def test_patient_curve_writes_its_figures(cohort):
    months = np.arange(61.0)
    survival = np.exp(-0.01 * months)
    figure = sf.draw_patient_curve(
        months, survival, survival**1.5, survival**0.5, {"Low risk": (months, survival**0.3)}, marks=(36, 60)
    )
    assert "70% (58% to 84%)" in words(figure.axes[0])
    labels = [t.get_text() for t in figure.axes[0].get_legend().get_texts()]
    assert labels == ["Low risk", "95% interval", "This hip"]


def test_calibration_is_drawn_as_survival(cohort):
    time, event, risk = cohort
    groups = calibration_groups(time, event, risk, 36)
    figure = sf.draw_calibration(
        {"36 months": (groups, calibration_curve(time, event, risk, 36, repeats=20))}
    )
    ax = figure.axes[0]
    points = ax.containers[0].lines[0]
    assert points.get_xdata() == pytest.approx(1 - groups.predicted)
    assert points.get_ydata() == pytest.approx(1 - groups.observed)


def test_decision_curve_and_auc_hold_the_numbers_given(cohort):
    time, event, risk = cohort
    curve = decision_curve(time, event, risk, 36)
    figure = sf.draw_decision_curves({"Model": curve}, 36)
    assert figure.axes[0].lines[2].get_ydata() == pytest.approx(curve.model)
    auc = sf.draw_time_dependent_auc({"A": ([12, 24], [0.7, 0.8], [0.6, 0.7], [0.8, 0.9])})
    assert list(auc.axes[0].lines[1].get_ydata()) == [0.7, 0.8]


def test_lasso_figure_counts_the_covariates_at_the_choices():
    penalties = np.array([0.3, 0.2, 0.1])
    coef = np.array([[0, 0, 0], [0.1, 0, 0], [0.2, -0.1, 0.0]])
    figure = sf.draw_lasso(penalties, coef, np.array([3, 2, 2.5]), np.ones(3) * 0.1, {"min": 0.2, "1se": 0.3})
    assert words(figure.axes[0]) == ["min (1)", "1se (0)"]
    assert len(figure.axes[0].lines) == 2 + 2  # two covariates that enter, two choices


def test_a_failed_write_leaves_nothing_behind(tmp_path, monkeypatch):
    figure = sf.draw_time_dependent_auc({"A": ([12], [0.7], [0.6], [0.8])})

    def broken(path, **_):
        path.write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(figure, "savefig", broken)
    with pytest.raises(OSError, match="disk full"):
        save_figure(figure, tmp_path / "auc.png")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputError, match=r"auc\.bmp should end in \.png, \.svg"):
        save_figure(figure, tmp_path / "auc.bmp")

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from support.r_reference import models

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.binary.discrimination import auc
from ONFHAssistLib.evaluate.binary.usefulness import decision_curve
from ONFHAssistLib.evaluate.figures import binary as figures


@pytest.fixture(scope="module")
def scores():
    outcome, old, new = models()
    return {"Texture": (outcome, old), "Three features": (outcome, new)}


def _words(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


def test_roc_curves_are_listed_best_first_with_their_interval(scores):
    axes = figures.draw_roc(scores).axes[0]
    words = _words(axes)
    assert words[0].startswith(f"Three features  {auc(*scores['Three features']):.3f} (")
    assert words[1].startswith("Texture")
    line = axes.get_lines()[0]
    area = np.trapezoid(line.get_ydata(), line.get_xdata())
    assert area == pytest.approx(auc(*scores["Texture"]))


def test_eight_models_differ_in_colour_and_in_line_style():
    assert len({to_rgb(colour) for colour in figures.COLOURS}) == 8
    assert len({str(style) for style in figures.STYLES}) == 8


def test_calibration_shows_every_case_in_the_strip_below(scores):
    figure = figures.draw_calibration(scores)
    strips = [patch for patch in figure.axes[1].patches if hasattr(patch, "get_data")]
    assert [int(np.sum(strip.get_data()[0])) for strip in strips] == [569, 569]
    assert any("Texture: Brier 0.192, slope 1.00" in word for word in _words(figure.axes[0]))


def test_calibration_without_a_slope_is_still_drawn():
    outcome = np.array([0] * 10 + [1] * 10)
    figure = figures.draw_calibration({"Perfect split": (outcome, np.linspace(0.01, 0.99, 20))})
    assert _words(figure.axes[0])[1].startswith("Perfect split: Brier")
    assert "slope" not in _words(figure.axes[0])[1]


def test_decision_curve_draws_models_all_and_none(scores):
    outcome = scores["Texture"][0]
    curve = decision_curve(outcome, {name: probability for name, (_, probability) in scores.items()})
    axes = figures.draw_decision_curve(curve).axes[0]
    assert _words(axes) == ["Texture", "Three features", "Treat all", "Treat none"]
    assert axes.get_lines()[0].get_ydata() == pytest.approx(curve.query("model == 'Texture'")["net_benefit"])


def test_lasso_path_names_the_largest_of_the_kept_features():
    lambdas = np.array([0.1, 0.01, 0.001])
    coefficients = np.array([[0.0, 0.3, 0.4], [0.0, -0.5, -0.6], [0.0, 0.0, 0.2]])
    names = ["original_shape_Sphericity", "wavelet-HLH_gldm_DependenceVariance", "DL_3"]
    axes = figures.draw_lasso_path(names, lambdas, coefficients, 0.01, labelled=2).axes[0]
    assert _words(axes) == ["wavelet-HLH gldm DependenceVariance", "shape Sphericity"]
    assert axes.get_legend().get_title().get_text() == "2 of 3 features at λ = 0.01"


def test_lasso_error_marks_both_penalties_and_counts_features():
    lambdas = np.logspace(-1, -3, 20)
    figure = figures.draw_lasso_error(
        lambdas, np.linspace(0.3, 0.1, 20), np.full(20, 0.02), np.arange(20), lambdas[-1], lambdas[5]
    )
    assert _words(figure.axes[0]) == ["λ minimum: 0.001", "λ one standard error: 0.0298"]
    assert [tick.get_text() for tick in figure.axes[1].get_xticklabels()][-1] == "19"


def test_weights_are_ordered_and_coloured_by_sign():
    axes = figures.draw_weights(["a", "b", "c"], [0.2, -0.9, 0.5]).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "c", "b"]
    colours = [patch.get_facecolor()[:3] for patch in axes.patches]
    assert colours[2] == pytest.approx(to_rgb(figures.LOWERS))
    assert colours[0] == pytest.approx(to_rgb(figures.RAISES))


def test_the_waterfall_ends_at_the_log_odds_of_the_case():
    table = pd.DataFrame(
        {"feature": list("abcd"), "z": [1.0, 2, -1, 0], "contribution": [1.5, -0.7, 0.4, 0.1]}
    )
    axes = figures.draw_contributions(table, -0.2, most=2).axes[0]
    bars = axes.patches
    assert [bar.get_x() for bar in bars] == pytest.approx([-0.2, 1.3, 0.6])
    assert bars[-1].get_x() + bars[-1].get_width() == pytest.approx(1.1)
    assert axes.get_yticklabels()[-1].get_text() == "2 other features"
    words = [text.get_text() for text in axes.texts]
    assert any("average hip 45%" in word and "this hip 75%" in word for word in words)


def test_the_confusion_matrix_counts_every_case(scores):
    outcome, probability = scores["Texture"]
    axes = figures.draw_confusion(outcome, probability, 0.5).axes[0]
    counts = [int(text.get_text().split("\n")[0]) for text in axes.texts]
    assert sum(counts) == 569
    assert counts[3] == ((probability >= 0.5) & (outcome == 1)).sum()
    assert counts[1] == ((probability >= 0.5) & (outcome == 0)).sum()


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".tif"])
def test_a_figure_is_written_whole(tmp_path, scores, suffix):
    path = figures.save_figure(figures.draw_roc(scores), tmp_path / "new" / f"roc{suffix}", dpi=60)
    assert path.stat().st_size > 2000
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_another_kind_of_file_is_refused(tmp_path, scores):
    with pytest.raises(InputError, match=r"roc\.docx should end in"):
        figures.save_figure(figures.draw_roc(scores), tmp_path / "roc.docx")


def test_a_long_feature_name_is_cut_in_the_middle():
    short = figures._short("wavelet-LLL_glszm_SmallAreaLowGrayLevelEmphasis_and_more_words")
    assert len(short) <= 45
    assert short.startswith("wavelet-LLL glszm")
    assert figures._short("log-sigma-5-0-mm-3D_glcm_Imc1") == "LoG 5 mm glcm Imc1"

"""A hip gets the same probability from *Run all*, ONFHPredict and the command line, where nobody chose a model."""

import inspect

from support.run_all_worker import Worker
from support.waiting import press

from ONFHAssistLib.bundles.defaults import DEFAULT_PREDICTORS, can_predict, default_predictor


def asked_predictor(worker):
    """The model that the worker was asked for, or its default."""
    from ONFHAssistLib.case.work import Settings

    return Settings(**worker.asked[0][1]["settings"]).completed().predictor


def test_run_all_the_panel_and_the_command_line_ask_the_same_model(home, panel):
    from ONFHAssistLib.case.work import Settings
    from ONFHAssistLib.cli.predict import predict

    worker = Worker()
    widget = home(worker)
    press(widget, widget.ui.runAllButton)
    step = panel("ONFHPredict")
    asked = {
        "run all": asked_predictor(worker),
        "panel": step.parameters.bundle,
        "shown in the panel": step.ui.bundleCombo.currentText,
        "first in the panel": step.logic.bundles()[0]["name"],
        "command line": inspect.signature(predict).parameters["bundle"].default,
        "demo, onfh run": Settings().completed().predictor,
    }
    assert set(asked.values()) == {"dlr-mri"}, asked


def test_the_published_formula_that_cannot_answer_is_not_offered(panel):
    offered = [row["name"] for row in panel("ONFHPredict").logic.bundles()]
    assert offered[0] == default_predictor()
    assert "rad-dlr-mri" in offered
    assert "dlr-published" not in offered
    assert can_predict("dlr-mri")
    assert not can_predict("dlr-published")


def test_the_model_without_deep_features_stands_in_where_the_other_is_not_shipped(tmp_path, monkeypatch):
    import ONFHAssistLib.core.resources as resources

    for name in reversed(DEFAULT_PREDICTORS):
        (tmp_path / "Models" / name / "configs").mkdir(parents=True)
        (tmp_path / "Models" / name / "configs" / "metadata.json").write_text("{}", encoding="utf-8")
        monkeypatch.setattr(resources, "RESOURCES", tmp_path)
        assert default_predictor() == name  # the better one as soon as it is there

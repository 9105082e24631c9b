"""A hip gets the same probability from *Run all*, ONFHPredict and the command line, where nobody chose a model."""

import inspect

from modules.test_run_all import Worker, home  # noqa: F401 - home is a fixture
from support.waiting import press

from ONFHAssistLib.bundles.defaults import PREDICTORS, can_answer, default_predictor


def test_run_all_the_panel_and_the_command_line_ask_the_same_model(home, panel):  # noqa: F811
    from ONFHAssistLab.demo.run import TASKS
    from ONFHAssistLib.cli.case import predict

    worker = Worker()
    widget = home(worker)
    press(widget, widget.ui.runAllButton)
    step = panel("ONFHPredict")
    asked = {
        "run all": dict(worker.asked)["predict_hips"]["bundle"],
        "panel": step.parameters.bundle,
        "shown in the panel": step.ui.bundleCombo.currentText,
        "first in the panel": step.logic.bundles()[0]["name"],
        "command line": inspect.signature(predict).parameters["bundle"].default,
        "demo": TASKS["predict_hips"][1]["bundle"],
    }
    assert set(asked.values()) == {"dlr-mri"}, asked


def test_the_published_formula_that_cannot_answer_is_not_offered(panel):
    offered = [row["name"] for row in panel("ONFHPredict").logic.bundles()]
    assert offered[0] == default_predictor()
    assert "rad-dlr-mri" in offered
    assert "dlr-published" not in offered
    assert can_answer("dlr-mri")
    assert not can_answer("dlr-published")


def test_the_model_without_deep_features_stands_in_where_the_other_is_not_shipped(tmp_path, monkeypatch):
    import ONFHAssistLib.core.resources as resources

    for name in reversed(PREDICTORS):
        (tmp_path / "Models" / name / "configs").mkdir(parents=True)
        (tmp_path / "Models" / name / "configs" / "metadata.json").write_text("{}", encoding="utf-8")
        monkeypatch.setattr(resources, "RESOURCES", tmp_path)
        assert default_predictor() == name  # the better one as soon as it is there

"""Closing or loading a scene: nothing of one patient stays in a panel for the next, and no panel reads half a scene."""

import pytest

from ONFHAssistLib.survival.published.clinical import ClinicalInput


def case_texts(ui):
    names = ("statusLabel", "notesLabel", "warningsLabel", "findingsLabel", "answerLabel", "stageAnswerLabel")
    return {name: getattr(ui, name).text for name in names if hasattr(ui, name)}


@pytest.mark.parametrize("module", ["ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict"])
def test_texts_and_tables_of_a_patient_leave_with_the_scene(panel, scene, module):
    widget = panel(module)
    table = scene.AddNewNodeByClass("vtkMRMLTableNode", "of the first patient")
    views = [view for view in vars(widget.ui).values() if hasattr(view, "mrmlTableNode")]
    for name in case_texts(widget.ui):
        getattr(widget.ui, name).text = "of the first patient"
    for view in views:
        view.setMRMLTableNode(table)
    scene.Clear(0)
    assert set(case_texts(widget.ui).values()) == {""}
    assert [view.mrmlTableNode() for view in views] == [None] * len(views)


def test_a_panel_that_was_left_does_not_follow_the_next_scene(panel, scene):
    widget = panel("ONFHSegment")
    widget.exit()
    scene.Clear(0)
    assert widget.parameters is None
    widget.enter()
    assert widget.parameters.volume is None


def test_a_panel_waits_until_a_scene_is_read(panel, scene, monkeypatch):
    widget = panel("ONFHSurvival")
    seen = []
    monkeypatch.setattr(widget, "update_panel", lambda: seen.append(scene.IsImporting()))
    scene.StartState(scene.ImportState)
    widget.parameters.parameterNode.Modified()
    assert seen == []
    scene.EndState(scene.ImportState)
    assert seen and not any(seen)


def test_a_table_of_a_removed_scene_makes_room_for_that_of_the_next(panel, scene):
    from ONFHAssistLib.scene.results.survival import survival_to_scene

    widget = panel("ONFHSurvival")
    survival_to_scene(None, "R", ClinicalInput("II", True, 228.0))
    widget.enter()
    scene.Clear(0)
    assert (widget.parameters.oedema, widget.parameters.angle) == (False, 180.0)
    assert widget.ui.survivalView.mrmlTableNode() is None
    table = survival_to_scene(None, "R", ClinicalInput("IIIA", False, 228.0))["table"]
    widget.enter()
    assert (widget.parameters.arco, widget.parameters.oedema) == ("IIIA", False)
    assert widget.ui.survivalView.mrmlTableNode() is table

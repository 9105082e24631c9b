"""A radiologist says which sequence a file without header is; a header's own word stays."""

import numpy as np
import pytest


def volume(**facts):
    from ONFHAssistLib.imaging.image import Image
    from ONFHAssistLib.scene.volumes import volume_from_image

    return volume_from_image(Image(np.ones((6, 7, 8), np.float32), metadata=facts), "hip")


def entries(combo):
    return [combo.itemText(i) for i in range(combo.count)]


@pytest.mark.parametrize("name", ["ONFHAssist", "ONFHPredict"])
def test_a_file_without_header_is_given_its_sequence(panel, name):
    from ONFHAssistLib.scene.volumes import facts_of_volume, image_from_volume

    node = volume()
    widget = panel(name)
    combo = widget.ui.sequenceCombo
    widget.parameters.volume = node
    assert combo.enabled
    assert combo.currentText == "not stated"
    assert {"T1", "T2", "T2 FS", "STIR", "PD", "PD FS"} < set(entries(combo))
    combo.currentIndex = combo.findText("T2 FS")
    facts = image_from_volume(node).metadata
    assert (facts["sequence"], facts["modality"]) == ("T2 FS", "MR")
    assert combo.enabled  # it may be corrected
    combo.currentIndex = combo.findText("STIR")
    assert facts_of_volume(node)["sequence"] == "STIR"
    combo.currentIndex = 0
    assert "sequence" not in facts_of_volume(node)


def test_both_panels_show_what_was_said(panel):
    node = volume()
    home = panel("ONFHAssist")
    home.parameters.volume = node
    home.ui.sequenceCombo.currentIndex = home.ui.sequenceCombo.findText("PD FS")
    home.exit()
    predict = panel("ONFHPredict")
    predict.parameters.volume = node
    assert predict.ui.sequenceCombo.currentText == "PD FS"


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"modality": "MR", "sequence": "T1"}, "T1"),
        ({"modality": "CT"}, "CT"),
        ({"modality": "MR", "series_kind": "ADC map"}, "ADC map"),
    ],
)
def test_the_word_of_the_header_stays(panel, facts, shown):
    from ONFHAssistLib.core.errors import InputError
    from ONFHAssistLib.scene.volumes import facts_of_volume, state_sequence

    node = volume(**facts)
    widget = panel("ONFHAssist")
    widget.parameters.volume = node
    assert entries(widget.ui.sequenceCombo) == [shown]
    assert not widget.ui.sequenceCombo.enabled
    with pytest.raises(InputError, match=f"says {shown}; that is kept"):
        state_sequence(node, "T2 FS")
    assert facts_of_volume(node).get("sequence") == facts.get("sequence")


def test_an_answer_that_stands_already_is_to_be_asked_for_again(panel):
    from ONFHAssistLib.scene.images.ownership import set_image
    from ONFHAssistLib.scene.tables import table_from_columns

    node = volume()
    widget = panel("ONFHAssist")
    widget.parameters.volume = node
    widget.ui.sequenceCombo.currentIndex = 1
    assert "predict again" not in widget.ui.statusLabel.text
    set_image(table_from_columns("prediction", {"side": ["R"]}, role="prediction", provenance={}), node)
    widget.ui.sequenceCombo.currentIndex = widget.ui.sequenceCombo.findText("T2 FS")
    assert widget.ui.statusLabel.text == "The sequence is T2 FS now; predict again."


def test_the_next_patient_has_its_own(panel, scene):
    import headless

    widget = panel("ONFHAssist")
    widget.parameters.volume = volume()
    widget.ui.sequenceCombo.currentIndex = 1
    headless.clear_scene()
    assert not widget.ui.sequenceCombo.enabled
    assert widget.ui.sequenceCombo.currentText == "not stated"
    widget.parameters.volume = volume()
    assert widget.ui.sequenceCombo.currentText == "not stated"

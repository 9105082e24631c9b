"""What Qt 5.15 does to a panel whose texts change while it is hidden can be done to one here."""

import headless

LONG = "These words are to be read to their end, whatever the width of the panel. " * 4


def test_a_text_that_grew_unheard_stays_cut_off_until_its_panel_is_laid_out_anew(module):
    import slicer

    slicer.util.selectModule("Sample")
    headless.resize_panel(500, 500)
    label = slicer.modules.SampleWidget.ui.resultLabel
    label.wordWrap = True
    assert headless.clipped() == []
    panel = slicer.modules.SampleWidget.parent
    with headless.lost_requests(panel):
        label.text = LONG
    assert [found.widget for found in headless.clipped()] == [label]
    label.text += (
        LONG  # said while requests are heard, but by a layout that waits for an answer to its first one
    )
    assert [found.widget for found in headless.clipped()] == [label]
    for widget in (label.parentWidget(), panel):
        widget.layout().invalidate()
        widget.layout().activate()
    assert headless.clipped() == []
    slicer.util.selectModule("Data")

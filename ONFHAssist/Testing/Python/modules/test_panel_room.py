"""No text of a patient is cut off, and the answer of both hips is in view, in the sizes of real windows.

The sizes are those of Slicer's module panel in a window of the real application: below the menus and tool bars, above the
data probe, as wide as it makes itself for the panels.
"""

import os

import headless
import pytest
from support.run_all_worker import Worker
from support.waiting import press, wait_for

NAMES = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival")
SIZES = {"1600 x 1000": (470, 673), "1280 x 720": (470, 393)}
BUTTONS = (
    *("runAllButton", "reportButton", "notesButton", "segmentButton", "redoSegmentButton"),
    *("predictButton", "survivalButton", "redoSurvivalButton"),
)
LONG = "The outline of the head reaches the edge of the image, where nothing is known of it; look at it closely. "
WARNINGS = ["The left hip holds metal and was left out.", LONG * 2, LONG]


def every_order(names):
    """The shortest sequence known that holds every order of its names."""
    whole = list(names[:1])
    for count in range(2, len(names) + 1):
        before, whole = whole, []
        for start in range(len(before) - count + 2):
            part = before[start : start + count - 1]
            if len(set(part)) == count - 1:
                part = [*part, names[count - 1], *part]
                lap = next(n for n in range(count, -1, -1) if whole[len(whole) - n :] == part[:n])
                whole += part[lap:]
    return whole


def every_pair(names):
    """Each of five names straight after each other one: round by steps of one, of two, of three and of four."""
    return [names[step * k % len(names)] for step in range(1, len(names)) for k in range(len(names))] + [
        names[0]
    ]


# In the lower window, where room is scarce, all orders; in the higher one make check-scenes has them.
ALL = bool(os.environ.get("ONFH_ALL_ORDERS"))
ORDERS = {size: every_order if ALL or height < 500 else every_pair for size, (_, height) in SIZES.items()}


@pytest.fixture
def shown(modules):
    """``shown(name)`` opens a module in the module panel, as its name in the list of modules does."""
    import slicer

    def show(name):
        slicer.util.selectModule(name)
        slicer.app.processEvents()
        return getattr(slicer.modules, f"{name}Widget")

    yield show
    slicer.util.selectModule("Data")


@pytest.fixture
def answered(home):
    """The home panel with the answer of two hips, three long warnings among it."""
    widget = home(Worker(warnings=WARNINGS))
    press(widget, widget.ui.runAllButton)
    return widget


def cut_off():
    return [(found.name, found.text[:40], found.width, found.height) for found in headless.clipped()]


def seconds(widget):
    """Let the panel look after its texts: its timer beats five times a second."""
    beats = []
    widget.fit._often.connect("timeout()", lambda: beats.append(1))
    wait_for(lambda: len(beats) > 1)


def looked_after(widget):
    """What its timer does a fifth of a second later at most."""
    import slicer

    slicer.app.processEvents()
    widget.fit.look()
    slicer.app.processEvents()


def texts_of(widget, text):
    """Every text of a case in a panel, such as a status, a warning or an answer; each in its section."""
    from ONFHAssistLib.ui.module_widget import _CASE_TEXTS

    for label in [getattr(widget.ui, name) for name in _CASE_TEXTS if hasattr(widget.ui, name)]:
        label.text = text
        if not getattr(label.parentWidget(), "collapsed", False):
            label.visible = True


def test_the_sequences_hold_every_order_and_every_pair():
    import itertools

    said = "".join(every_order("abcde"))
    assert all("".join(order) in said for order in itertools.permutations("abcde"))
    assert len(said) == 153
    short = "".join(every_pair("abcde"))
    assert all("".join(pair) in short for pair in itertools.permutations("abcde", 2))
    assert len(short) == 21


@pytest.fixture(scope="module", autouse=True)
def drawn_once(modules):
    """The same nomogram in the same width is drawn once; each time that its panel is shown would take half a second."""
    from ONFHAssistLib.ui.panels import survival

    draw, kept = survival.pictures, {}

    def pictures(calculator, values, folder, width_in):
        asked = (calculator.title, calculator.source, repr(sorted(values.items())), width_in)
        if asked not in kept:
            kept[asked] = [
                (path.name, path.read_bytes()) for path in draw(calculator, values, folder, width_in)
            ]
        for name, content in kept[asked]:
            (folder / name).write_bytes(content)
        return tuple(folder / name for name, _ in kept[asked])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(survival, "pictures", pictures)
        yield


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off_in_any_order_of_the_panels(answered, shown, size):
    for name in NAMES:
        shown(name)
        headless.resize_panel(*SIZES[size])
    for turn, name in enumerate(ORDERS[size](NAMES)):
        widget = shown(name)
        assert cut_off() == [], (turn, name)
        texts_of(widget, LONG * (turn % 4))  # while it is shown; the next ones while they are hidden
        looked_after(widget)
        assert cut_off() == [], (turn, name)
        for other in NAMES:
            if other != name:
                texts_of(getattr(__import__("slicer").modules, f"{other}Widget"), LONG * ((turn + 1) % 3))


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_a_panel_gets_over_requests_for_room_that_qt_lost(answered, shown, name, size):
    widget = shown(name)
    headless.resize_panel(*size)
    texts_of(widget, "")
    assert cut_off() == []
    widget.fit.stop()
    with headless.lost_requests(widget.parent):
        texts_of(widget, LONG * 3)
    widget.ui.statusLabel.text += (
        LONG  # heard, but by a layout that still waits for an answer to its first request
    )
    assert cut_off()
    widget.fit.start()
    wait_for(lambda: not cut_off())
    with headless.lost_requests(widget.parent):
        texts_of(widget, LONG * 4)
    seconds(widget)
    assert cut_off() == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("before", ["ONFHSurvival", "ONFHSegment", "nothing"])
def test_the_answer_of_both_hips_is_in_view_without_scrolling(home, shown, size, before):
    widget = home(Worker(warnings=WARNINGS))
    shown("ONFHAssist")
    headless.resize_panel(*size)
    press(widget, widget.ui.runAllButton)
    if before != "nothing":
        shown(before)
        shown("ONFHAssist")
    assert "<b>Right hip</b>" in widget.ui.glanceLabel.text
    assert "<b>Left hip</b>" in widget.ui.glanceLabel.text
    assert headless.in_view(widget.ui.glanceLabel)
    for name in BUTTONS:
        assert headless.in_view(getattr(widget.ui, name)), name
    assert cut_off() == []


def test_the_answer_stays_in_view_when_the_window_is_made_smaller_until_the_user_scrolls(answered, shown):
    import slicer

    widget = shown("ONFHAssist")
    for size in (*SIZES.values(), SIZES["1600 x 1000"], (470, 420)):
        headless.resize_panel(*size)
        assert headless.in_view(widget.ui.glanceLabel), size
    bar = slicer.util.mainWindow().modulePanel()._area.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    headless.resize_panel(*SIZES["1280 x 720"])
    assert bar.value == 0


def test_the_warnings_stand_below_the_answer_that_they_are_about(answered, shown):
    shown("ONFHAssist")
    headless.resize_panel(*SIZES["1600 x 1000"])
    ui = answered.ui
    count = len(ui.notesLabel.text.splitlines())  # three of the outlining, and what the steps could not tell
    assert count > len(WARNINGS)
    assert ui.notesButton.text.endswith(f"Warnings: {count}")  # one line until somebody wants to read them
    assert not ui.notesLabel.visible
    ui.notesButton.click()
    assert ui.notesLabel.visible
    assert "holds metal" in ui.notesLabel.text
    looked_after(answered)
    assert cut_off() == []
    assert ui.notesLabel.parentWidget() is ui.glanceGroup
    assert ui.glanceLabel.y + ui.glanceLabel.height <= ui.notesLabel.y
    ui.notesButton.click()


def test_a_status_without_text_takes_no_line_and_comes_back_with_its_words(answered, shown):
    import slicer

    widget = shown("ONFHAssist")
    widget.ui.dicomStatusLabel.text = ""
    seconds(widget)
    before = widget.ui.glanceGroup.height
    widget.ui.dicomStatusLabel.text = "Stored."
    seconds(widget)
    slicer.app.processEvents()
    assert widget.ui.dicomStatusLabel.visible
    assert widget.ui.glanceGroup.height >= before + widget.ui.dicomStatusLabel.height
    assert widget.ui.notesLabel.text
    assert not widget.ui.notesLabel.visible  # folded warnings stay folded


# the width ------------------------------------------------------------------------------------------------


def widths(shown):
    import slicer

    found = {}
    for name in NAMES:
        shown(name)
        headless.resize_panel(100, 600)
        found[name] = slicer.util.mainWindow().modulePanel().minimumSizeHint().width()
    return found


def test_the_panel_is_equally_wide_in_all_modules_with_and_without_a_case(home, shown):
    import slicer

    empty = widths(shown)
    assert len(set(empty.values())) == 1, empty
    assert empty["ONFHAssist"] == 470
    slicer.modules.ONFHSurvivalWidget.nomogram.draw()  # its pictures
    widget = home(Worker(warnings=WARNINGS))
    press(widget, widget.ui.runAllButton)
    assert widths(shown) == empty
    assert cut_off() == []


def test_the_pictures_of_the_nomogram_are_as_wide_as_the_panel_leaves_them(answered, shown):
    widget = shown("ONFHSurvival")
    headless.resize_panel(*SIZES["1600 x 1000"])
    assert widget.nomogram.draw()
    for label in (widget.ui.nomogramPicture, widget.ui.curvePicture):
        assert 0.85 * label.width <= label.pixmap.width() <= label.width


@pytest.mark.parametrize("effect", ["Paint", "Erase", "Scissors", "Threshold", None])
def test_an_effect_of_the_segment_editor_leaves_the_width_alone(answered, shown, effect):
    import slicer

    widget = shown("ONFHSegment")
    headless.resize_panel(100, 600)
    before = slicer.util.mainWindow().modulePanel().minimumSizeHint().width()
    widget.ui.editGroup.collapsed = False
    widget.ui.segmentEditor.setActiveEffectByName(effect or "")
    widget.ui.segmentEditor.minimumWidth = 700  # as the options of an effect would like to have it
    headless.resize_panel(100, 600)
    widget.ui.segmentEditor.minimumWidth = 0
    widget.ui.editGroup.collapsed = True
    assert slicer.util.mainWindow().modulePanel().minimumSizeHint().width() == before

"""The module panel in its scroll area: what is cut off is found, also after other modules were shown."""

import itertools
import textwrap

import headless
import pytest

LONG = (
    "These words are to be read to their end, whatever the width of the panel and the height of the window. "
    * 4
)

WORDY = """
import qt
from slicer.ScriptedLoadableModule import *

class {name}(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = "{name}"

class {name}Widget(ScriptedLoadableModuleWidget):
    def setup(self):
        ScriptedLoadableModuleWidget.setup(self)
        self.box = qt.QGroupBox("Answer")
        rows = qt.QVBoxLayout(self.box)
        self.labels = [qt.QLabel("short") for _ in range({labels})]
        for label in self.labels:
            label.wordWrap = True
            rows.addWidget(label)
        self.layout.addWidget(self.box)
        self.layout.addStretch(1)
"""


@pytest.fixture
def wordy(scene, tmp_path):
    """Three modules whose panels hold one, four and nine word-wrapped labels in a group."""
    import slicer

    names = {"Few": 1, "Some": 4, "Many": 9}
    for name, labels in names.items():
        (tmp_path / f"{name}.py").write_text(textwrap.dedent(WORDY).format(name=name, labels=labels))
        headless.load_module(tmp_path, name)
    yield {name: getattr(slicer.modules, name.lower()).widgetRepresentation().self() for name in names}
    slicer.util.mainWindow().modulePanel().setModule("")
    for name in names:
        slicer.app.moduleManager().unload(name)


@pytest.fixture
def inside(scene):
    """``inside(widget)`` shows a widget alone in a window of the given size."""
    import qt

    shown = []

    def show(widget, width=300, height=200):
        window = qt.QWidget()
        window.setFixedSize(width, height)
        widget.setParent(window)
        widget.setGeometry(0, 0, width, height)
        window.show()
        shown.append(window)
        return widget

    yield show
    for window in shown:
        window.close()


def cut(widget):
    return [(found.name, found.width > 0, found.height > 0) for found in headless.clipped(widget)]


def test_label_that_has_its_room_is_whole(inside):
    import qt

    label = inside(qt.QLabel("Short"))
    assert headless.clipped(label) == []


def test_wrapped_label_without_its_last_lines_is_found(inside):
    import qt

    label = qt.QLabel(LONG)
    label.wordWrap, label.objectName = True, "answer"
    inside(label, 300, 60)
    (found,) = headless.clipped(label)
    assert (found.name, found.text, found.width, found.widget) == ("answer", LONG, 0, label)
    assert found.height == label.heightForWidth(300) - 60 > 20


def test_rich_text_is_measured_as_it_is_drawn(inside):
    import qt

    label = qt.QLabel("<b>One</b><br>two<br>three<br>four")
    label.objectName, label.wordWrap = "rich", True
    inside(label, 300, 30)
    assert cut(label) == [("rich", False, True)]


def test_text_that_is_too_wide_is_found(inside):
    import qt

    words = {
        qt.QLabel: "one line that does not wrap",
        qt.QPushButton: "a button with a long inscription",
        qt.QCheckBox: "a box with a long inscription",
        qt.QGroupBox: "a group with a long title, longer than it is wide",
    }
    for kind, text in words.items():
        widget = kind(text)
        widget.objectName = kind.__name__
        inside(widget, 60, 40)
        assert cut(widget) == [(kind.__name__, True, False)], kind


def test_word_that_cannot_be_broken_is_found(inside):
    import qt

    label = qt.QLabel("Pneumonoultramicroscopicsilicovolcanoconiosis")
    label.wordWrap, label.objectName = True, "word"
    inside(label, 80, 100)
    assert cut(label) == [("word", True, False)]


def test_choice_of_a_combo_box_is_found_where_its_field_is_too_narrow(inside):
    import qt

    box = qt.QComboBox()
    box.addItems(["no", "a choice of many words"])
    inside(box, 100, 30)
    assert headless.clipped(box) == []
    box.currentIndex = 1
    assert [found.text for found in headless.clipped(box)] == ["a choice of many words"]


def test_title_of_a_folded_section_is_measured(inside):
    import ctk

    section = ctk.ctkCollapsibleButton("A section with a title of many words")
    section.collapsed = True
    inside(section, 120, 40)
    assert [(found.width > 0, found.height) for found in headless.clipped(section)] == [(True, 0)]


def test_text_outside_the_widget_around_it_is_found(inside):
    import qt

    outer = qt.QWidget()
    label = qt.QLabel("here", outer)
    label.setGeometry(290, 90, 100, 20)
    inside(outer, 300, 100)
    assert [(found.width, found.height) for found in headless.clipped(outer)] == [
        (label.sizeHint.width() - 10, label.sizeHint.height() - 10)
    ]
    label.hide()
    assert headless.clipped(outer) == []


@pytest.mark.parametrize("bar", ["ScrollBarAsNeeded", "ScrollBarAlwaysOff"])
def test_text_that_can_be_scrolled_to_is_whole(inside, bar):
    import qt

    browser = qt.QTextBrowser()
    browser.setPlainText(LONG)
    browser.setVerticalScrollBarPolicy(getattr(qt.Qt, bar))
    inside(browser, 300, 60)
    assert bool(headless.clipped(browser)) is (bar == "ScrollBarAlwaysOff")


def test_panel_is_the_size_that_was_asked_for_but_not_narrower_than_a_module_asks_for(module):
    import slicer

    slicer.util.selectModule("Sample")
    panel = headless.resize_panel(700, 400)
    assert (panel.width, panel.height) == (700, 400)
    assert headless.clipped() == []
    assert 100 < headless.resize_panel(50, 400).width < 700
    slicer.util.selectModule("Data")


def test_a_panel_of_the_module_that_is_too_low_scrolls(wordy):
    import slicer

    slicer.util.selectModule("Many")
    for label in wordy["Many"].labels:
        label.text = LONG
    headless.resize_panel(500, 300)
    first, last = wordy["Many"].labels[0], wordy["Many"].labels[-1]
    assert headless.clipped() == []
    assert headless.in_view(first)
    assert not headless.in_view(last)
    headless.resize_panel(500, 3000)
    assert headless.in_view(last)


def test_a_group_that_keeps_its_height_is_found(wordy):
    import slicer

    slicer.util.selectModule("Some")
    panel = wordy["Some"]
    headless.resize_panel(500, 300)
    panel.box.setFixedHeight(panel.box.height)
    for label in panel.labels:
        label.text = LONG
    assert len(headless.clipped()) == 4
    assert all(found.height > 0 for found in headless.clipped())


def test_what_is_wider_than_the_panel_is_found_since_it_does_not_scroll_sideways(wordy):
    import qt
    import slicer

    slicer.util.selectModule("Few")
    headless.resize_panel(500, 300)
    wordy["Few"].box.setFixedWidth(2000)
    wordy["Few"].labels[0].text = LONG
    slicer.util.mainWindow().setFixedWidth(500)
    try:
        assert [
            found.width > 1000 for found in headless.clipped() if isinstance(found.widget, qt.QLabel)
        ] == [True]
    finally:
        slicer.util.mainWindow().setMinimumWidth(0)
        slicer.util.mainWindow().setMaximumWidth(16777215)


@pytest.mark.parametrize("order", list(itertools.permutations(["Few", "Some", "Many"])), ids="-".join)
def test_nothing_is_cut_off_after_other_modules_were_shown(wordy, order):
    """Texts that grow while another module is shown, with the panel made wider and narrower in between."""
    import slicer

    for size, name in zip([(520, 600), (640, 400), (520, 900)], order, strict=True):
        slicer.util.selectModule(name)
        headless.resize_panel(*size)
        for panel in wordy.values():
            for label in panel.labels:
                label.text = label.text + " " + LONG
        assert headless.clipped() == [], name
    for name in (*order, *reversed(order)):
        slicer.util.selectModule(name)
        assert slicer.util.selectedModule() == name
        assert headless.clipped() == [], name

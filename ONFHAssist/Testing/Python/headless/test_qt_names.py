"""``qt`` behaves as through PythonQt: properties are attributes, methods are calls, unknown names are errors."""

import subprocess
import sys
from pathlib import Path

import headless
import pytest

pytestmark = pytest.mark.usefixtures("slicer_app")


@pytest.fixture
def button():
    import qt

    return qt.QPushButton("Run")


def test_properties_read_and_write_without_parentheses(button):
    button.text = "Apply"
    button.enabled = False
    button.toolTip = "Starts"
    button.checkable = True
    button.checked = True
    button.objectName = "applyButton"
    button.visible = False
    assert (button.text, button.enabled, button.toolTip, button.checked) == ("Apply", False, "Starts", True)
    assert (button.objectName, button.name, button.visible) == ("applyButton", "applyButton", False)


def test_methods_are_calls(button):
    button.setText("Next")
    button.setEnabled(False)
    button.setCheckable(True)
    button.setChecked(True)
    assert button.text == "Next"
    assert button.isEnabled() is False
    assert button.isChecked() is True


def test_numbers_and_choices_are_properties_too():
    import qt

    spin = qt.QDoubleSpinBox()
    spin.minimum, spin.maximum, spin.value, spin.suffix = -5.0, 5.0, 2.5, " mm"
    assert (spin.minimum, spin.maximum, spin.value, spin.suffix) == (-5.0, 5.0, 2.5, " mm")
    combo = qt.QComboBox()
    combo.addItems(["fast", "full"])
    combo.setItemData(1, "payload")
    combo.currentIndex = 1
    assert (combo.count, combo.currentIndex, combo.currentText) == (2, 1, "full")
    assert (combo.itemText(0), combo.itemData(1), combo.findText("full")) == ("fast", "payload", 1)
    line = qt.QLineEdit()
    line.text, line.placeholderText = "abc", "initials"
    assert (line.text, line.placeholderText) == ("abc", "initials")


def test_table_rows_and_size_hints_are_properties():
    import qt

    table = qt.QTableWidget(2, 3)
    assert (table.rowCount, table.columnCount) == (2, 3)
    assert table.horizontalHeader().visible is False  # made by Qt, not by us
    assert button_size() == (True, True)


def button_size():
    import qt

    hint = qt.QPushButton("a long text on it").sizeHint
    return hint.width() > 60, hint.height() > 10


def test_overridden_size_hint_is_used():
    import qt

    class Wide(qt.QWidget):
        def sizeHint(self):
            return qt.QSize(321, 123)

    outer = qt.QWidget()
    layout = qt.QVBoxLayout(outer)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(Wide())
    assert outer.sizeHint == qt.QSize(321, 123)


def test_unknown_attribute_names_the_class(button):
    with pytest.raises(AttributeError, match="QPushButton has no attribute named 'nosuch'"):
        _ = button.nosuch
    assert not hasattr(button, "nosuch")


def test_setting_an_unknown_attribute_is_refused(button):
    with pytest.raises(AttributeError, match="creating new attributes on C\\+\\+ objects is not allowed"):
        button.nosuch = 1


def test_stand_ins_are_as_strict_as_qt_itself():
    import slicer

    with pytest.raises(AttributeError, match="qMRMLNodeComboBox has no attribute named 'nosuch'"):
        _ = slicer.qMRMLNodeComboBox().nosuch
    with pytest.raises(AttributeError, match="not allowed"):
        slicer.qMRMLNodeComboBox().nosuch = 1


def test_class_of_a_script_may_have_its_own_attributes():
    import qt

    class Panel(qt.QWidget):
        def __init__(self):
            super().__init__()
            self.steps = 4

    panel = Panel()
    panel.more = 5
    assert (panel.steps, panel.more, panel.className()) == (4, 5, "QWidget")


def test_value_of_a_wrong_type_is_refused(button):
    with pytest.raises(ValueError, match="enabled"):
        button.enabled = None


def test_read_only_property_is_refused(button):
    with pytest.raises(AttributeError, match="not writable"):
        button.width = 5


def test_signal_text_decides_the_arguments(button):
    heard = []
    assert button.connect("clicked()", lambda *arguments: heard.append(("plain", arguments))) is True
    assert button.connect("clicked(bool)", lambda *arguments: heard.append(("bool", arguments))) is True
    button.click()
    assert heard == [("plain", ()), ("bool", (False,))]


def test_unknown_signal_returns_false_and_says_so(button, capsys):
    assert button.connect("nosuch()", print) is False
    assert "nosuch()" in capsys.readouterr().err


def test_disconnect_ends_the_calls(button):
    heard = []

    def hear(checked):
        heard.append(checked)

    button.connect("clicked(bool)", hear)
    assert button.disconnect("clicked(bool)", hear) is True
    button.click()
    assert heard == []


def test_signal_attribute_connects_and_passes_the_bool(button):
    heard = []
    button.clicked.connect(lambda checked: heard.append([checked]))
    button.click()
    assert heard == [[False]]


def test_method_of_a_plain_object_is_a_receiver(button):
    class Listener:
        def __init__(self):
            self.heard = 0

        def hear(self):
            self.heard += 1

    listener = Listener()
    button.connect("clicked()", listener.hear)
    button.click()
    assert listener.heard == 1
    assert button.disconnect("clicked()", listener.hear) is True
    button.click()
    assert listener.heard == 1


def test_timer_runs_in_process_events(slicer_app):
    import time

    import qt

    heard = []
    timer = qt.QTimer()
    timer.singleShot, timer.interval = True, 1
    timer.connect("timeout()", lambda: heard.append("timer"))
    timer.start()
    qt.QTimer.singleShot(0, lambda: heard.append("single"))
    assert heard == []
    end = time.monotonic() + 5
    while len(heard) < 2 and time.monotonic() < end:
        slicer_app.processEvents()
    assert sorted(heard) == ["single", "timer"]


def test_process_output_is_read_once():
    import qt

    process = qt.QProcess()
    process.start(sys.executable, ["-c", "print('{}')"])
    assert process.waitForFinished(20000)
    first = process.readAllStandardOutput().data()
    assert first.split() == [b"{}"]
    assert process.readAllStandardOutput().data() == b""
    assert process.exitCode() == 0


def test_process_signals_arrive(slicer_app):
    import time

    import qt

    finished = []
    process = qt.QProcess()
    assert process.connect("finished(int,QProcess::ExitStatus)", lambda code, status: finished.append(code))
    process.start(sys.executable, ["-c", "raise SystemExit(3)"])
    end = time.monotonic() + 20
    while not finished and time.monotonic() < end:
        slicer_app.processEvents()
    assert finished == [3]


def test_find_children_by_class_name():
    import qt

    outer = qt.QWidget()
    inner = qt.QWidget(outer)
    button = qt.QPushButton("x", inner)
    button.name = "deep"
    assert outer.findChildren("QPushButton") == [button]
    assert outer.findChildren("QPushButton", "other") == []
    assert set(outer.findChildren(qt.QWidget)) == {inner, button}


def test_many_calls_that_return_nothing_leave_the_interpreter_alive():
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import headless; headless.start(); import qt\n"
        "button = qt.QPushButton()\n"
        "for _ in range(100_000): button.setText('x')\n"
    )
    folder = str(Path(headless.__file__).resolve().parents[1])
    result = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")

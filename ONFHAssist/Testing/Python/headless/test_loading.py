"""Modules are found, constructed and shown as 3D Slicer does it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import headless
import pytest

SAMPLE = Path(__file__).parent / "sample"
HEADLESS = Path(headless.__file__).resolve().parents[1]


@pytest.fixture
def widget(module):
    return module.widgetRepresentation().self()


@pytest.fixture
def written(scene, tmp_path):
    """``written(name, line)`` writes a module whose constructor runs this line; it is unloaded in the end."""
    import slicer

    names = []

    def write(name, line="pass"):
        (tmp_path / f"{name}.py").write_text(
            "from slicer.ScriptedLoadableModule import *\n"
            f"class {name}(ScriptedLoadableModule):\n"
            "    def __init__(self, parent):\n"
            "        ScriptedLoadableModule.__init__(self, parent)\n"
            f"        {line}\n"
            f"class {name}Widget(ScriptedLoadableModuleWidget):\n"
            "    pass\n"
        )
        names.append(name)
        return tmp_path

    yield write
    for name in names:
        if slicer.app.moduleManager().isLoaded(name):
            slicer.app.moduleManager().unload(name)


def test_module_is_known_by_its_lower_case_name(module):
    import slicer

    assert slicer.modules.sample is module
    assert module.title == "Sample"
    assert module.categories == ["Quantification"]
    assert Path(module.path) == SAMPLE / "Sample.py"
    assert "Sample" in slicer.util.moduleNames()
    assert slicer.util.modulePath("Sample") == module.path


def test_unknown_module_is_an_attribute_error(slicer_app):
    import slicer

    with pytest.raises(AttributeError):
        _ = slicer.modules.nosuch


def test_widget_is_published_once_it_is_shown(module):
    import slicer

    assert not hasattr(slicer.modules, "SampleWidget")
    widget = module.widgetRepresentation()
    assert slicer.modules.SampleWidget is widget.self()
    assert slicer.util.getModuleWidget("Sample") is widget.self()
    assert module.widgetRepresentation() is widget
    assert module.createNewWidgetRepresentation() is not widget


def test_ui_connection_hands_the_scene_to_the_selector(widget, scene):
    assert widget.ui.volumeSelector.mrmlScene() is scene


def test_ui_connection_of_plain_qt_works(widget):
    widget.ui.flagBox.checked = False
    assert not widget.ui.radiusBox.enabled


def test_flags_of_a_stand_in_are_read_from_the_ui_file(widget):
    import ctk

    assert widget.ui.folderEdit.filters == ctk.ctkPathLineEdit.Dirs | ctk.ctkPathLineEdit.Writable


def test_unknown_slicer_widget_in_a_ui_file_is_an_error(slicer_app, tmp_path):
    import slicer

    path = tmp_path / "x.ui"
    path.write_text('<ui version="4.0"><widget class="qMRMLNoSuchWidget" name="top"/></ui>')
    with pytest.raises(NotImplementedError, match="qMRMLNoSuchWidget"):
        slicer.util.loadUI(str(path))


def test_missing_ui_file_is_a_runtime_error(slicer_app, tmp_path):
    import slicer

    with pytest.raises(RuntimeError, match="file not found"):
        slicer.util.loadUI(str(tmp_path / "none.ui"))


def test_opening_modules_calls_enter_and_exit(module, widget):
    import slicer

    slicer.util.selectModule("Sample")
    slicer.util.selectModule("Data")
    assert widget.calls == ["enter", "exit"]
    assert slicer.util.selectedModule() == "Data"


def test_button_runs_on_the_chosen_volume(widget):
    import numpy as np
    import slicer

    volume = slicer.util.addVolumeFromArray(np.full((2, 3, 4), 7.0))
    widget.ui.volumeSelector.setCurrentNode(volume)
    widget.ui.applyButton.click()
    assert widget.ui.resultLabel.text == "7.0"


def test_self_test_runs_and_can_fail(module, monkeypatch):
    import slicer

    slicer.selfTests["Sample"]()
    monkeypatch.setattr(sys.modules["Sample"].SampleLogic, "mean", lambda self, volume: 5.0)
    with pytest.raises(AssertionError):
        slicer.selfTests["Sample"]()


def test_reload_makes_a_new_widget_and_cleans_the_old_one_up(module, widget):
    import slicer

    widget.onReload()
    assert slicer.modules.SampleWidget is not widget
    assert "cleanup" in widget.calls
    assert slicer.modules.SampleWidget.ui.applyButton.text == "Apply"


def test_file_without_its_class_is_refused(slicer_app, tmp_path):
    (tmp_path / "Helper.py").write_text("x = 1\n")
    with pytest.raises(ImportError, match="no class 'Helper'"):
        headless.load_modules(tmp_path)


def test_missing_dependency_is_refused(written):
    folder = written("Needy", "parent.dependencies = ['NoSuchModule']")
    with pytest.raises(ImportError, match="NoSuchModule"):
        headless.load_modules(folder)


def test_grab_writes_a_panel_with_something_on_it(widget, tmp_path):
    import qt

    path = headless.grab(widget, tmp_path / "panel.png", width=520)
    image = qt.QImage(str(path))
    assert image.width() == 520
    assert 200 < image.height() < 600
    colours = {image.pixel(x, y) for x in range(0, 520, 2) for y in range(0, image.height(), 2)}
    assert len(colours) > 30


def test_start_takes_under_four_seconds_and_imports_nothing_heavy():
    # Of the processor, not of the clock on the wall: other tests may run beside this one.
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1]); import headless; headless.start();"
        "heavy = {'torch', 'monai', 'pandas', 'sklearn', 'radiomics', 'matplotlib'} & set(sys.modules);"
        "print(time.process_time(), *heavy)"
    )
    command = [sys.executable, "-c", code, str(HEADLESS)]
    seconds, *heavy = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert heavy == []
    assert float(seconds) < 4.0


def test_driver_of_self_tests_says_how_they_ended(module, monkeypatch):
    assert headless.run_unit_test(SAMPLE, "Sample").wasSuccessful()
    monkeypatch.setattr(sys.modules["Sample"].SampleLogic, "mean", lambda self, volume: 5.0)
    assert len(headless.run_unit_test(SAMPLE, "Sample").failures) == 1


def test_modules_of_a_folder_share_the_package_beside_them(written):
    """One may also depend on another, which the alphabet would load later."""
    written("AFirst", "from SharedLib import TITLE; parent.title = TITLE; parent.dependencies = ['BSecond']")
    folder = written("BSecond")
    (folder / "SharedLib").mkdir()
    (folder / "SharedLib" / "__init__.py").write_text("TITLE = 'of the package'\n")
    assert [module.name for module in headless.load_modules(folder)] == ["BSecond", "AFirst"]
    import slicer

    assert slicer.modules.afirst.title == "of the package"


def test_module_in_the_category_testing_cannot_be_selected(written):
    import slicer

    headless.load_modules(written("Hidden", "parent.categories = ['Testing.Own']"))
    slicer.util.selectModule("Data")
    slicer.util.selectModule("Hidden")
    assert slicer.util.selectedModule() == "Data"


def test_what_a_module_forgot_to_say_shows(written):
    silent = headless.load_module(written("Silent"), "Silent")
    assert "template" in silent.helpText
    assert "NA-MIC" in silent.acknowledgementText


def test_unknown_property_of_a_module_is_refused(module):
    with pytest.raises(AttributeError):
        module.helptext = "Help."


def test_the_panel_shows_the_help_of_its_module_folded(module):
    import slicer

    slicer.util.selectModule("Sample")
    panel = slicer.util.mainWindow().modulePanel()
    section = next(s for s in panel.findChildren("ctkCollapsibleButton") if s.text.startswith("Help"))
    assert section.collapsed is True
    assert "Help." in section.findChildren("QTextBrowser")[0].toPlainText()
    slicer.util.selectModule("Data")
    assert module.widgetRepresentation().isVisible() is False


@pytest.mark.parametrize("block", [0, 1], ids=["quick start", "a widget of one's own"])
def test_examples_of_the_readme_run(scene, tmp_path, monkeypatch, block):
    import slicer

    blocks = re.findall(r"```python\n(.*?)```", (HEADLESS / "README.md").read_text(encoding="utf-8"), re.S)
    assert len(blocks) == 2
    shutil.copytree(SAMPLE, tmp_path / "sample")
    monkeypatch.chdir(tmp_path)
    exec(blocks[block], {})
    if block == 0:
        assert (tmp_path / "panel.png").stat().st_size > 1000
        slicer.util.selectModule("Data")
        slicer.app.moduleManager().unload("Sample")

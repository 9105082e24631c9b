"""``slicer.app``, messages, packages, tables and the subject hierarchy as the application shows them under --testing."""

import logging
import sys

import headless
import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("scene")


def test_start_is_idempotent(slicer_app):
    import slicer

    assert headless.start() is slicer_app is slicer.app
    assert slicer.app.testingEnabled() is True


@pytest.mark.parametrize("name", headless.__all__)
def test_every_public_name_is_there(name):
    assert getattr(headless, name) is not None


def test_unknown_name_of_the_package_is_an_error():
    with pytest.raises(AttributeError, match="nosuch"):
        _ = headless.nosuch


def test_error_is_logged_and_returns_nothing(caplog):
    import slicer

    with caplog.at_level(logging.ERROR):
        assert slicer.util.errorDisplay("The file is empty.", detailedText="trace") is None
    assert "The file is empty." in caplog.text
    assert headless.logged("error") == ["The file is empty."]
    assert headless.messages[-1].details == "trace"


def test_confirmations_return_false_without_asking():
    import slicer

    assert slicer.util.confirmOkCancelDisplay("Install?") is False
    assert slicer.util.confirmYesNoDisplay("Overwrite?") is False
    assert headless.logged("info") == ["Install?", "Overwrite?"]


def test_status_and_warnings_are_recorded():
    import slicer

    slicer.util.warningDisplay("Old scanner.")
    slicer.util.showStatusMessage("Working")
    assert headless.logged("warning") == ["Old scanner."]
    assert headless.logged("status") == ["Working"]


def test_error_in_a_block_still_reaches_the_caller():
    import slicer

    with pytest.raises(KeyError), slicer.util.tryWithErrorDisplay("Failed.", waitCursor=True):
        raise KeyError("x")


def test_exception_in_a_slot_or_an_observer_is_noted(scene):
    import qt

    def fail(*_):
        raise ValueError("lost otherwise")

    button = qt.QPushButton()
    button.connect("clicked()", fail)
    button.click()
    tag = scene.AddObserver(scene.NodeAddedEvent, fail)
    scene.AddNewNodeByClass("vtkMRMLTableNode")
    scene.RemoveObserver(tag)
    assert headless.logged("exception")[:2] == ["ValueError: lost otherwise"] * 2


def test_exceptions_are_noted_again_after_a_library_took_their_hook(scene):
    import sys

    theirs = sys.excepthook
    try:
        sys.excepthook = lambda *_: None
        headless.clear_scene()
        headless.clear_scene()
        sys.excepthook(ValueError, ValueError("noted once"), None)
        assert headless.logged("exception") == ["ValueError: noted once"]
    finally:
        sys.excepthook = theirs


def test_dialogs_that_do_not_ask_do_not_block():
    import slicer

    with slicer.util.MessageDialog("Loading"), slicer.util.WaitCursor():
        slicer.util.delayDisplay("a moment", 100)


def test_settings_are_kept_apart_from_the_users(tmp_path):
    import qt
    import slicer

    qt.QSettings().setValue("MyExtension/Consent", True)
    assert slicer.util.settingsValue("MyExtension/Consent", False, converter=slicer.util.toBool) is True
    assert qt.QSettings().fileName().startswith(slicer.app.temporaryPath)
    assert "/.config/" not in qt.QSettings().fileName()


def test_core_logics_are_slicers_own():
    import slicer

    for name, kind in [
        ("segmentations", "vtkSlicerSegmentationsModuleLogic"),
        ("volumes", "vtkSlicerVolumesLogic"),
        ("markups", "vtkSlicerMarkupsLogic"),
        ("tables", "vtkSlicerTablesLogic"),
        ("plots", "vtkSlicerPlotsLogic"),
        ("cropvolume", "vtkSlicerCropVolumeLogic"),
    ]:
        logic = getattr(slicer.modules, name).logic()
        assert logic.GetClassName() == kind
        assert logic.GetMRMLScene() is slicer.mrmlScene


def test_missing_package_is_asked_for_and_not_installed():
    import slicer.packaging

    slicer.packaging.pip_ensure("numpy>=1.20 no-such-package-of-ours>=3", requester="MyExtension")
    assert headless.installations.ensured == [["no-such-package-of-ours>=3"]]
    assert headless.installations.installed == []
    assert slicer.packaging.pip_check("numpy>=1.20")
    assert not slicer.packaging.pip_check("numpy>=99")


def test_marker_of_another_system_needs_nothing():
    import slicer.packaging

    slicer.packaging.pip_ensure(["no-such-package-of-ours; sys_platform == 'amiga'"])
    assert headless.installations.ensured == []


def test_pip_install_is_recorded_only():
    import slicer

    slicer.util.pip_install("--upgrade no-such-package-of-ours")
    assert headless.installations.installed == [["--upgrade", "no-such-package-of-ours"]]


def test_translation_gives_the_text_itself():
    from slicer.i18n import tr, translate

    assert tr("Apply") == "Apply"
    assert translate("qSlicerAbstractCoreModule", "Quantification") == "Quantification"


def test_table_columns_are_numeric_and_keep_their_units(scene):
    import slicer

    table = scene.AddNewNodeByClass("vtkMRMLTableNode")
    slicer.util.updateTableFromArray(table, [np.array([1.5]), np.array([3])], ["volume", "slices"])
    table.SetColumnUnitLabel("volume", "ml")
    table.SetColumnDescription("volume", "Volume of the segment")
    kinds = [table.GetTable().GetColumn(i).GetClassName() for i in range(2)]
    assert kinds == ["vtkTypeFloat64Array", "vtkTypeInt64Array"]
    assert table.GetColumnUnitLabel("volume") == "ml"
    assert table.GetColumnDescription("volume") == "Volume of the segment"


def test_data_nodes_get_an_item_in_the_subject_hierarchy(scene):
    import slicer

    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(scene)
    volume = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", "T1")
    item = hierarchy.GetItemByDataNode(volume)
    assert hierarchy.GetItemName(item) == "T1"
    assert hierarchy.GetItemOwnerPluginName(item) == "Volumes"
    scene.RemoveNode(volume)
    assert hierarchy.GetItemByDataNode(volume) == 0


def test_main_window_is_found_by_its_name():
    import slicer

    assert slicer.util.mainWindow().objectName == "qSlicerMainWindow"


def test_sample_module_names_are_importable():
    assert "SampleData" in sys.modules


def test_a_segmentation_that_changes_without_an_item_is_a_line_on_the_console(scene):
    """As the application's plugin of segmentations says it, which goes on watching a node that has left the scene."""
    import slicer

    node = scene.AddNewNodeByClass("vtkMRMLSegmentationNode", "Outlines")
    node.CreateDefaultDisplayNodes()
    node.GetSegmentation().AddEmptySegment("a")
    node.GetDisplayNode().SetOpacity(0.5)
    assert headless.logged("console") == []
    scene.RemoveNode(node)
    node.GetSegmentation().AddEmptySegment("b")
    (line,) = set(headless.logged("console"))
    assert line == "Unable to find subject hierarchy item for segmentation node Outlines"
    headless.messages.clear()
    scene.AddNode(node)
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(scene)
    assert hierarchy.GetItemByDataNode(node)
    headless.messages.clear()
    node.GetSegmentation().AddEmptySegment("c")
    assert headless.logged("console") == []

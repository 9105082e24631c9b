"""The widgets of CTK and the views of MRML content."""

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("scene")


def test_collapsible_button_folds_its_contents():
    import ctk
    import qt

    section = ctk.ctkCollapsibleButton()
    section.text = "Inputs"
    inner, hidden = qt.QLabel("x"), qt.QLabel("y")
    layout = qt.QVBoxLayout(section)
    layout.addWidget(inner)
    layout.addWidget(hidden)
    hidden.hide()
    tall = section.sizeHint.height()
    heard = []
    section.connect("contentsCollapsed(bool)", heard.append)
    section.collapsed = True
    assert inner.isHidden()
    assert section.sizeHint.height() < tall
    section.collapsed = False
    assert not inner.isHidden()
    assert hidden.isHidden()
    assert heard == [True, False]
    section.click()
    assert section.collapsed is True


def test_slider_widget_keeps_slider_and_number_together():
    import ctk

    slider = ctk.ctkSliderWidget()
    slider.minimum, slider.maximum, slider.decimals, slider.singleStep, slider.suffix = 0, 40, 1, 0.5, " mm"
    heard = []
    slider.connect("valueChanged(double)", heard.append)
    slider.value = 10
    slider.value = 10
    assert heard == [10.0]
    assert (slider.value, slider.decimals, slider.suffix) == (10.0, 1, " mm")
    assert slider.slider().value == 250
    slider.slider().sliderMoved.emit(500)
    assert slider.value == 20.0
    slider.value = 100
    assert slider.value == 40.0


def test_range_widget_never_crosses_its_ends():
    import ctk

    widget = ctk.ctkRangeWidget()
    widget.setRange(0, 100)
    widget.setValues(20, 60)
    heard = []
    widget.connect("valuesChanged(double,double)", lambda low, high: heard.append((low, high)))
    widget.minimumValue = 80
    assert (widget.minimumValue, widget.maximumValue) == (80.0, 80.0)
    assert heard[-1] == (80.0, 80.0)


def test_path_line_says_whether_the_path_is_there(tmp_path):
    import ctk

    line = ctk.ctkPathLineEdit()
    paths, valid = [], []
    line.connect("currentPathChanged(QString)", paths.append)
    line.connect("validInputChanged(bool)", valid.append)
    line.currentPath = str(tmp_path)
    line.setCurrentPath(str(tmp_path / "none"))
    assert paths == [str(tmp_path), str(tmp_path / "none")]
    assert valid == [True, False]


def test_browsing_takes_over_what_the_dialog_gives(monkeypatch, tmp_path):
    import ctk
    from PySide6.QtWidgets import QFileDialog

    line = ctk.ctkPathLineEdit()
    line.filters = ctk.ctkPathLineEdit.Dirs
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    line.browse()
    assert line.currentPath == str(tmp_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    line.browse()
    assert line.currentPath == str(tmp_path)


def test_table_view_shows_the_node_and_follows_it(scene):
    import qt
    import slicer

    node = scene.AddNewNodeByClass("vtkMRMLTableNode")
    slicer.util.updateTableFromArray(node, [np.array([1.5, 2.0])], ["volume"])
    node.SetColumnUnitLabel("volume", "ml")
    view = slicer.qMRMLTableView()
    view.setMRMLTableNode(node)
    assert (
        view.model().headerData(0, qt.Qt.Horizontal) == "A"
    )  # Slicer's default: the names are the first row
    assert view.model().index(0, 0).data() == "volume [ml]"
    node.SetUseColumnTitleAsColumnHeader(True)
    assert (view.model().rowCount(), view.model().columnCount()) == (2, 1)
    assert view.model().headerData(0, qt.Qt.Horizontal) == "volume [ml]"
    assert view.model().index(0, 0).data() == "1.5"
    slicer.util.updateTableFromArray(node, [np.array([9.0])], ["radius"])
    assert view.model().rowCount() == 1
    assert view.model().index(0, 0).data() == "9"


@pytest.fixture
def segmentation(scene):
    node = scene.AddNewNodeByClass("vtkMRMLSegmentationNode", "ONFH")
    node.GetSegmentation().AddEmptySegment("head", "Femoral head R", (1, 0, 0))
    node.GetSegmentation().AddEmptySegment("necrosis", "Necrosis R", (0, 1, 0))
    return node


def test_segments_table_lists_segments_and_follows(segmentation):
    import slicer

    table = slicer.qMRMLSegmentsTableView()
    table.setSegmentationNode(segmentation)
    assert table.segmentCount == 2
    table.setSelectedSegmentIDs(["necrosis"])
    assert table.selectedSegmentIDs() == ("necrosis",)
    segmentation.GetSegmentation().RemoveSegment("head")
    assert table.segmentCount == 1
    assert table.selectedSegmentIDs() == ("necrosis",)


def test_segment_selector_announces_the_segment(scene, segmentation):
    import slicer

    selector = slicer.qMRMLSegmentSelectorWidget()
    selector.setMRMLScene(scene)
    heard = []
    selector.connect("currentSegmentChanged(QString)", heard.append)
    selector.setCurrentNode(segmentation)
    selector.setCurrentSegmentID("necrosis")
    assert selector.currentSegmentID() == "necrosis"
    assert heard[-1] == "necrosis"
    segmentation.GetSegmentation().RemoveSegment("necrosis")
    assert selector.currentSegmentID() == ""


def test_hierarchy_tree_shows_and_chooses_nodes(scene, segmentation):
    import slicer

    tree = slicer.qMRMLSubjectHierarchyTreeView()
    tree.setMRMLScene(scene)
    hierarchy = tree.subjectHierarchyNode()
    patient = hierarchy.CreateSubjectItem(hierarchy.GetSceneItemID(), "Patient 1")
    hierarchy.SetItemParent(hierarchy.GetItemByDataNode(segmentation), patient)
    tree.setCurrentNode(segmentation)
    assert tree.currentNode() is segmentation
    assert tree.currentItem() == hierarchy.GetItemByDataNode(segmentation)
    tree.clearSelection()
    assert tree.currentItem() == 0


def test_threshold_widget_sets_the_display(scene):
    import slicer

    volume = slicer.util.addVolumeFromArray(np.linspace(0, 1, 24).reshape(2, 3, 4))
    volume.CreateDefaultDisplayNodes()
    widget = slicer.qMRMLVolumeThresholdWidget()
    widget.setMRMLVolumeNode(volume)
    widget.setValues(0.5, 1.0)
    display = volume.GetDisplayNode()
    assert (display.GetLowerThreshold(), display.GetUpperThreshold()) == (0.5, 1.0)
    assert display.GetApplyThreshold()


def test_main_classes_stand_in_ui_files(tmp_path):
    import slicer

    names = [
        "ctkComboBox", "ctkMenuButton", "ctkDirectoryButton", "ctkCollapsibleGroupBox", "ctkFittedTextBrowser",
        "qMRMLSegmentEditorWidget", "qMRMLSegmentsTableView", "qMRMLSegmentSelectorWidget", "qMRMLTableView",
        "qMRMLPlotView", "qMRMLSliderWidget", "qMRMLRangeWidget", "qMRMLSubjectHierarchyTreeView",
        "qMRMLVolumeThresholdWidget",
    ]  # fmt: skip
    rows = "".join(f'<item><widget class="{name}" name="{name}_"/></item>' for name in names)
    path = tmp_path / "all.ui"
    path.write_text(
        f'<ui version="4.0"><widget class="QWidget" name="top"><layout class="QVBoxLayout" name="rows">{rows}'
        "</layout></widget></ui>"
    )
    ui = slicer.util.childWidgetVariables(slicer.util.loadUI(str(path)))
    for name in names:
        assert getattr(ui, f"{name}_").className() == name

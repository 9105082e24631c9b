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
    assert view.model().index(0, 0).data() == "volume"
    assert view.model().index(0, 0).data(qt.Qt.FontRole).bold()
    node.SetUseColumnTitleAsColumnHeader(True)
    assert (view.model().rowCount(), view.model().columnCount()) == (2, 1)
    assert view.model().headerData(0, qt.Qt.Horizontal) == "volume [ml]"
    assert view.model().index(0, 0).data() == "1.5"
    slicer.util.updateTableFromArray(node, [np.array([9.0])], ["radius"])
    assert view.model().rowCount() == 1
    assert view.model().index(0, 0).data() == "9"


def table_of(scene, **columns):
    import slicer
    import vtk

    node = scene.AddNewNodeByClass("vtkMRMLTableNode")
    node.SetUseColumnTitleAsColumnHeader(True)
    for name, (kind, values) in columns.items():
        column = getattr(vtk, kind)()
        column.SetName(name)
        for value in values:
            column.InsertNextValue(value)
        node.AddColumn(column)
    view = slicer.qMRMLTableView()
    view.setMRMLTableNode(node)
    return node, view


def shown_in(view, role=None):
    model = view.model()
    roles = () if role is None else (role,)
    cells = range(model.columnCount())
    return [[model.index(row, column).data(*roles) for column in cells] for row in range(model.rowCount())]


def test_table_view_shows_numbers_texts_and_ticks_as_slicer_does(scene):
    import qt

    node, view = table_of(
        scene,
        name=("vtkStringArray", ["a", "b"]),
        value=("vtkDoubleArray", [0.1 + 0.2, 1e-12]),
        count=("vtkUnsignedCharArray", [65, 66]),
        done=("vtkBitArray", [1, 0]),
    )
    node.SetColumnUnitLabel("value", "mm")
    node.SetColumnDescription("value", "How far.")
    assert shown_in(view) == [["a", "0.3", "65", ""], ["b", "1e-12", "66", ""]]
    ticks = [row[3] for row in shown_in(view, qt.Qt.CheckStateRole)]
    assert [qt.Qt.CheckState(tick) for tick in ticks] == [qt.Qt.Checked, qt.Qt.Unchecked]
    assert view.model().index(0, 1).data(qt.Qt.ToolTipRole) == "Unit: mm<p>How far."
    assert view.model().index(0, 0).sibling(1, 1).data() == "1e-12"
    assert [view.model().headerData(i, qt.Qt.Vertical) for i in range(2)] == ["1", "2"]
    node.SetUseFirstColumnAsRowHeader(True)
    assert view.model().columnCount() == 3
    assert view.model().headerData(1, qt.Qt.Vertical) == "b"
    assert view.model().headerData(0, qt.Qt.Horizontal) == "value [mm]"


def test_table_view_sorts_and_keeps_columns_hidden_while_the_table_changes(scene):
    import qt

    node, view = table_of(
        scene, name=("vtkStringArray", ["b", "c", "a"]), value=("vtkDoubleArray", [2, 3, 1])
    )
    view.setColumnHidden(1, True)
    view.horizontalHeader().setSortIndicator(-1, qt.Qt.AscendingOrder)
    view.sortingEnabled = True
    assert [row[0] for row in shown_in(view)] == ["b", "c", "a"]
    view.sortByColumn(0, qt.Qt.AscendingOrder)
    assert shown_in(view) == [["a", "1"], ["b", "2"], ["c", "3"]]
    node.GetTable().RemoveRow(0)
    node.Modified()
    assert shown_in(view) == [["a", "1"], ["c", "3"]]
    assert view.isColumnHidden(1)
    assert not view.isColumnHidden(0)
    node.RemoveAllColumns()
    assert (view.model().rowCount(), view.model().columnCount()) == (0, 0)


def test_columns_without_titles_are_lettered_as_in_a_spreadsheet():
    from headless.widgets.table_model import letters

    assert [letters(i) for i in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_table_view_of_many_rows_reads_those_in_sight(scene, monkeypatch):
    from headless.widgets.table_model import qMRMLTableModel

    asked, data = set(), qMRMLTableModel.data
    monkeypatch.setattr(
        qMRMLTableModel,
        "data",
        lambda self, index, role=0: asked.add(index.row()) or data(self, index, role),
    )
    _node, view = table_of(scene, value=("vtkDoubleArray", range(1197)))
    assert view.model().rowCount() == 1197
    assert 0 < len(asked) < 100


@pytest.fixture
def segmentation(scene):
    node = scene.AddNewNodeByClass("vtkMRMLSegmentationNode", "Outlines")
    node.GetSegmentation().AddEmptySegment("head", "Head", (1, 0, 0))
    node.GetSegmentation().AddEmptySegment("neck", "Neck", (0, 1, 0))
    return node


def test_segments_table_lists_segments_and_follows(segmentation):
    import slicer

    table = slicer.qMRMLSegmentsTableView()
    table.setSegmentationNode(segmentation)
    assert table.segmentCount == 2
    table.setSelectedSegmentIDs(["neck"])
    assert table.selectedSegmentIDs() == ("neck",)
    segmentation.GetSegmentation().RemoveSegment("head")
    assert table.segmentCount == 1
    assert table.selectedSegmentIDs() == ("neck",)


def test_every_widget_stands_in_ui_files(tmp_path):
    names = [
        "ctkCollapsibleButton", "ctkPathLineEdit", "ctkRangeWidget", "ctkSliderWidget", "qMRMLNodeComboBox",
        "qMRMLSegmentEditorWidget", "qMRMLSegmentsTableView", "qMRMLTableView", "qMRMLWidget",
    ]  # fmt: skip
    ui = loaded(tmp_path, *names)
    for name in names:
        assert getattr(ui, f"{name}_").className() == name


def loaded(tmp_path, *names):
    """A panel with a widget of each class, from a ``.ui`` file."""
    import slicer

    rows = "".join(f'<item><widget class="{name}" name="{name}_"/></item>' for name in names)
    path = tmp_path / "all.ui"
    path.write_text(
        f'<ui version="4.0"><widget class="QWidget" name="top"><layout class="QVBoxLayout" name="rows">{rows}'
        "</layout></widget></ui>"
    )
    return slicer.util.childWidgetVariables(slicer.util.loadUI(str(path)))


def test_a_project_can_add_a_stand_in_of_its_own(tmp_path):
    import ctk
    import headless
    import qt

    @headless.add_widget
    class ctkHypotheticalButton(qt.QPushButton):  # noqa: N801
        pass

    assert ctk.ctkHypotheticalButton is ctkHypotheticalButton
    assert isinstance(loaded(tmp_path, "ctkHypotheticalButton").ctkHypotheticalButton_, ctkHypotheticalButton)

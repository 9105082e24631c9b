"""Tables read as a reader wants them, and keep all their digits for whatever is computed from them."""

import math

import numpy as np
import pytest

from ONFHAssistLib.scene.readable import format_number, format_share


@pytest.mark.parametrize(
    ("text", "decimals", "expected"),
    [
        ("25.3351", 1, "25.3"),
        ("244.616", 1, "244.6"),
        ("0.885041", 4, "0.8850"),
        ("2.94837e-05", 4, "<0.0001"),
        ("-2.94837e-05", 4, ">-0.0001"),
        ("0", 4, "0.0000"),
        ("1", 4, "1.0000"),
        ("36", 0, "36"),
        ("nan", 4, "–"),
        ("in scope", 4, "in scope"),
    ],
)
def test_a_number_is_shown_to_what_it_is_worth(text, decimals, expected):
    assert format_number(text, decimals) == expected


def seen(view, column):
    """What the view shows in a column, once the events have run."""
    import slicer

    for _ in range(5):
        slicer.app.processEvents()
    model = view.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_the_view_rounds_what_the_node_keeps(scene):
    import slicer

    from ONFHAssistLib.scene.readable import ReadableTable
    from ONFHAssistLib.scene.tables import columns_of, say_of_empty, table_from_columns

    exact = [25.335123456789, 1e-6, math.nan]
    columns = {"side": ["R", "L", "R"], "radius": exact, "feature value": exact, "type": ["C2", "", ""]}
    node = table_from_columns("T", columns, role="measurements", provenance={}, decimals={"radius": 1})
    say_of_empty(node, "type", ["", "no necrosis", ""])
    view = slicer.qMRMLTableView()
    kept = ReadableTable(view)
    view.setMRMLTableNode(node)
    assert seen(view, 1) == ["25.3", "<0.1", "–"]
    assert seen(view, 0) == ["R", "L", "R"]
    assert seen(view, 2)[0] == "25.3351"  # nothing was said of this column
    assert seen(view, 2)[2] == "–"
    assert seen(view, 3) == ["C2", "no necrosis", ""]
    assert columns_of(node)["type"] == ["C2", "", ""]
    assert columns_of(node)["radius"][:2] == exact[:2]
    column = node.GetTable().GetColumnByName("radius")
    assert column.GetValue(0) == exact[0]
    column.SetValue(0, 21.987654321)  # such as after another measurement
    node.Modified()
    assert seen(view, 1)[0] == "22.0"
    assert column.GetValue(0) == 21.987654321
    stranger = scene.AddNewNodeByClass("vtkMRMLTableNode", "of somebody else")
    slicer.util.updateTableFromArray(stranger, [np.array([0.123456])] * 2, ["a", "radius"])
    view.setMRMLTableNode(stranger)
    assert "0.123456" in seen(view, 1)
    view.setMRMLTableNode(node)
    assert seen(view, 1)[0] == "22.0"
    assert kept.view is view


def test_every_number_of_a_hip_s_results_has_its_decimals(scene):
    from ONFHAssistLib.scene.results.measurements import measurements_to_scene
    from ONFHAssistLib.scene.results.survival import survival_to_scene
    from ONFHAssistLib.scene.selftest import necrotic_phantom
    from ONFHAssistLib.scene.tables import DECIMALS_PREFIX
    from ONFHAssistLib.survival.published.clinical import ClinicalInput

    volume, segmentation, _arc = necrotic_phantom()
    survival = survival_to_scene(volume, "R", ClinicalInput("II", True, 228.0))
    for node in (measurements_to_scene(volume, segmentation), survival["table"], survival["curve"]):
        table = node.GetTable()
        for i in range(table.GetNumberOfColumns()):
            if table.GetColumn(i).IsA("vtkDoubleArray"):
                assert node.GetAttribute(DECIMALS_PREFIX + table.GetColumnName(i)), table.GetColumnName(i)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("0.9322", "93%"), ("0", "0%"), ("1", "100%"), ("1e-6", "<1%"), ("0.0051", "1%"), ("0.9999", ">99%"), ("nan", "–"),
     ("out of scope", "out of scope")],
)  # fmt: skip
def test_a_share_is_shown_as_whole_per_cent_that_never_rounds_to_certainty(text, shown):
    assert format_share(text) == shown

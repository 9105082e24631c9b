"""``parameterNodeWrapper`` keeps typed values on a node of the scene, as the application does."""

import enum
from pathlib import Path
from typing import Annotated, Optional

import headless
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SAMPLE = Path(__file__).parent / "sample"


@pytest.fixture
def classes(scene):
    import slicer

    headless.load_module(SAMPLE, "Sample")
    import Sample

    yield Sample
    slicer.app.moduleManager().unload("Sample")


@pytest.fixture
def p(classes, scene):
    return classes.SampleParameters(scene.AddNewNodeByClass("vtkMRMLScriptedModuleNode"))


def test_unset_values(p):
    assert (p.vol, p.maybe, p.text, p.flag, p.ratio, p.path) == (None, None, "", True, 2.5, Path())
    assert (list(p.items), dict(p.d), p.count, p.preset) == ([], {}, 3, "fast")
    assert p.side.name == "A"


def test_out_of_range_says_which_range(p):
    with pytest.raises(ValueError, match=r"^Value must be within range \[0, 10\], is 11$"):
        p.ratio = 11
    assert p.ratio == 2.5


@pytest.mark.parametrize(
    ("name", "value"), [("text", 4), ("ratio", "4"), ("count", 1.5), ("flag", 1), ("path", "a")]
)
def test_wrong_type_is_a_type_error(p, name, value):
    with pytest.raises(TypeError):
        setattr(p, name, value)


def test_node_of_another_class_is_a_type_error(p, scene):
    with pytest.raises(TypeError):
        p.vol = scene.AddNewNodeByClass("vtkMRMLTableNode")
    with pytest.raises(TypeError):
        p.maybe = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode")


def test_value_outside_the_choice_is_refused(p):
    with pytest.raises(ValueError, match="must be in one of"):
        p.preset = "slow"


def test_none_is_only_for_nodes_and_optionals(p, scene):
    p.vol = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode")
    p.vol = None
    p.maybe = None
    assert p.vol is None
    with pytest.raises(ValueError, match="None"):
        p.text = None


def test_how_values_stand_on_the_node(p, classes):
    p.side = classes.Side.B
    p.items = ["left", "right"]
    p.d = {"k": 2}
    get = p.parameterNode.GetParameter
    assert get("side") == "B"
    assert (get("items.0"), get("items.1")) == ("left", "right")
    assert get("d.len") == "1"
    assert get("flag") == "True"
    assert get("ratio") == "2.5"


def test_containers_write_through(p):
    p.items.append("a")
    p.items.extend(["b", "c"])
    del p.items[0]
    p.items[0] = "B"
    p.d["x"] = 1
    p.d.update(y=2)
    p.d.pop("x")
    assert p.items == ["B", "c"]
    assert p.d == {"y": 2}
    assert p.parameterNode.GetParameter("items.len") == "2"
    assert p.parameterNode.GetParameter("items.2") == ""


def test_container_that_is_held_stays_current(p):
    items = p.items
    items.append("a")
    items.append("b")
    assert items == p.items == ["a", "b"]


def test_wrong_element_leaves_the_container_as_it_was(p):
    p.items.append("a")
    with pytest.raises(TypeError):
        p.items.append(5)
    assert p.items == ["a"]
    with pytest.raises(TypeError):
        p.d["k"] = "text"
    assert p.d == {}


def test_undeclared_attribute_is_accepted_and_lost(p, classes):
    p.ratoi = 4
    assert p.ratoi == 4
    assert p.ratio == 2.5
    assert not hasattr(classes.SampleParameters(p.parameterNode), "ratoi")
    assert not p.parameterNode.HasParameter("ratoi")
    with pytest.raises(ValueError, match="ratoi"):
        p.setValue("ratoi", 4)


def test_node_is_a_scripted_module_node_and_outlives_the_scene(p, scene):
    assert p.parameterNode.IsA("vtkMRMLScriptedModuleNode")
    scene.Clear(0)
    assert p.parameterNode.GetScene() is None
    assert p.ratio == 2.5


def test_removed_node_still_comes_from_the_cache_until_the_parameter_node_is_told(p, scene):
    """MRML cleans references up after its observers were told of the removal, so these must look at ``GetScene()``."""
    node = p.vol = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode")
    seen = []
    tag = scene.AddObserver(scene.NodeRemovedEvent, lambda *_: seen.append((p.vol, p.vol.GetScene())))
    scene.RemoveNode(node)
    scene.RemoveObserver(tag)
    assert seen == [(node, None)]
    assert p.vol is None


def test_closing_the_scene_leaves_its_nodes_in_the_cache(p, classes, scene):
    volume = p.vol = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode")
    table = p.maybe = scene.AddNewNodeByClass("vtkMRMLTableNode")
    scene.Clear(0)
    assert (p.vol, p.maybe) == (volume, table)
    assert p.vol.GetScene() is None


def test_removal_within_a_modify_block_is_seen_at_its_end(p, scene):
    import slicer

    node = p.vol = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode")
    with slicer.util.NodeModify(p):
        scene.RemoveNode(node)
        assert p.vol is node
    assert p.vol is None


def test_two_wrappers_of_one_node_agree(p, classes):
    other = classes.SampleParameters(p.parameterNode)
    p.ratio = 7
    p.items.append("x")
    assert (other.ratio, other.items) == (7.0, ["x"])


def test_prefix_keeps_two_sets_apart(p, classes):
    other = classes.SampleParameters(p.parameterNode, prefix="second.")
    other.ratio = 1.0
    assert p.ratio == 2.5
    assert p.parameterNode.GetParameter("second.ratio") == "1.0"


def test_change_tells_observers_once(p):
    import vtk

    heard = []
    p.AddObserver(vtk.vtkCommand.ModifiedEvent, lambda *_: heard.append(p.ratio))
    p.ratio = 4.0
    assert heard == [4.0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ratio=st.floats(0, 10),
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    items=st.lists(st.sampled_from(["a", "b é", "c|d"])),
    d=st.dictionaries(st.sampled_from("abc"), st.integers(-5, 5)),
)
def test_values_come_back_from_the_node(classes, p, ratio, text, items, d):
    p.ratio, p.text, p.items, p.d = ratio, text, items, d
    again = classes.SampleParameters(p.parameterNode)
    assert (again.ratio, again.text, again.items, again.d) == (ratio, text, items, d)


def of_type(hint, scene, **values):
    """A wrapper with the one parameter ``value``; local types cannot be looked up by name."""
    from slicer.parameterNodeWrapper import parameterNodeWrapper

    kind = type("Values", (), {"__annotations__": {"value": hint}, **values})
    return parameterNodeWrapper(kind)(scene.AddNewNodeByClass("vtkMRMLScriptedModuleNode"))


def test_optional_of_a_plain_type(scene):
    class Mode(enum.Enum):
        ONE = 1

    values = of_type(Optional[Mode], scene)  # noqa: UP045
    assert values.value is None
    values.value = Mode.ONE
    assert values.value is Mode.ONE
    assert values.parameterNode.GetParameter("value.0") == "ONE"
    values.value = None
    assert values.value is None
    assert not values.parameterNode.HasParameter("value.0")
    with pytest.raises(TypeError):
        values.value = 1


def test_one_sided_bounds(scene):
    from slicer.parameterNodeWrapper import Maximum, Minimum

    with pytest.raises(ValueError, match="greater"):
        of_type(Annotated[int, Minimum(2)], scene, value=3).value = 1
    with pytest.raises(ValueError, match="is 10"):
        of_type(Annotated[int, Maximum(9)], scene, value=3).value = 10


@pytest.mark.parametrize("hint", [complex, tuple[int, int], Optional[complex]])  # noqa: UP045
def test_type_that_a_node_cannot_hold_is_refused(scene, hint):
    with pytest.raises(TypeError, match="cannot hold"):
        of_type(hint, scene)


# binding to widgets -----------------------------------------------------------------------------------------


@pytest.fixture
def ui(classes):
    import slicer

    return slicer.modules.sample.widgetRepresentation().self()


def test_widgets_follow_the_node_and_the_node_the_widgets(ui, classes, scene):
    p, w = ui.parameters, ui.ui
    volume = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode")
    p.vol, p.ratio, p.side, p.flag = volume, 4.0, classes.Side.B, False
    p.path, p.radius = Path("/data"), 33.0
    assert w.volumeSelector.currentNode() is volume
    assert (w.ratioSlider.value, w.sideBox.currentText, w.flagBox.checked) == (4.0, "B", False)
    assert (Path(w.folderEdit.currentPath), w.radiusBox.value) == (Path("/data"), 33.0)
    w.ratioSlider.value, w.sideBox.currentIndex, w.flagBox.checked = 5.0, 0, True
    w.folderEdit.currentPath, w.radiusBox.value = "other", 20.0
    w.volumeSelector.setCurrentNode(None)
    assert (p.ratio, p.side, p.flag, p.path) == (5.0, classes.Side.A, True, Path("other"))
    assert (p.radius, p.vol) == (20.0, None)


def test_bounds_of_the_annotation_become_the_widgets(ui):
    assert (ui.ui.ratioSlider.minimum, ui.ui.ratioSlider.maximum) == (0.0, 10.0)
    assert (ui.ui.radiusBox.minimum, ui.ui.radiusBox.maximum) == (1.0, 60.0)


def test_disconnected_widgets_are_left_alone(ui):
    ui.parameters.disconnectGui(ui.tag)
    ui.parameters.ratio = 9.0
    ui.ui.flagBox.checked = False
    assert ui.ui.ratioSlider.value != 9.0
    assert ui.parameters.flag is True


def test_widget_that_cannot_show_the_type_is_refused(p):
    import qt

    with pytest.raises(RuntimeError, match="Unable to create GUI connector"):
        p.connectParametersToGui({"ratio": qt.QLabel()})
    with pytest.raises(ValueError, match="nosuch"):
        p.connectParametersToGui({"nosuch": qt.QSpinBox()})


def test_scene_closed_and_reopened_gives_a_fresh_node(ui, scene):
    ui.parameters.ratio = 8.0
    scene.Clear(0)
    assert ui.parameters.parameterNode.GetScene() is scene
    assert ui.ui.ratioSlider.value == ui.parameters.ratio

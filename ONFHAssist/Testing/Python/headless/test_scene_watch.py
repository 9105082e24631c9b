"""A session of many patients: what widgets observe is observed once, since VTK never forgets a script's observer."""

import pytest


def observers_added(node, since):
    """How many observers ``node`` was given after ``since``; VTK numbers those of an object."""
    import vtk

    tag = node.AddObserver(vtk.vtkCommand.UserEvent, lambda *_: None)
    node.RemoveObserver(tag)
    return tag - since - 1


def last_number(node):
    return observers_added(node, -1)


@pytest.fixture
def combos(scene):
    import slicer

    made = [slicer.qMRMLNodeComboBox() for _ in range(3)]
    for combo in made:
        combo.nodeTypes = ["vtkMRMLScalarVolumeNode"]
        combo.setMRMLScene(scene)
    return made


def test_nodes_that_come_and_go_leave_the_observers_of_the_others_as_they_are(combos, scene):
    volume = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", "T1")
    before, of_scene = last_number(volume), last_number(scene)
    for kind in ("vtkMRMLScalarVolumeNode", "vtkMRMLTableNode") * 10:
        scene.RemoveNode(scene.AddNewNodeByClass(kind, "another"))
    assert [combo.nodeCount() for combo in combos] == [1, 1, 1]
    assert observers_added(volume, before) == 0
    assert observers_added(scene, of_scene) == 0


def test_a_watch_goes_on_with_what_is_observed_and_leaves_the_rest(scene):
    import qt
    import slicer
    import vtk
    from headless.scene.watch import Watch

    class Widget(qt.QWidget):
        def heard(self):
            heard.append("modified")

    heard, modified = [], vtk.vtkCommand.ModifiedEvent
    first, second = slicer.vtkMRMLTextNode(), slicer.vtkMRMLTextNode()
    widget = Widget()
    watch = Watch(widget, widget.heard)
    watch.set([(first, modified), (second, modified)])
    before = last_number(first)
    watch.set([(None, modified), (first, modified), (first, modified)])
    assert observers_added(first, before) == 0
    second.Modified()
    assert heard == []
    first.Modified()
    assert heard == ["modified"]
    watch.clear()
    first.Modified()
    assert heard == ["modified"]


def test_a_watch_of_a_widget_that_is_gone_ends(scene):
    import shiboken6
    import slicer
    import vtk

    combo = slicer.qMRMLNodeComboBox()
    combo.nodeTypes = ["vtkMRMLTextNode"]
    combo.setMRMLScene(scene)
    node, watch = scene.AddNewNodeByClass("vtkMRMLTextNode", "a"), combo._names
    assert list(watch._tags) == [(node, vtk.vtkCommand.ModifiedEvent)]
    shiboken6.delete(combo)
    node.Modified()
    assert not watch._tags


def test_widgets_that_nobody_holds_any_more_are_gone(scene):
    """A connection that kept its own widget would keep it watching the scene for ever, as in a test that made one."""
    import gc
    import weakref

    import ctk
    import qt
    import slicer

    kinds = [
        kind
        for module in (slicer, ctk)
        for name, kind in vars(module).items()
        if name.startswith(("qMRML", "ctk")) and isinstance(kind, type) and issubclass(kind, qt.QWidget)
    ]
    made = [kind() for kind in kinds]
    for widget in made:
        if hasattr(widget, "setMRMLScene"):
            widget.setMRMLScene(scene)
    references = [weakref.ref(widget) for widget in made]
    del made, widget
    gc.collect()
    left = [
        kind.__name__ for kind, reference in zip(kinds, references, strict=True) if reference() is not None
    ]
    assert len(kinds) > 8
    assert left == []

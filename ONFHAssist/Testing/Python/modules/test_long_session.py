"""Patient after patient in one session: what is counted after one of them is counted after the next."""

import collections
import gc

import pytest
from support.run_all_worker import Worker
from support.waiting import press

PANELS = ("ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival")


def observers_of(scene):
    """How many observers the scene has, those of C++ included."""
    return str(scene).count("vtkObserver (")


class Born:
    """The nodes that came into the scene meanwhile, known without keeping them alive."""

    def __init__(self, scene):
        import vtk

        @vtk.calldata_type(vtk.VTK_OBJECT)
        def added(_scene, _event, node):
            reference = vtk.vtkWeakReference()
            reference.Set(node)
            self.references.append((f"{node.GetClassName()} '{node.GetName()}'", reference))

        self.references, self._scene = [], scene
        self._tag = scene.AddObserver(scene.NodeAddedEvent, added)

    def still_alive(self):
        self._scene.RemoveObserver(self._tag)
        gc.collect()
        nodes = ((name, reference.Get()) for name, reference in self.references)
        return [name for name, node in nodes if node is not None and node.GetScene() is None]


def one_patient(home, panel, scene):
    """Run all, a look at every panel with its own buttons, and the next patient."""
    import slicer

    first = home(Worker())
    press(first, first.ui.runAllButton)
    first.exit()
    for name in PANELS:
        widget = panel(name)
        slicer.app.processEvents()
        use(name, widget)
        slicer.app.processEvents()
        widget.exit()
    scene.Clear(0)
    slicer.app.processEvents()


def use(name, widget):
    ui = widget.ui
    if name == "ONFHSegment":
        ui.placeButton.click()
        widget.parameters.points.AddControlPoint(70.0, 0.0, 0.0)
        ui.sphereButton.click()
        ui.edgeRButton.click()
    elif name == "ONFHExtract":
        ui.filterEdit.text = "Contrast"
    elif name == "ONFHPredict":
        ui.sideCombo.currentIndex = 1
        ui.stageHeatCombo.currentIndex = 1
        ui.stageThresholdSlider.value = 0.7
        ui.stage3dButton.click()
    else:
        ui.angleSlider.value = 220.0
        ui.applyButton.click()


def counted(scene):
    import slicer

    gc.collect()
    nodes = [scene.GetNthNode(i) for i in range(scene.GetNumberOfNodes())]
    kinds = collections.Counter(type(one).__name__ for one in gc.get_objects())
    return {
        "nodes in the closed scene": collections.Counter(node.GetClassName() for node in nodes),
        "observers of the scene": observers_of(scene),
        "widgets": len(slicer.app.allWidgets()),
        "functions and methods": {k: kinds[k] for k in ("function", "method", "QTimer", "generator")},
    }


def more(after, before):
    """Whether there is more of anything; less is what earlier tests left to be collected."""
    if isinstance(before, int):
        return after > before
    return any(count > before.get(kind, 0) for kind, count in after.items())


@pytest.mark.timeout(600)
def test_six_patients_leave_no_more_behind_than_two(home, panel, scene):
    import headless

    for _ in range(2):
        one_patient(home, panel, scene)
    before = counted(scene)
    born = Born(scene)
    for _ in range(4):
        one_patient(home, panel, scene)
    assert not headless.logged("error") and not headless.logged("exception")
    assert len(born.references) > 100
    assert born.still_alive() in (
        [],
        ["vtkMRMLSegmentEditorNode 'ONFH editor'"],
    )  # empty, until the next is made
    after = counted(scene)
    assert {key: (was, after[key]) for key, was in before.items() if more(after[key], was)} == {}


def test_a_panel_that_is_opened_often_leaves_no_wrapper_behind_in_slicer_before_5_12(
    panel, scene, monkeypatch
):
    """There ``connectGui`` observes the node for ever, with a callback that keeps the wrapper."""
    import vtk
    from headless.parameter_node import _Wrapper

    widget = panel("ONFHExtract")
    kind = type(widget.parameters)
    connect = kind.connectGui

    def as_before_5_12(self, gui):
        self.AddObserver(vtk.vtkCommand.ModifiedEvent, lambda *_: _Wrapper._show(self))
        return connect(self, gui)

    monkeypatch.setattr(kind, "connectGui", as_before_5_12)
    for _ in range(5):
        widget.exit()
        widget.enter()
    scene.Clear(0)  # keeps the parameter node
    gc.collect()
    assert sum(type(one) is kind for one in gc.get_objects()) == 1

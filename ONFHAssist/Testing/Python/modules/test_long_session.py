"""Patient after patient in one session: what is counted after one of them is counted after the next."""

import collections
import gc

import pytest
from modules.test_run_all import Worker, home  # noqa: F401 - home is a fixture
from modules.waiting import press

PANELS = ("ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival")


def observers_of(node):
    """How many observers an object has, those of C++ included."""
    return str(node).count("vtkObserver (")


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


def one_patient(home, panel, scene):  # noqa: F811
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
        "observers of its nodes": {node.GetID(): observers_of(node) for node in nodes},
        "widgets": len(slicer.app.allWidgets()),
        "functions and methods": {k: kinds[k] for k in ("function", "method", "QTimer", "generator")},
    }


@pytest.mark.timeout(600)
def test_six_patients_leave_no_more_behind_than_two(home, panel, scene):  # noqa: F811
    import headless

    for _ in range(2):
        one_patient(home, panel, scene)
    before = counted(scene)
    born = Born(scene)
    for _ in range(4):
        one_patient(home, panel, scene)
    assert not headless.said("error") and not headless.said("exception")
    assert len(born.references) > 100
    assert born.still_alive() == []
    after = counted(scene)
    assert {key: (was, after[key]) for key, was in before.items() if after[key] != was} == {}

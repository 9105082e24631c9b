"""Nodes leave the scene in an order that the views of Slicer survive."""

import vtk

from ONFHAssistLib.scene.transaction import remove_nodes


def order_of_removal(scene, nodes):
    """Class names, as they leave."""
    seen = []

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def note(_scene, _event, node):
        seen.append(node.GetClassName())

    tag = scene.AddObserver(scene.NodeAboutToBeRemovedEvent, note)
    remove_nodes(nodes)
    scene.RemoveObserver(tag)
    return seen


def test_a_segmentation_leaves_before_its_display(scene):
    segmentation = scene.AddNewNodeByClass("vtkMRMLSegmentationNode")
    segmentation.CreateDefaultDisplayNodes()
    display = segmentation.GetDisplayNode()
    order = order_of_removal(scene, [display, None, segmentation])
    assert order == ["vtkMRMLSegmentationNode", "vtkMRMLSegmentationDisplayNode"]


def test_results_taken_back_leave_before_their_displays(scene):
    import slicer

    from ONFHAssistLib.scene.transaction import rolled_back_on_failure

    def steps():
        node = scene.AddNewNodeByClass("vtkMRMLSegmentationNode")
        node.CreateDefaultDisplayNodes()
        yield
        yield

    seen = []

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def note(_scene, _event, node):
        seen.append(node.GetClassName())

    change = rolled_back_on_failure(steps())
    next(change)
    next(change)
    tag = scene.AddObserver(scene.NodeAboutToBeRemovedEvent, note)
    change.close()
    scene.RemoveObserver(tag)
    assert seen == ["vtkMRMLSegmentationNode", "vtkMRMLSegmentationDisplayNode"]
    assert not slicer.util.getNodesByClass("vtkMRMLSegmentationNode")

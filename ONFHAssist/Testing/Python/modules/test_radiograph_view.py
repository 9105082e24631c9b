"""A radiograph in the views and in the home panel: its layout does not stay for the MRI, and it is not taken for one."""

import numpy as np
import pytest
from support.run_all_worker import Worker, pelvis


def film(name="Pelvis AP", modality="DX"):
    from ONFHAssistLib.imaging.image import Image
    from ONFHAssistLib.scene.volumes import volume_from_image

    facts = {"modality": modality} if modality else {}
    direction = (1, 0, 0, 0, 0, 1, 0, -1, 0)
    image = Image(np.full((1, 60, 120), 50, np.int16), (2.0, 2.0, 1.0), (-119, 0, 60), direction, facts)
    return volume_from_image(image, name)


def mri():
    from ONFHAssistLib.scene.volumes import volume_from_image

    return volume_from_image(pelvis("RL")[0], "Hip MRI")


def view():
    """(layout, frame of the red view)."""
    import slicer

    manager = slicer.app.layoutManager()
    matrix = slicer.util.arrayFromVTKMatrix(manager.sliceWidget("Red").mrmlSliceNode().GetSliceToRAS())
    return manager.layout, matrix[:3, :3].round(6).tolist()


@pytest.fixture
def placing(panel, scene):
    """(panel, view before, radiograph) after *Place points* on a radiograph in an axial red view."""
    import slicer

    slicer.app.layoutManager().setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutFourUpView)
    slicer.app.layoutManager().sliceWidget("Red").mrmlSliceNode().SetOrientation("Axial")
    before = view()
    volume = film()
    widget = panel("ONFHSegment")
    assert widget.parameters.volume is volume
    widget.ui.placeButton.click()
    assert view()[0] == slicer.vtkMRMLLayoutNode.SlicerLayoutOneUpRedSliceView
    assert [row[1] for row in view()[1]] == [0, 0, 1]  # up is the patient's head
    assert [row[0] for row in view()[1]] == [-1, 0, 0]
    return widget, before, volume


def background():
    import slicer

    return slicer.app.layoutManager().sliceWidget("Red").mrmlSliceCompositeNode().GetBackgroundVolumeID()


def test_choosing_an_mri_brings_the_usual_views_with_it(placing):
    widget, before, volume = placing
    other = mri()
    assert view() != before
    widget.ui.volumeSelector.setCurrentNode(other)
    assert view() == before
    assert background() == other.GetID()
    widget.ui.volumeSelector.setCurrentNode(volume)
    widget.ui.placeButton.click()
    widget.ui.placeButton.click()  # twice: the view of the film is not what was there before
    widget.ui.volumeSelector.setCurrentNode(other)
    assert view() == before


@pytest.mark.parametrize("how", ["shown", "film removed", "scene closed"])
def test_another_image_in_the_views_ends_that_of_the_radiograph(placing, how):
    import slicer

    widget, before, volume = placing
    if how == "shown":
        slicer.util.setSliceViewerLayers(background=mri())  # as loading does
    elif how == "film removed":
        slicer.mrmlScene.RemoveNode(volume)
        widget.update_panel()
    else:
        slicer.mrmlScene.Clear(0)
    assert view()[1] == before[1]
    if how != "scene closed":  # which resets the layout itself
        assert view() == before


def test_a_layout_that_the_user_chose_meanwhile_stays(placing):
    import slicer

    _widget, before, _volume = placing
    chosen = slicer.vtkMRMLLayoutNode.SlicerLayoutConventionalView
    slicer.app.layoutManager().setLayout(chosen)
    slicer.util.setSliceViewerLayers(background=mri())
    assert view() == (chosen, before[1])


def test_a_scene_that_was_saved_in_this_view_goes_back_too(placing, tmp_path):
    import headless
    import slicer

    widget, before, _volume = placing
    mri()
    mrb = tmp_path / "case.mrb"
    assert slicer.util.saveScene(str(mrb))
    faced = view()
    headless.clear_scene()
    assert slicer.util.loadScene(str(mrb))
    assert view()[1] == faced[1]
    widget.enter()
    widget.ui.volumeSelector.setCurrentNode(slicer.util.getNode("Hip MRI"))
    assert view()[1] == before[1]
    assert view()[0] != faced[0]


@pytest.mark.parametrize("modality", ["DX", None])
def test_a_radiograph_alone_is_no_mri(panel, scene, modality):
    import slicer

    volume = film(modality=modality)
    home, predict = panel("ONFHAssist"), panel("ONFHPredict")
    assert home.parameters.volume is None
    assert predict.parameters.volume is None
    assert not home.ui.runAllButton.enabled
    assert "'Pelvis AP' is a " in home.ui.glanceLabel.text
    assert "choose it in the box Radiograph" in home.ui.glanceLabel.text
    for widget in (home, predict):
        widget.parameters.volume = volume  # by hand
    assert not home.ui.runAllButton.enabled
    assert not home.ui.redoSegmentButton.enabled
    assert "the box Radiograph" in home.ui.runAllButton.toolTip
    assert "'Pelvis AP' is a " in home.ui.glanceLabel.text
    assert not predict.ui.stageButton.enabled
    assert not predict.ui.applyButton.enabled
    assert "the box Radiograph" in predict.ui.stageButton.toolTip
    assert panel("ONFHSegment").parameters.volume is volume  # whose circle tool is for it
    home.parameters.volume = mri()
    assert home.ui.runAllButton.enabled
    assert "Outline and measure" in home.ui.runAllButton.toolTip
    assert "Pelvis AP" not in home.ui.glanceLabel.text
    slicer.mrmlScene.RemoveNode(volume)


def test_an_mri_that_comes_after_the_radiograph_is_chosen(home):
    import slicer

    widget = home(Worker())
    slicer.mrmlScene.RemoveNode(slicer.util.getNode("Hip MRI"))
    film()
    slicer.app.processEvents()
    assert not widget.ui.runAllButton.enabled
    volume = mri()
    slicer.app.processEvents()
    assert widget.parameters.volume is volume
    assert widget.ui.runAllButton.enabled

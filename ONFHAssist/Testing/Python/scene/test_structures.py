"""Segments are known by terminology and ID; a name is for people. What cannot be told is told of by name."""

import numpy as np
import pytest

from ONFHAssistLib.core.errors import InputError

TISSUE = (  # what Slicer gives to a new segment
    "Segmentation category and type - DICOM master list~SCT^85756007^Tissue~SCT^85756007^Tissue~^^~"
    "Anatomic codes - DICOM master list~^^~^^"
)
MUSCLE = TISSUE.replace("~SCT^85756007^Tissue~^^", "~SCT^71616004^Skeletal muscle structure~^^")


@pytest.fixture
def hips(scene):
    """(volume, segmentation of both heads with a necrosis on the right, its labels)."""
    from support.run_all_worker import pelvis

    from ONFHAssistLib.scene.segmentations import segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    image, labels = pelvis("RL")
    volume = volume_from_image(image, "Hip MRI")
    return volume, segmentation_from_labels(labels, volume, "AB", {}), labels.array


def read(hips):
    from ONFHAssistLib.scene.segmentations import labels_from_segmentation

    volume, node, _labels = hips
    return labels_from_segmentation(node, volume).array


def segment(hips, identifier):
    return hips[1].GetSegmentation().GetSegment(identifier)


def code(one, entry):
    one.SetTag(one.GetTerminologyEntryTagName(), entry)


def add(hips, identifier, name, entry=None, like="FemoralHeadR"):
    """One more segment, filled as another is."""
    import slicer

    copy = slicer.vtkSegment()
    copy.DeepCopy(segment(hips, like))
    copy.SetName(name)
    code(copy, TISSUE if entry is None else entry)
    assert hips[1].GetSegmentation().AddSegment(copy, identifier)


def test_renamed_segments_are_the_same_structures(hips):
    for number, identifier in enumerate(("FemoralHeadR", "FemoralHeadL", "NecrosisR")):
        segment(hips, identifier).SetName(f"lesion of Mrs Doe {number}")
    assert np.array_equal(read(hips), hips[2])


def test_they_still_are_in_a_copy_and_after_saving_and_loading(hips, tmp_path):
    import headless
    import slicer

    from ONFHAssistLib.scene.segmentations import labels_from_segmentation

    volume, node, labels = hips
    for identifier in ("FemoralHeadR", "NecrosisR"):
        segment(hips, identifier).SetName("x")
    copied = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", "By hand")
    copied.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    taken = copied.GetSegmentation()
    for name in ("Other", "Second", "Third"):  # their IDs are not ours
        taken.AddEmptySegment(name)
        taken.RemoveSegment(name)
    for number, identifier in enumerate(node.GetSegmentation().GetSegmentIDs()):
        one = slicer.vtkSegment()
        one.DeepCopy(node.GetSegmentation().GetSegment(identifier))
        taken.AddSegment(one, f"Segment_{number}")
    assert np.array_equal(labels_from_segmentation(copied, volume).array, labels)
    mrb = tmp_path / "case.mrb"
    assert slicer.util.saveScene(str(mrb))
    headless.clear_scene()
    assert slicer.util.loadScene(str(mrb))
    volume = slicer.util.getNode("Hip MRI")
    for name in ("Hip MRI ONFH", "By hand"):
        assert np.array_equal(labels_from_segmentation(slicer.util.getNode(name), volume).array, labels)


def test_without_codes_and_ids_the_name_tells(hips):
    add(hips, "Segment_1", "Femoral head L", like="FemoralHeadL")
    hips[1].GetSegmentation().RemoveSegment("FemoralHeadL")
    assert np.array_equal(read(hips), hips[2])


def test_the_side_is_what_the_terminology_says_and_names_alone_do_not_swap_it(hips):
    from ONFHAssistLib.scene.segmentations import terminology

    hips[1].GetSegmentation().RemoveSegment("NecrosisR")
    right, left = segment(hips, "FemoralHeadR"), segment(hips, "FemoralHeadL")
    before = read(hips)
    right.SetName("Femoral head L")
    left.SetName("Femoral head R")
    with pytest.raises(
        InputError, match=r"'Femoral head L' is 'Femoral head R' by its terminology or ID, and not by"
    ):
        read(hips)
    code(right, terminology("Femoral head L"))
    code(left, terminology("Femoral head R"))
    after = read(hips)
    assert np.array_equal(after == 1, before == 2)
    assert np.array_equal(after == 2, before == 1)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("one side alone", "each of 'mine' and 'Femoral head L' may be 'Femoral head L'"),
        ("two copies without ours", "each of 'one' and 'two' may be 'Femoral head R'"),
        ("no side", "the terminology of 'a head' states no side"),
        ("no head", "has 'Necrosis R' and no 'Femoral head R'"),
    ],
)
def test_what_cannot_be_told_is_refused_by_name(hips, change, told):
    from ONFHAssistLib.scene.segmentations import terminology

    segmentation, right = hips[1].GetSegmentation(), terminology("Femoral head R")
    if change == "one side alone":
        segment(hips, "FemoralHeadR").SetName("mine")
        code(segment(hips, "FemoralHeadR"), terminology("Femoral head L"))
    elif change == "two copies without ours":
        for number, name in enumerate(("one", "two")):
            add(hips, f"Segment_{number}", name, right)
        segmentation.RemoveSegment("FemoralHeadR")
    elif change == "no side":
        add(hips, "Segment_1", "a head", right.replace("SCT^24028007^Right", "^^"))
    else:
        segmentation.RemoveSegment("FemoralHeadR")
    with pytest.raises(InputError) as error:
        read(hips)
    assert told in str(error.value)
    assert "'Hip MRI ONFH'" in str(error.value)


def test_copies_and_unknown_segments_are_left_out_by_name_and_others_without_a_word(hips):
    from ONFHAssistLib.scene.segmentations import left_out, terminology

    assert left_out(hips[1]) == []
    add(hips, "Segment_1", "gluteus", MUSCLE)
    hips[1].GetSegmentation().AddEmptySegment("Segment_2", "empty")
    assert left_out(hips[1]) == []
    add(hips, "Segment_3", "scribble")
    add(hips, "Segment_4", "as it was before", terminology("Femoral head R"))
    (sentence,) = left_out(hips[1])
    assert "'scribble', 'as it was before'" in sentence
    assert np.array_equal(read(hips), hips[2])

"""Find and outline by its button, with the real worker and the shipped networks, on the sample patient."""

from __future__ import annotations

import numpy as np
import pytest
from support.waiting import wait_for

pytest.importorskip("torch")


@pytest.fixture
def sample(scene):
    """The sample T1 as a node, and its true outlines."""
    from ONFHAssistLib.core.resources import resource_path
    from ONFHAssistLib.imaging.files import read_image, read_mask
    from ONFHAssistLib.scene.volumes import volume_from_image

    folder = resource_path("SampleData")
    image = read_image(folder / "onfh-right-stage2-t1.nrrd")
    return volume_from_image(image, "Sample T1"), read_mask(folder / "onfh-right-stage2-outlines.nrrd")


def dice(a, b):
    return 2 * (a & b).sum() / (a.sum() + b.sum())


def test_one_click_outlines_both_heads_and_the_necrosis_of_the_sample_patient(panel, sample):
    import slicer

    from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
    from ONFHAssistLib.scene.segmentations import labels_from_segmentation
    from ONFHAssistLib.ui.jobs import JobRunner

    volume, truth = sample
    widget = panel("ONFHSegment")
    widget.parameters.volume = volume
    widget.find.job._runner = JobRunner.shared()  # other tests leave a stand-in there
    widget.ui.findButton.click()
    wait_for(lambda: not widget.find.job.running, 240)
    labels = labels_from_segmentation(widget.parameters.segmentation, volume)
    assert labels.same_grid(truth, 1e-2)
    for side in ("R", "L"):
        assert dice(head_mask(labels.array, side), head_mask(truth.array, side)) > 0.9
        assert slicer.util.getNode(f"Femoral head {side} box").GetAttribute("ONFHAssist.role")
    assert dice(necrosis_mask(labels.array, "R"), necrosis_mask(truth.array, "R")) > 0.7
    assert not necrosis_mask(labels.array, "L").any()
    record = widget.parameters.segmentation.GetAttribute("ONFHAssist.provenance.detector_sha256")
    assert len(record) == 64
    assert np.all(np.unique(labels.array) == [0, 1, 2, 3])

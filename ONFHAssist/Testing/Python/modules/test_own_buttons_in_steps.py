"""The own buttons of ONFHExtract and ONFHPredict put full tables into the scene without freezing the window."""

import pytest
from support.run_all_worker import Later, pelvis
from support.waiting import LONGEST_S, TRIES, HeartBeat, wait_for


class FullWorker(Later):
    """Has as many features in its answer as the study."""

    def features(self):
        from ONFHAssistLib.extract.catalogue import feature_names_of

        return {name: 0.1 + number / 7 for number, name in enumerate(feature_names_of("dlr-mri"))}

    def deep(self):
        return {f"DL_{i}": i / 3 for i in range(512)}


@pytest.fixture
def outlined(scene):
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    image, labels = pelvis("RL")
    volume = volume_from_image(image, "Hip MRI")
    segmentation_from_labels(labels, volume, "a reader", {})


def longest_block(widget, worker):
    """Longest time in s between two turns of the event loop from the worker's answer to the end, in one run."""
    import slicer

    widget.ui.applyButton.click()
    slicer.app.processEvents()
    with HeartBeat() as beats:
        slicer.app.processEvents()
        worker.held.on_result(worker.answer)
        wait_for(lambda: not widget.job.running)
        slicer.app.processEvents()
    return max(processor for processor, _clock in beats.blocks)


@pytest.mark.alone
@pytest.mark.parametrize("name", ["ONFHExtract", "ONFHPredict"])
def test_the_answer_of_an_own_button_never_keeps_the_window_for_a_tenth_of_a_second(
    panel, outlined, monkeypatch, tmp_path, name
):
    import headless
    import slicer

    widget, worker = panel(name), FullWorker(tmp_path)
    monkeypatch.setattr(widget.job, "_runner", worker)
    longest = [longest_block(widget, worker) for _ in range(1 + TRIES)]  # a first use loads code
    assert not headless.logged("error")
    tables = slicer.util.getNodesByClass("vtkMRMLTableNode")
    assert max(node.GetNumberOfRows() for node in tables) == 1197
    assert min(longest[1:]) < LONGEST_S, longest

"""The group "Robustness" of ONFHExtract by its button, with the real worker's function on small heads."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage
from support.run_all_worker import pelvis
from support.waiting import wait_for

PRESET = """
imageType: {Original: {}}
featureClass: {shape: [MeshVolume], firstorder: [Mean, Entropy], glcm: [Contrast]}
setting: {binWidth: 25, label: 1}
"""


class Worker:
    """Does the task in this process, as the worker would; ``hold`` keeps it until it is cancelled."""

    def __init__(self, hold=False):
        self.hold, self.held, self.told = hold, None, []

    def submit(self, job):
        import json

        from ONFHAssistLib.worker.robustness import feature_robustness

        with tempfile.TemporaryDirectory() as folder:
            arguments = json.loads(json.dumps(job.prepare(Path(folder))))
            if self.hold:
                job.on_progress(0.5, "half way")
                self.held = job
                return
            result = feature_robustness(arguments, lambda share, text: self.told.append((share, text)))
            job.on_result(json.loads(json.dumps(result, allow_nan=False)))

    def cancel(self, job):
        assert job is self.held
        job.on_cancelled()


@pytest.fixture
def extract(panel, scene, tmp_path, monkeypatch):
    """``extract(sides, worker)``: the panel with outlined heads, of different texture, and a small preset."""
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    path = tmp_path / "small.yaml"
    path.write_text(PRESET, encoding="utf-8")

    def make(sides="RL", worker=None):
        image, labels = pelvis(sides)
        grain = ndimage.gaussian_filter(np.random.default_rng(0).normal(size=image.array.shape), 1.0)
        texture = np.where(image.points()[..., 0] > 0, 10.0, 80.0)  # of the left and the right half
        values = 800.0 + texture * grain / grain.std()
        volume = volume_from_image(image.like(values.astype(np.float32)), "Hip MRI")
        node = segmentation_from_labels(labels, volume, "a reader", {})
        widget = panel("ONFHExtract")
        widget.parameters.volume, widget.parameters.segmentation = volume, node
        monkeypatch.setattr(widget.robustness.job, "_runner", worker or Worker())
        widget.parameters.preset = str(path)
        monkeypatch.setattr(widget.logic, "presets", lambda _volume=None: [str(path)])
        widget.update_panel()
        widget.ui.perturbationsSpinBox.value = 4
        return widget

    return make


def run(widget):
    widget.ui.robustnessButton.click()
    wait_for(lambda: not widget.robustness.job.running)


def shown(widget):
    from ONFHAssistLib.scene.tables import columns_of

    return columns_of(widget.ui.featureView.mrmlTableNode())["feature"]


def test_the_table_gains_the_icc_and_the_box_filters_by_it(extract):
    from ONFHAssistLib.scene.attributes import read_attributes
    from ONFHAssistLib.scene.tables import columns_of

    widget = extract()
    ui = widget.ui
    assert not ui.stableCheckBox.enabled
    run(widget)
    table = ui.featureView.mrmlTableNode()
    content = columns_of(table)
    assert list(content)[:2] == ["feature", "icc"]
    icc = dict(zip(content["feature"], content["icc"], strict=True))
    assert icc["original_firstorder_Entropy"] > 0.9  # the texture differs
    assert icc["original_shape_MeshVolume"] < 0.75  # both balls are alike
    assert table.GetColumnTitle("icc") == "ICC(1,1)"
    record = read_attributes(table)
    assert (record["perturbations"], record["perturbation_seed"], record["icc"]) == ("4", "0", "1,1")
    assert "features reach ICC(1,1) 0.75" in ui.robustnessStatusLabel.text
    names = [table.GetColumnName(i) for i in range(table.GetNumberOfColumns())]
    hidden = [name for i, name in enumerate(names) if ui.featureView.isColumnHidden(i)]
    assert [name for name in names if name not in hidden] == ["feature", "icc", "R", "L"]
    assert ui.stableCheckBox.enabled
    ui.stableCheckBox.checked = True
    assert set(shown(widget)) == {name for name, value in icc.items() if value >= 0.75}
    ui.filterEdit.text = "entropy"
    assert shown(widget) == ["original_firstorder_Entropy"]


def test_a_chosen_feature_tells_its_interval_and_how_far_it_varies(extract):
    widget = extract()
    run(widget)
    widget.browser._explain("original_firstorder_Entropy")
    text = widget.ui.featureLabel.text
    assert "ICC(1,1) " in text and "95% interval" in text
    assert "hip R varies by" in text and "hip L varies by" in text


def test_one_hip_has_no_icc_and_the_filter_says_why(extract):
    widget = extract("L")
    run(widget)
    assert "with one hip there is no ICC" in widget.ui.robustnessStatusLabel.text
    assert not widget.ui.stableCheckBox.enabled
    assert "two outlined hips" in widget.ui.stableCheckBox.toolTip
    widget.browser._explain("original_firstorder_Entropy")
    assert "hip L varies by" in widget.ui.featureLabel.text


def test_it_can_be_cancelled_and_leaves_the_scene(extract, scene):
    import slicer

    worker = Worker(hold=True)
    widget = extract(worker=worker)
    widget.ui.robustnessButton.click()
    assert widget.ui.robustnessButton.text == "Cancel"
    assert widget.ui.robustnessProgressBar.value == 50
    widget.ui.robustnessButton.click()
    assert widget.ui.robustnessButton.text == "Test robustness"
    assert "Cancelled" in widget.ui.robustnessStatusLabel.text
    assert not slicer.util.getNodesByClass("vtkMRMLTableNode")


def test_features_that_are_extracted_again_forget_the_icc_of_the_earlier_outlines(extract):
    from ONFHAssistLib.scene.results.features_and_prediction import radiomics_to_scene
    from ONFHAssistLib.scene.tables import columns_of

    widget = extract()
    run(widget)
    widget.ui.stableCheckBox.checked = True
    _table, results = widget.logic.extract(
        widget.parameters.volume, widget.parameters.segmentation, widget.parameters.preset
    )
    table = radiomics_to_scene(widget.parameters.volume, results)
    widget.browser.show(table)
    assert "icc" not in columns_of(table)
    assert not widget.ui.stableCheckBox.checked
    assert len(shown(widget)) == 4


def test_progress_rises_over_both_hips(extract):
    worker = Worker()
    run(extract(worker=worker))
    shares = [share for share, _text in worker.told]
    assert shares == sorted(shares)
    assert any("Hip L: perturbation 4 of 4" in text for _share, text in worker.told)

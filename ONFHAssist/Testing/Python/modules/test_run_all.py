"""*Run all* of the home panel by its real buttons; the networks stand aside, everything else is real."""

import json
import re
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from support.waiting import press, wait_for

from ONFHAssistLib.imaging.image import Image, read_image, write_image

CENTRES = {"R": (-70.0, 0.0, 0.0), "L": (70.0, 0.0, 0.0)}
RADIUS = 20.0


def pelvis(sides):
    """(image, labels): balls of marrow with a cone of necrosis at the top of the right one."""
    grid = Image(np.zeros((20, 20, 76), np.float32), (2.5,) * 3, (-94.0, -24.0, -24.0))
    values, labels = np.full(grid.array.shape, 300.0), np.zeros(grid.array.shape, np.uint8)
    for number, side in enumerate("RL"):
        if side not in sides:
            continue
        offset = grid.points() - np.array(CENTRES[side])
        distance = np.linalg.norm(offset, axis=-1)
        values[distance <= RADIUS] = 800.0
        labels[distance <= RADIUS] = number + 1
        if side == "R":
            cone = offset[..., 2] > 0.5 * np.maximum(distance, 1e-6)
            labels[(distance <= RADIUS) & cone & (distance > 6)] = 3
    return grid.like(values.astype(np.float32)), grid.like(labels)


def outlines(arguments):
    """The hash of the outlines that a task was given."""
    from ONFHAssistLib.core.provenance import outline_sha256

    return outline_sha256(read_image(arguments["labels"]["path"]))


class Worker:
    """Stands for the worker's tasks; ``hold`` names the task that it keeps until the run is cancelled."""

    def __init__(self, sides="RL", warnings=(), failing=(), hold=None):
        self.sides, self.warnings, self.failing, self.hold = sides, list(warnings), failing, hold
        self.asked, self.held = [], None

    def submit(self, job):
        with tempfile.TemporaryDirectory() as folder:
            arguments = job.prepare(Path(folder))
            self.asked.append((job.task, arguments))
            if job.task == self.hold:
                job.on_progress(0.5, "half way")
                self.held = job
            elif job.task in self.failing:
                job.on_error(f"{job.task} cannot be done.")
            else:
                job.on_result(getattr(self, job.task)(arguments))

    def cancel(self, job):
        assert job is self.held
        job.on_cancelled()

    def segment_hips(self, arguments):
        from ONFHAssistLib.segment.sphere_tool import describe_head

        image, labels = read_image(arguments["image"]["path"]), pelvis(self.sides)[1]
        write_image(labels, arguments["out"])
        codes = {"R": (1, 3), "L": (2, 4)}
        heads = [
            asdict(describe_head(image, np.isin(labels.array, codes[s]), s, CENTRES[s], RADIUS, 0.9))
            for s in self.sides
        ]
        return {
            "labels": arguments["out"],
            "heads": heads,
            "warnings": self.warnings,
            "provenance": {"bundle": "o"},
        }

    def measure_hips(self, arguments):
        from ONFHAssistLib.worker.tasks import measure_hips

        return json.loads(json.dumps(measure_hips(arguments, lambda _fraction, _text: None)))

    def _radiomics(self):
        features = {"original_firstorder_Mean": 800.0, "original_glcm_Contrast": 1.5}
        return {
            s: {
                "features": features,
                "engine": "native",
                "preset": "dlr-mri",
                "preset_sha256": "0" * 64,
                "seconds": 0.1,
            }
            for s in self.sides
        }

    def extract_hips(self, arguments):
        if arguments.get("preset") == "dlrc-xray":
            return self._film()
        deep = {s: {"DL_0": 0.25} for s in self.sides}
        return {
            "results": self._radiomics(), "failures": {}, "deep": deep, "backbone": "b", "backbone_sha256": "1" * 64,
            "outlines": outlines(arguments),
        }  # fmt: skip

    def _film(self):
        """Features of the right hip on the radiograph: those that the shipped nomogram asks for, at its cohort's mean."""
        from ONFHAssistLib.survival.nomogram.calculator import load

        usual = {}
        for signature in load("dlrc-xray").model.signatures.values():
            usual |= {name: float(v) for name, v in zip(signature.features, signature.mean, strict=True)}
        deep = {name: value for name, value in usual.items() if name.startswith("DL_")}
        radiomics = {name: value for name, value in usual.items() if name not in deep}
        results = {"R": {**self._radiomics()["R"], "features": radiomics, "preset": "dlrc-xray"}}
        return {
            "results": results, "failures": {}, "deep": {"R": deep}, "backbone": "b", "backbone_sha256": "1" * 64,
        }  # fmt: skip

    def predict_hips(self, arguments):
        row = {
            "feature": "original_firstorder_Mean",
            "value": 800.0,
            "z": 1.0,
            "coefficient": 2.0,
            "contribution": 2.0,
        }
        hips = [
            {"side": s, "dlr_probability": p, "threshold": 0.5, "answer": a, "contributions": [row]}
            for s, p, a in (("R", 0.93, "likely"), ("L", 0.08, "unlikely"))
            if s in self.sides
        ]
        return {
            "hips": hips, "warnings": [], "statement": "Simulated.", "provenance": {"bundle": "dlr-mri"},
            "radiomics": self._radiomics(), "outlines": outlines(arguments),
        }  # fmt: skip

    def stage_hips(self, arguments):
        labels, hips = read_image(arguments["labels"]["path"]), []
        for number, side in enumerate("RL"):
            if side in self.sides:
                path = Path(arguments["out"]) / f"heat-{side}.nrrd"
                write_image(labels.like((labels.array == number + 1).astype(np.float32) * 0.8), path)
                stage, rest = ("I", "0") if side == "R" else ("0", "I")
                hips.append(
                    {
                        "side": side,
                        "stage": stage,
                        "probabilities": {stage: 0.7, rest: 0.2, "II": 0.1},
                        "uncertainty": 0.04,
                        "distance": 0.5,
                        "problem": None,
                        "heatmap": str(path),
                        "heat": {"volume_ml": 30.0, "surface_mm2": 500.0, "overlap": 0.1},
                    }
                )
        return {
            "hips": hips, "out_of_scope": [], "warnings": [], "statement": "Simulated.", "provenance": {"bundle": "s"},
            "outlines": outlines(arguments),
        }  # fmt: skip


class Later(Worker):
    """Has an answer that it gives when it is asked to."""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder

    def submit(self, job):
        self.held, self.answer = job, getattr(self, job.task)(job.prepare(self.folder))


@pytest.fixture
def home(panel, scene):
    """``home(worker)`` opens the panel on a pelvis of the worker's hips."""
    from ONFHAssistLib.ui.jobs import JobRunner

    def open_home(worker):
        from ONFHAssistLib.scene.volumes import volume_from_image

        volume_from_image(pelvis(worker.sides)[0], "Hip MRI")
        widget = panel("ONFHAssist")
        widget.run.runner = worker
        return widget

    yield open_home
    panel("ONFHAssist").run.runner = JobRunner.shared()


def contents():
    """What is in the scene: every node with its attributes."""
    import slicer

    nodes = [slicer.mrmlScene.GetNthNode(i) for i in range(slicer.mrmlScene.GetNumberOfNodes())]
    return {n.GetID(): (n.GetName(), {a: n.GetAttribute(a) for a in n.GetAttributeNames()}) for n in nodes}


def lines(widget):
    """What the glance says, without its links and the explanation at its end, each line behind its hip."""
    said, hip = [], ""
    for line in re.sub(r"</?a[^>]*>", "", widget.ui.glanceLabel.text).split("<br>"):
        if line.endswith(" hip</b>"):
            hip = line.removeprefix("<b>").removesuffix(" hip</b>")
        elif not line.startswith("<i>"):
            said.append(f"{hip}: {line}")
    return said


def erode(widget):
    """The reader takes the lowest slices off the right head."""
    import slicer

    node, volume = widget.parameters.segmentation, widget.parameters.volume
    mask = slicer.util.arrayFromSegmentBinaryLabelmap(node, "FemoralHeadR", volume)
    mask[:5] = 0
    slicer.util.updateSegmentBinaryLabelmapFromArray(mask, node, "FemoralHeadR", volume)
    widget.enter()
    return node


def test_run_all_answers_both_hips_and_one_folder_takes_it_back(home):
    import slicer

    widget = home(Worker())
    before = contents()
    press(widget, widget.ui.runAllButton)
    assert [task for task, _a in widget.run.runner.asked] == [
        "segment_hips", "measure_hips", "extract_hips", "predict_hips", "stage_hips",
    ]  # fmt: skip
    shown = lines(widget)
    assert [line[:5] for line in shown] == ["Right"] * 4 + ["Left:"] * 3
    assert "Stage I, probability 70%, spread 4%" in shown[0]
    assert "Early osteonecrosis 93% (likely)" in shown[1]
    assert "Head radius 20." in shown[2]
    assert "No collapse" in shown[3]
    assert "assumed: ARCO I, no subchondral fracture" in shown[3]
    assert "Left: no necrotic angle" in widget.ui.notesLabel.text
    assert not any("outdated" in line for line in shown)
    assert (widget.ui.runAllButton.text, widget.ui.redoPredictButton.enabled) == ("Run all", True)
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    hierarchy.RemoveItem(hierarchy.GetItemByName("Hip MRI ONFH results"))
    kinds = {slicer.mrmlScene.GetNodeByID(i).GetClassName() for i in contents() if i not in before}
    assert all(kind.endswith(("DisplayNode", "StorageNode", "Properties")) for kind in kinds), kinds


@pytest.mark.parametrize(
    "task", ["segment_hips", "measure_hips", "extract_hips", "predict_hips", "stage_hips"]
)
def test_cancel_at_every_task_leaves_scene_and_disk_as_they_were(home, task):
    widget = home(Worker(hold=task))
    before = contents()
    widget.ui.runAllButton.click()
    wait_for(lambda: widget.run.runner.held)
    folder = Path(widget.run.runner.asked[-1][1]["image"]["path"]).parent
    assert folder.is_dir()
    assert widget.ui.runAllButton.text == "Cancel"
    assert "of 4" in widget.ui.statusLabel.text
    assert not widget.ui.redoPredictButton.enabled
    widget.ui.runAllButton.click()
    assert contents() == before
    assert not folder.exists()
    assert widget.ui.statusLabel.text == "Cancelled; the scene is as it was."
    assert widget.ui.runAllButton.text == "Run all"


def test_a_correction_marks_what_rests_on_it_until_it_is_redone(home):
    widget = home(Worker())
    press(widget, widget.ui.runAllButton)
    corrected = erode(widget)
    assert all("outdated" in line for line in lines(widget))
    press(widget, widget.ui.redoPredictButton)
    assert [("outdated" in line) for line in lines(widget)] == [False, False, True, True, False, False, True]
    press(widget, widget.ui.redoSegmentButton)
    assert widget.parameters.segmentation is corrected  # kept, and measured
    assert [task for task, _a in widget.run.runner.asked].count("segment_hips") == 1
    assert ["outdated" in line for line in lines(widget)] == [False, False, False, True, False, False, False]
    press(widget, widget.ui.redoSurvivalButton)
    assert "outdated" not in widget.ui.glanceLabel.text


def test_one_hip_of_an_operated_patient_is_answered_with_the_warning(home):
    widget = home(Worker(sides="R", warnings=["The left hip holds metal and was left out."]))
    press(widget, widget.ui.runAllButton)
    assert all(line.startswith("Right: ") for line in lines(widget))
    assert len(lines(widget)) == 4
    assert "left hip holds metal" in widget.ui.notesLabel.text
    assert not widget.ui.notesLabel.isHidden()


def test_a_failed_step_is_told_and_the_others_are_done(home):
    widget = home(Worker(failing=["stage_hips"]))
    press(widget, widget.ui.runAllButton)
    assert "Stage and probability failed: stage_hips cannot be done." in widget.ui.notesLabel.text
    assert "Stage" not in widget.ui.glanceLabel.text
    assert "assumed: ARCO II" in widget.ui.glanceLabel.text


def test_without_outlines_nothing_is_changed(home):
    import headless

    widget = home(Worker(failing=["segment_hips"]))
    before = contents()
    press(widget, widget.ui.runAllButton)
    assert contents() == before
    assert headless.said("error")
    assert widget.ui.statusLabel.text == "segment_hips cannot be done."
    assert not widget.ui.redoPredictButton.enabled


def test_a_volume_that_is_removed_meanwhile_is_told(home):
    import slicer

    widget = home(Worker(hold="stage_hips"))
    widget.ui.runAllButton.click()
    worker = widget.run.runner
    wait_for(lambda: worker.held)
    slicer.mrmlScene.RemoveNode(slicer.util.getNode("Hip MRI"))
    worker.held.on_result(worker.stage_hips(worker.asked[-1][1]))
    wait_for(lambda: not widget.run.running)
    assert "was removed from the scene" in widget.ui.statusLabel.text
    assert not slicer.util.getNodesByClass("vtkMRMLTableNode")


def test_the_report_is_one_file_that_names_nobody_unless_asked(home, tmp_path):
    import slicer

    widget = home(Worker())
    assert not widget.ui.reportButton.enabled
    press(widget, widget.ui.runAllButton)
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    patient = hierarchy.CreateSubjectItem(hierarchy.GetSceneItemID(), "Doe^Jane")
    hierarchy.SetItemParent(hierarchy.GetItemByDataNode(widget.parameters.volume), patient)
    widget.ui.reportEdit.currentPath = str(tmp_path / "case")
    widget.ui.reportButton.click()
    page = (tmp_path / "case.html").read_text(encoding="utf-8")
    for said in ("93%", "Simulated.", "70%", "Assumed: ARCO I", "not a diagnosis"):
        assert said in page
    assert page.count("data:image/png;base64,") == 3  # two hips and one survival curve
    assert 'src="http' not in page
    assert "Doe^Jane" not in page
    assert [p.name for p in tmp_path.iterdir()] == ["case.html"]
    widget.ui.patientCheckBox.checked = True
    erode(widget)
    widget.ui.reportButton.click()
    page = (tmp_path / "case.html").read_text(encoding="utf-8")
    assert "Doe^Jane" in page
    assert "Outdated" in page
    widget.ui.reportEdit.currentPath = str(tmp_path / "nowhere" / "case.html")
    widget.ui.reportButton.click()
    assert "does not exist" in widget.ui.statusLabel.text

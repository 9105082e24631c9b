"""*Run all* without the networks: a pelvis of two balls, a worker that answers on it, and what the scene holds."""

import re
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from ONFHAssistLib.case.result import (
    EXTRACT,
    MEASURE,
    PROBABILITY,
    RADIOGRAPH,
    SEGMENT,
    STAGE,
    SURVIVAL,
    CaseResult,
    DeepFeatures,
    HipResult,
    StepRecord,
)  # fmt: skip
from ONFHAssistLib.early.answer import FeatureContribution, ProbabilityAnswer
from ONFHAssistLib.extract.radiomics import RadiomicsResult
from ONFHAssistLib.imaging.files import read_image, write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.stage.answer import HeatFacts, StageAnswer

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


class Worker:
    """Stands for the worker: what the networks and models would say is made up, all else is the real pipeline.

    Args:
        sides: outlined hips. warnings: of the outlining. failing: steps that fail.
        hold: the step in which it stays until the run is cancelled.
    """

    def __init__(self, sides="RL", warnings=(), failing=(), hold=None):
        self.sides, self.warnings, self.failing, self.hold = sides, list(warnings), failing, hold
        self.asked, self.held = [], None

    def submit(self, job):
        from ONFHAssistLib.case.pipeline import shares

        with tempfile.TemporaryDirectory() as folder:
            arguments = job.prepare(Path(folder))
            steps = arguments["steps"]
            self.asked.append((job.task, arguments))
            if self.hold in steps:
                start = next(start for step, start, _end in shares(steps) if step == self.hold)
                job.on_progress(start + 0.01, "half way")
                self.held = job
            elif "segment" in steps and "segment" in self.failing:
                job.on_error("segment cannot be done.")
            else:
                job.on_result(self.run_case(arguments))

    def cancel(self, job):
        assert job is self.held
        job.on_cancelled()

    def steps_asked(self):
        """Steps of each job so far."""
        return [arguments["steps"] for _task, arguments in self.asked]

    def run_case(self, arguments):
        """What the worker's task answers."""
        return {"result": self.result(arguments).to_json()}

    def result(self, arguments):
        """The result of the steps that were asked for."""
        from ONFHAssistLib.case.case import Case
        from ONFHAssistLib.case.pipeline import run_case

        image = replace(read_image(arguments["image"]["path"]), metadata=arguments["image"]["facts"])
        steps, out = list(arguments["steps"]), Path(arguments["out"])
        labels = read_image(arguments["labels"]["path"]) if "labels" in arguments else None
        found = None
        if SEGMENT in steps:
            labels = self.outlines()
            found = str(write_image(labels, out / "segmentation.mha"))
        case = Case(image, arguments["name"], labels, arguments["edges"])
        known = None if arguments["known"] is None else CaseResult.from_json(arguments["known"])
        result = CaseResult(
            case.name,
            case.input,
            case.content_sha256,
            case.outlines_sha256,
            found,
            edges=dict(case.edges),
            hip_outlines=case.hip_outlines,
            hip_content=case.hip_content,
        )
        if SEGMENT in steps:
            result = self._segmented(result, image, labels)
        if MEASURE in steps and MEASURE not in self.failing:
            measured = run_case(case, out, [MEASURE])
            for hip in measured.hips:
                result = result.with_hip(replace(result.hip(hip.side), findings=hip.findings))
            result = result.with_step(MEASURE, measured.steps[MEASURE])
        for step, add in (
            (EXTRACT, self._extracted), (PROBABILITY, self._predicted), (STAGE, self._staged),
            (RADIOGRAPH, self._on_radiograph),
        ):  # fmt: skip
            if step in steps and step in self.failing:
                result = result.with_step(step, StepRecord(failure=f"{step} cannot be done."))
            elif step in steps:
                result = add(result, labels, out)
        if SURVIVAL in steps:
            whole = result if known is None else known.updated(result)
            survived = self._survived(case, whole, out)
            for hip in survived.hips:
                result = result.with_hip(replace(result.hip(hip.side), survival=hip.survival))
            result = result.with_step(SURVIVAL, survived.steps[SURVIVAL])
        return result

    def _segmented(self, result, image, labels):
        from ONFHAssistLib.segment.sphere_tool import describe_head

        codes = {"R": (1, 3), "L": (2, 4)}
        for side in self.sides:
            mask = np.isin(labels.array, codes[side])
            head = describe_head(image, mask, side, CENTRES[side], RADIUS, 0.9)
            result = result.with_hip(HipResult(side, head=head))
        record = StepRecord(warnings=tuple(self.warnings), provenance={"bundle": "o"})
        return result.with_step(SEGMENT, record)

    def outlines(self):
        """What it finds."""
        return pelvis(self.sides)[1]

    def features(self):
        """Radiomics of each hip."""
        return {"original_firstorder_Mean": 800.0, "original_glcm_Contrast": 1.5}

    def deep(self):
        """Deep features of each hip."""
        return {"DL_0": 0.25}

    def _extracted(self, result, _labels, _out):
        for side in self.sides:
            radiomics = RadiomicsResult(self.features(), "native", "dlr-mri", "0" * 64, 0.1)
            deep = DeepFeatures(self.deep(), "b", "1" * 64)
            result = result.with_hip(replace(result.hip(side), radiomics=radiomics, deep=deep))
        return result.with_step(EXTRACT, StepRecord())

    def _predicted(self, result, _labels, _out):
        row = FeatureContribution("original_firstorder_Mean", 800.0, 1.0, 2.0, 2.0)
        for side, probability, reading in (("R", 0.93, "likely"), ("L", 0.08, "unlikely")):
            if side in self.sides:
                answer = ProbabilityAnswer(probability, 0.5, reading, 0.0, (row,))
                radiomics = RadiomicsResult(self.features(), "native", "dlr-mri", "0" * 64, 0.1)
                result = result.with_hip(replace(result.hip(side), probability=answer, radiomics=radiomics))
        record = StepRecord(statement="Simulated.", provenance={"bundle": "dlr-mri"})
        return result.with_step(PROBABILITY, record)

    def _staged(self, result, labels, out):
        for number, side in enumerate("RL"):
            if side not in self.sides:
                continue
            path = out / f"heat-{side}.nrrd"
            write_image(labels.like((labels.array == number + 1).astype(np.float32) * 0.8), path)
            stage, rest = ("I", "0") if side == "R" else ("0", "I")
            heat = HeatFacts(30.0, 500.0, None, 0.1)
            answer = StageAnswer(stage, {stage: 0.7, rest: 0.2, "II": 0.1}, 0.04, 0.5, str(path), heat)
            result = result.with_hip(replace(result.hip(side), stage=answer))
        return result.with_step(STAGE, StepRecord(statement="Simulated.", provenance={"bundle": "s"}))

    def _on_radiograph(self, result, _labels, _out):
        """Features of the right hip on the radiograph: those that the shipped nomogram asks for, at its cohort's mean."""
        from ONFHAssistLib.survival.calculator import load_calculator

        usual = {}
        for signature in load_calculator("dlrc-xray").model.signatures.values():
            usual |= {name: float(v) for name, v in zip(signature.features, signature.mean, strict=True)}
        deep = {name: value for name, value in usual.items() if name.startswith("DL_")}
        features = {name: value for name, value in usual.items() if name not in deep}
        radiomics = RadiomicsResult(features, "native", "dlrc-xray", "0" * 64, 0.1)
        right = replace(
            result.hip("R"), radiograph_radiomics=radiomics, radiograph_deep=DeepFeatures(deep, "b", "1" * 64)
        )
        return result.with_hip(right).with_step(RADIOGRAPH, StepRecord())

    def _survived(self, case, result, out):
        """By the real step, from what the others found."""
        from ONFHAssistLib.case.steps import estimate_survival
        from ONFHAssistLib.case.work import Settings, Work
        from ONFHAssistLib.core.progress import no_progress

        work = Work(case, Settings().completed(), out, replace(result, edges=dict(case.edges)), result)
        record = estimate_survival(work, no_progress)
        return work.result.with_step(SURVIVAL, record)


class Later(Worker):
    """Has an answer that it gives when it is asked to."""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder

    def submit(self, job):
        self.held, self.answer = job, self.run_case(job.prepare(self.folder))


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


def everything():
    """The scene as a user and a program see it: nodes, attributes, numbers, outlines, charts and their places."""
    import slicer

    from ONFHAssistLib.scene.tables import columns_of

    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    seen = contents()
    for identifier in seen:
        node = slicer.mrmlScene.GetNodeByID(identifier)
        facts = []
        if node.IsA("vtkMRMLTableNode"):
            facts.append(repr(columns_of(node)))
        if node.IsA("vtkMRMLTextNode"):
            facts.append(node.GetText())
        if node.IsA("vtkMRMLPlotChartNode"):
            facts.append([node.GetNthPlotSeriesNodeID(i) for i in range(node.GetNumberOfPlotSeriesNodes())])
        if node.IsA("vtkMRMLMarkupsNode"):
            facts.append([node.GetNthControlPointPosition(i) for i in range(node.GetNumberOfControlPoints())])
        if node.IsA("vtkMRMLScalarVolumeNode"):
            facts.append(slicer.util.arrayFromVolume(node).sum())
        if node.IsA("vtkMRMLSegmentationNode"):
            ids = node.GetSegmentation().GetSegmentIDs()
            facts += [(i, slicer.util.arrayFromSegmentInternalBinaryLabelmap(node, i).sum()) for i in ids]
        if node.IsA("vtkMRMLDisplayableNode"):
            facts.append([node.GetNthDisplayNodeID(i) for i in range(node.GetNumberOfDisplayNodes())])
        item = hierarchy.GetItemByDataNode(node)
        facts.append(hierarchy.GetItemName(hierarchy.GetItemParent(item)) if item else "")
        seen[identifier] = (*seen[identifier], facts)
    return seen

"""An examination without the networks: series of a pelvis of two balls, and a worker that knows how each hip moved."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from support.run_all_worker import CENTRES, Worker, pelvis

from ONFHAssistLib.case.pipeline import ALL_STEPS
from ONFHAssistLib.exam.result import Alignment, ExamHip, ExamResult, SeriesRow
from ONFHAssistLib.exam.study import FoundSeries, plane_of
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.worker.examination import found_series
from ONFHAssistLib.worker.tasks import image_argument

PLANES = {"T1 cor": ("T1", "coronal"), "T2 FS cor": ("T2 FS", "coronal"), "PD FS tra": ("PD FS", "axial")}
SHIFTS = {
    "R": np.array([3.0, -1.0, 2.0]),
    "L": np.array([-2.0, 1.0, 0.5]),
}  # LPS mm, of all series but the first


def motion(side):
    """Reference to series, 4 x 4 LPS: a turn of 4 degrees about z through the head's centre, and a shift."""
    angle = np.radians(4.0 if side == "R" else -3.0)
    matrix = np.eye(4)
    matrix[:2, :2] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    centre = np.array(CENTRES[side])
    matrix[:3, 3] = centre + SHIFTS[side] - matrix[:3, :3] @ centre
    return matrix


def load_examination(names=tuple(PLANES)):
    """Volumes of the scene by name; their planes are stored as such, so that the slices are the third axis."""
    from ONFHAssistLib.scene.volumes import volume_from_image

    image = pelvis("RL")[0]
    found = {}
    for name in names:
        sequence, plane = PLANES[name]
        stored = image if plane == "axial" else _coronal(image)
        facts = {"modality": "MR", "sequence": sequence, "series_description": name}
        found[name] = volume_from_image(replace(stored, metadata=facts), name)
    return found


def _coronal(image):
    """The same voxels with front to back as the third axis."""
    direction = np.asarray(image.direction).reshape(3, 3)[:, [0, 2, 1]]
    x, y, z = image.spacing
    return replace(
        image, array=np.ascontiguousarray(image.array.transpose(1, 0, 2)), spacing=(x, z, y),
        direction=tuple(direction.ravel()),
    )  # fmt: skip


class ExamWorker(Worker):
    """Answers an examination: what is said of the reference is real, what aligned the others is :func:`motion`."""

    plane = "axial"  # of the image that is outlined
    refused = ()  # number and side of alignments that fail

    def submit(self, job):
        if job.task != "run_exam":
            super().submit(job)
            return
        with tempfile.TemporaryDirectory() as folder:
            arguments = job.prepare(Path(folder))
            self.asked.append((job.task, arguments))
            if self.hold:
                job.on_progress(0.3, "half way")
                self.held = job
            else:
                job.on_result(self.run_exam(arguments))

    def run_exam(self, arguments):
        """What the worker's task answers."""
        found = [found_series(one) for one in arguments["series"]]
        wishes = {number: tuple(uses) for number, uses in arguments["wishes"].items()}
        readable = [one for one in found if not one.problem]
        number = next((n for n, uses in wishes.items() if "reference" in uses), readable[0].number)
        reference = next(one for one in readable if one.number == number)
        image, out = reference.read(), Path(arguments["out"])
        result = self.result(
            {
                "image": image_argument(image, out / "reference.mha"),
                "name": number,
                "edges": {},
                "steps": [step for step in ALL_STEPS if step != "radiograph" or "radiograph" in arguments],
                "out": str(out),
                "known": None,
            }
        )
        rows = tuple(self._row(one, number, wishes) for one in found)
        exam = ExamResult(
            "exam",
            rows,
            number,
            tuple(self._alignments(readable, number)),
            tuple(
                ExamHip(hip.side, hip.head, tuple(one.number for one in readable), hip.findings, number, "2")
                for hip in result.hips
            ),
        )
        return {"exam": exam.to_json(), "result": result.to_json()}

    def result(self, arguments):
        """The result of the steps that were asked for, its outlines stored as the image is."""
        direction = np.asarray(read_image(arguments["image"]["path"]).direction).reshape(3, 3)
        self.plane = plane_of(direction[:, 2])
        return super().result(arguments)

    def outlines(self):
        """What it finds, along the axes of the reference."""
        labels = pelvis(self.sides)[1]
        return _coronal(labels) if self.plane == "coronal" else labels

    def _row(self, one: FoundSeries, reference, wishes):
        plain = SeriesRow(
            one.number, one.uid, one.description, one.modality, one.plane, one.facts.get("sequence", ""),
            spacing=one.spacing, slices=one.slices, files=one.files, reason=one.problem,
        )  # fmt: skip
        if one.problem:
            return plain
        seen = {"T1": "T1-weighted"}.get(one.facts["sequence"], "fat-suppressed")
        uses = wishes.get(one.number, (*(("reference",) if one.number == reference else ()), "outline"))
        return replace(
            plain, seen=seen, contrast=seen, uses=uses, usable=True, coverage={"R": 1.0, "L": 0.95},
            notes=("Its header says T2 FS, but it looks T1-weighted; it is used by its look.",)
            if one.description == "T2 FS cor" else (), contradicted=one.description == "T2 FS cor",
        )  # fmt: skip

    def _alignments(self, readable, reference):
        for side in "RL":
            for one in readable:
                matrix = np.eye(4) if one.number == reference else motion(side)
                shift = 0.0 if one.number == reference else float(np.linalg.norm(SHIFTS[side]))
                values = tuple(float(v) for v in matrix.ravel())
                why = "the outlines do not meet" if (one.number, side) in self.refused else ""
                yield Alignment(side, one.number, values, shift, 4.0, 0.5, 0.1, 0.95, why)

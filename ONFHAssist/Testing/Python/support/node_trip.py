"""The sample patient through a real archive and the node with all networks, and back: the same numbers, every voxel."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from support.dicom_cases import TAGS
from support.dicom_files import slice_datasets
from support.node_studies import settings_of
from support.orthanc import Orthanc, free_port, until

from ONFHAssistLib.case.case import Case
from ONFHAssistLib.case.pipeline import ALL_STEPS, run_case
from ONFHAssistLib.case.result import RADIOGRAPH, read_result
from ONFHAssistLib.dicom_out.equipment import MANUFACTURER
from ONFHAssistLib.dicom_out.reading.importing import read_case, write_case
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.node.archives.address import Archive
from ONFHAssistLib.node.archives.exchange import fetch
from ONFHAssistLib.node.log import set_up_log
from ONFHAssistLib.node.service import Node

_SAMPLE = Path(__file__).resolve().parents[3] / "Resources" / "SampleData" / "onfh-right-stage2-t2fs.nrrd"
_STATED = {
    "SeriesDescription": "Hip cor T2 FS", "BodyPartExamined": "HIP", "EchoTime": "67", "RepetitionTime": "3000",
    "ScanningSequence": "SE", "ScanOptions": "FS", "MagneticFieldStrength": "1.5", "EchoTrainLength": "9",
    "Manufacturer": "SIEMENS", "ManufacturerModelName": "Avanto", "SeriesNumber": 3,
}  # fmt: skip
STEPS = tuple(step for step in ALL_STEPS if step != RADIOGRAPH)
_CLOSE = 1e-12


def run_trip(folder: Path, limit_s: float) -> list[str]:
    """Print what came back; a line for everything that is not as it should be."""
    set_up_log()
    sample = read_image(_SAMPLE)
    images = slice_datasets(sample, **{**TAGS, **_STATED, "SliceThickness": sample.spacing[2]})
    port, begun = free_port(), time.monotonic()
    with Orthanc(folder / "orthanc", node_port=port) as archive:
        settings = settings_of(
            folder / "node", listen={"port": port}, archive=archive.table, pictures=True, printed=True, steps=list(STEPS),
            limits={"free_mb": 1, "work_s": limit_s, "idle_s": 10.0},
        )  # fmt: skip
        node = Node(settings)
        node.start()
        try:
            for number, one in enumerate(images):
                pydicom.dcmwrite(folder / f"{number}.dcm", one, enforce_file_format=True)
                name = archive.put(folder / f"{number}.dcm")
            archive.send_to_node(name)
            until(
                lambda: node.queue.table() and node.queue.table()[0][1] in ("sent", "left", "failed"), limit_s
            )
            print(f"{node.queue.table()[0]} after {time.monotonic() - begun:.0f} s")
        finally:
            node.close()
        print({modality: len(uids) for modality, uids in archive.series(name).items()})
        for way, there in (
            ("DIMSE", Archive(**archive.table)),
            ("DICOMweb", Archive(name="Orthanc", url=archive.url)),
        ):
            fetch(there, str(images[0].StudyInstanceUID), folder / way / "all")
            _sorted(folder / way)
    write_case(read_case(folder / "DIMSE" / "objects", source=folder / "DIMSE" / "MR"), folder / "case")
    write_case(read_case(folder / "DICOMweb" / "objects", source=folder / "DICOMweb" / "MR"), folder / "web")
    made = run_case(Case(read_image(folder / "DIMSE" / "MR"), "series 3"), folder / "own", STEPS)
    wrong = []
    for came in ("case", "web"):
        wrong += [f"{came}: {text}" for text in _compared(made, read_result(folder / came))]
    print("\n".join(wrong) or "the same numbers to 1e-12 and every voxel, by DIMSE and by DICOMweb")
    return wrong


def _sorted(folder: Path) -> None:
    """Our objects and the images into folders of their own."""
    for path in list((folder / "all").iterdir()):
        header = pydicom.dcmread(path, stop_before_pixels=True)
        into = folder / ("objects" if header.get("Manufacturer") == MANUFACTURER else str(header.Modality))
        into.mkdir(exist_ok=True)
        path.rename(into / path.name)


def _compared(made: Any, found: Any) -> list[str]:
    wrong = []
    for field in ("segmentation", "segmentation_fine"):
        same = np.array_equal(*(read_image(getattr(one, field)).array for one in (made, found)))
        wrong += [] if same else [f"{field} differs"]
    for side in "RL":
        ours, theirs = made.hip(side), found.hip(side)
        for name in ("findings", "probability", "survival"):
            wrong += differences_of(getattr(ours, name), getattr(theirs, name), f"{side}.{name}")
        if (ours.stage is None) != (theirs.stage is None):
            wrong.append(f"{side}.stage is there and not there")
        elif ours.stage is not None:
            print(side, "stage", ours.stage.stage, "with heat")
            wrong += differences_of(
                {**vars(ours.stage), "heatmap": ""}, {**vars(theirs.stage), "heatmap": ""}, f"{side}.stage"
            )
            if not np.array_equal(
                read_image(ours.stage.heatmap).array, read_image(theirs.stage.heatmap).array
            ):
                wrong.append(f"{side}: the heat differs")
        else:
            print(side, "stage withheld")
    return wrong


def differences_of(first: Any, second: Any, where: str) -> list[str]:
    """Numbers that are further apart than 1e-12, and what else differs; the monthly curve does not travel."""
    if dataclasses.is_dataclass(first) and dataclasses.is_dataclass(second):
        return differences_of(vars(first), vars(second), where)
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        names = (set(first) | set(second)) - {"curve", "references", "contributions"}
        return [
            one
            for name in sorted(names)
            for one in differences_of(first.get(name), second.get(name), f"{where}.{name}")
        ]
    if isinstance(first, tuple | list) and isinstance(second, tuple | list) and len(first) == len(second):
        return [
            one
            for i, (a, b) in enumerate(zip(first, second, strict=True))
            for one in differences_of(a, b, f"{where}[{i}]")
        ]
    if isinstance(first, float) and isinstance(second, float | int):
        same = first == second or (math.isnan(first) and math.isnan(second)) or abs(first - second) <= _CLOSE
        return [] if same else [f"{where}: {first} and {second}"]
    return (
        [] if first == second or (not first and not second) else [f"{where}: {first!r} and {second!r}"[:200]]
    )

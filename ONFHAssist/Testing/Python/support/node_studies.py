"""Studies for the node: two grey balls as hips, worked up in a second, with outlines that a reader drew."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pydicom
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid
from support.dicom_cases import DIRECTIONS, TAGS, outlines, pelvis
from support.dicom_files import slice_datasets, write_shuffled
from support.orthanc import TITLE, free_port

from ONFHAssistLib.core.serial import from_json_value
from ONFHAssistLib.dicom_out.equipment import Identifiers, quiet
from ONFHAssistLib.dicom_out.objects.segments import segmentation
from ONFHAssistLib.dicom_out.source import read_source
from ONFHAssistLib.node.archives.dimse import quiet_network
from ONFHAssistLib.node.settings import NodeSettings

CALLER = "CALLER"
DESCRIPTION = "Hueften cor T1"


@dataclass
class Study:
    """Images of a study, and a segmentation of them."""

    images: list[Dataset]
    drawn: Dataset
    files: list[Path] = field(default_factory=list)

    @property
    def uid(self) -> str:
        """Study Instance UID."""
        return str(self.images[0].StudyInstanceUID)

    def write(self, folder: Path) -> Study:
        """Its files."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, one in enumerate([*self.images, self.drawn]):
            path = folder / f"{number:03d}.dcm"
            pydicom.dcmwrite(path, one, enforce_file_format=True)
            self.files.append(path)
        return self


def first_study(folder: Path, direction: str = "coronal", **tags: object) -> Study:
    """A study; ``folder`` is used to make it."""
    image = pelvis(DIRECTIONS[direction])
    said = {**TAGS, "SeriesDescription": DESCRIPTION, "SeriesNumber": 3, **tags}
    images = slice_datasets(image, **said)
    write_shuffled(images, folder / "series")
    with quiet():
        source = read_source(folder / "series")
        drawn = segmentation(
            outlines(source.image), source, Identifiers(str(images[0].StudyInstanceUID), "drawn"), None
        )
    drawn.Manufacturer = drawn.ManufacturerModelName = "Elsewhere"
    return Study(images, drawn)


def another(study: Study, number: int) -> Study:
    """The same images as those of another patient's study, under identifiers that follow from its number."""
    made = copy.deepcopy(study)
    new: dict[str, str] = {}

    def renamed(_: Dataset, element: pydicom.DataElement) -> None:
        if element.VR == "UI" and not str(element.value).startswith("1.2.840.10008."):
            old = str(element.value)
            element.value = new.setdefault(old, generate_uid(entropy_srcs=[old, str(number)]))

    for one in (*made.images, made.drawn):
        one.walk(renamed)
        one.PatientID, one.PatientName = f"NR-{number}", f"Geheim^{number}"
        one.file_meta.MediaStorageSOPInstanceUID = one.SOPInstanceUID
    return made


def settings_of(folder: Path, **changed: Any) -> NodeSettings:
    """Of a node for tests: it waits for moments only, and works on the outlines that are there."""
    content = {
        "folder": str(folder),
        "listen": {"callers": [CALLER, TITLE], "port": free_port()},
        "archive": {
            "name": "nobody",
            "host": "127.0.0.1",
            "port": free_port(),
            "title": "X",
            "tries": 1,
            "timeout_s": 5.0,
        },
        "limits": {"free_mb": 1, "work_s": 120.0, "idle_s": 10.0},
        "steps": ["segment", "measure"],
        "quiet_s": 0.5,
        "retry_s": 0.2,
        "retry_most_s": 1.0,
        "status_port": free_port(),
        "threads": 1,
        "pictures": False,
        "printed": False,
    }
    for name, value in changed.items():
        content[name] = {**content[name], **value} if isinstance(value, dict) and name in content else value
    return from_json_value(NodeSettings, content, "test")


def send_study(port: int, study: Study, caller: str = CALLER, parts: slice = slice(None)) -> list[int]:
    """Send a study, or part of it, to a node: the status of each answer, -1 for none; [] without an association."""
    from pynetdicom import AE
    from pynetdicom.presentation import build_context

    quiet_network()
    entity = AE(caller)
    entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = 30
    objects = [*study.images, study.drawn][parts]
    kinds = dict.fromkeys(one.SOPClassUID for one in objects)
    contexts = [build_context(kind, [ExplicitVRLittleEndian]) for kind in kinds]
    link = entity.associate("127.0.0.1", port, contexts, "ONFH")
    if not link.is_established:
        return []
    answers = [link.send_c_store(one) for one in objects]
    link.release()
    return [int(answer.Status) if "Status" in answer else -1 for answer in answers]

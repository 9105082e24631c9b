"""Images on their way in: what is refused and why, and files that are on the disk before a sender hears that they are."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from pydicom.dataset import Dataset
from pydicom.uid import UID

from ...core.atomic_files import PART, atomic_file
from ...dicom_out.equipment import MANUFACTURER
from ...imaging.series.numbers import UNREADABLE, tolerant, words
from ..queue import Queue
from ..settings import Limits

# Status of an answer to C-STORE (PS3.4 B.2.3).
STORED, KEPT_FIRST, FULL, MISMATCH, UNREADABLE_OBJECT = 0x0000, 0xB006, 0xA700, 0xA900, 0xC000
_UID = re.compile(r"[0-9]+(\.[0-9]+)*")
_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Answer:
    """What a sender hears, and the line of the log; "" where there is nothing to say."""

    status: int
    said: str = ""
    study: int = 0


class Incoming:
    """Takes images, one at a time.

    Attributes:
        storing: held by who calls :meth:`take`, and by who removes images of a study.
    """

    def __init__(self, folder: Path, queue: Queue, limits: Limits) -> None:
        self.folder, self._queue, self._limits = folder, queue, limits
        self.storing = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def study_folder(self, number: int) -> Path:
        """Where the images of a study lie."""
        return self.folder / str(number)

    def take(self, dataset: Dataset, encoded: bytes, kind: UID, uid: UID) -> Answer:
        """Check an image and put it on the disk.

        Args:
            dataset: decoded as far as its elements were asked for. encoded: as a file.
            kind, uid: SOP class and instance that the sender announced.
        """
        if len(encoded) > self._limits.object_mb * _MEGABYTE:
            return Answer(
                FULL,
                f"an object of {len(encoded) // _MEGABYTE} MB, above the limit of {self._limits.object_mb}",
            )
        problem = _problem(dataset, kind, uid)
        if problem is not None:
            return problem
        if words(dataset, "Manufacturer") == MANUFACTURER:
            return Answer(STORED)  # the archive hands our own outlines on; they are no news
        try:
            return self._keep(str(dataset.StudyInstanceUID), str(uid), encoded)
        except (OSError, sqlite3.Error) as error:
            return Answer(FULL, f"an image could not be written ({type(error).__name__}); is the disk full?")

    def _keep(self, study_uid: str, uid: str, encoded: bytes) -> Answer:
        if shutil.disk_usage(self.folder).free < self._limits.free_mb * _MEGABYTE + len(encoded):
            return Answer(
                FULL,
                f"less than {self._limits.free_mb} MB of the disk are free; nothing is taken until there are",
            )
        if not self._queue.is_known(study_uid) and self._queue.waiting() >= self._limits.waiting_studies:
            return Answer(FULL, f"{self._limits.waiting_studies} studies wait; no further one is taken")
        number = self._queue.number_of(study_uid)
        digest = hashlib.sha256(encoded).hexdigest()
        path = self.study_folder(number) / f"{hashlib.sha256(uid.encode()).hexdigest()[:32]}.dcm"
        known = self._queue.digest_of(number, uid)
        if known is None and self._queue.images_of(number) >= self._limits.study_objects:
            return Answer(
                FULL,
                f"study {number} has {self._limits.study_objects} images, the most that are taken",
                number,
            )
        if known is not None and known != digest:
            return Answer(
                KEPT_FIRST,
                f"an image of study {number} came again with another content; the first stays",
                number,
            )
        if known is None or not path.is_file():
            with atomic_file(path) as part:
                part.write_bytes(encoded)
        if known is None:
            self._queue.add_image(number, uid, digest)
        else:
            self._queue.touch(number)
        return Answer(STORED, study=number)

    def clean(self) -> None:
        """Remove what was being written when the node ended."""
        for path in self.folder.rglob(f"{PART}*"):
            path.unlink(missing_ok=True)

    def remove(self, number: int) -> None:
        """Remove the images of a study."""
        shutil.rmtree(self.study_folder(number), ignore_errors=True)


def _problem(dataset: Dataset, kind: UID, uid: UID) -> Answer | None:
    """Why an object is no image that could be worked up; None where it may be."""
    try:
        with tolerant():
            if str(dataset.SOPInstanceUID) != str(uid) or str(dataset.SOPClassUID) != str(kind):
                return Answer(MISMATCH, "an object that is another than was announced")
            for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
                if len(words(dataset, keyword)) > 64 or not _UID.fullmatch(words(dataset, keyword)):
                    return Answer(MISMATCH, f"an object whose {keyword} is none")
            return _pixel_problem(dataset)
    except UNREADABLE as error:
        return Answer(UNREADABLE_OBJECT, f"an object that cannot be read ({type(error).__name__})")
    except (RecursionError, MemoryError) as error:
        return Answer(UNREADABLE_OBJECT, f"an object that cannot be read ({type(error).__name__})")


def _pixel_problem(dataset: Dataset) -> Answer | None:
    for element in dataset.iterall():  # reads every value, as the work will
        if element.VR == "SQ" and len(element.value) > 100_000:
            return Answer(UNREADABLE_OBJECT, "an object with an endless sequence")
    if "PixelData" not in dataset:
        return Answer(MISMATCH, "an object without pixels")
    rows, columns = int(dataset.Rows), int(dataset.Columns)
    frames, bits = int(dataset.get("NumberOfFrames", 1) or 1), int(dataset.BitsAllocated)
    needed = rows * columns * frames * int(dataset.get("SamplesPerPixel", 1)) * bits // 8
    if min(rows, columns, frames, bits) < 1:
        return Answer(UNREADABLE_OBJECT, "an image without a size")
    if not dataset["PixelData"].is_undefined_length and len(dataset.PixelData) < needed:
        return Answer(UNREADABLE_OBJECT, "an image whose pixels are cut")
    return None

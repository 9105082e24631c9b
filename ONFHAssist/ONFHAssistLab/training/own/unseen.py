"""That no image which judges a network was learned from, told by the images themselves, whatever ids they go under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ONFHAssistLib.bundles.bundle import Bundle
from ONFHAssistLib.bundles.patients import LEARNED_PATIENTS, patients_learned_from
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.imaging.files import read_image

from ..starts import content_digest, identity_digest, images_learned
from .cohort import OwnScan, Parted

_MOST_NAMED = 3


@dataclass(frozen=True)
class ImageMark:
    """Digests of an image: of its voxels alone, and of its series or of voxels and geometry."""

    content: str
    identity: str


def mark_images(scans: Sequence[OwnScan], report: Progress) -> dict[Path, ImageMark]:
    """The marks of every image; each is read.

    Raises:
        InputError: an unreadable image, or the same voxels under two patients.
    """
    marks: dict[Path, ImageMark] = {}
    owners: dict[str, OwnScan] = {}
    for number, scan in enumerate(scans):
        report(number / len(scans), f"Reading {scan.patient}")
        image = read_image(scan.image)
        mark = marks[scan.image] = ImageMark(content_digest(image), identity_digest(image))
        other = owners.setdefault(mark.content, scan)
        if other.patient != scan.patient:
            raise InputError(
                f"{other.image.name} of patient {other.patient} and {scan.image.name} of patient {scan.patient} are the "
                "same image; give one of them, so that nobody is learned from and held back."
            )
    return marks


def contents(scans: Iterable[OwnScan], marks: Mapping[Path, ImageMark]) -> tuple[str, ...]:
    """Sorted digests of the voxels of their images."""
    return tuple(sorted({marks[scan.image].content for scan in scans}))


def require_unseen(start: Bundle, parted: Parted, marks: Mapping[Path, ImageMark]) -> None:
    """Refuse patients held back of whom the start learned, or with whose images the new network will learn.

    Raises:
        InputError: an id or an image of them is among those.
    """
    patients = sorted({scan.patient for scan in parted.held})
    seen = patients_learned_from(start.metadata.get(LEARNED_PATIENTS), patients)
    if seen:
        raise InputError(
            f"The start {start.name} has learned from {len(seen)} of the {len(patients)} patients that would be held "
            f"back ({_named(seen)}), so that they cannot judge it; use the same seed and share as then, or another start."
        )
    known = images_learned(start)
    shared = sorted({scan.patient for scan in parted.held if _among(marks[scan.image], known)})
    if shared:
        raise InputError(
            f"The start {start.name} has learned from images of {len(shared)} of the {len(patients)} patients that would "
            f"be held back ({_named(shared)}), under these or other ids, so that they cannot judge it; train from the "
            "cohort of then, or from another start."
        )
    learned = set(contents(parted.learned, marks))
    both = sorted({scan.patient for scan in parted.held if marks[scan.image].content in learned})
    if both:
        raise InputError(
            f"Images of {_named(both)} would be learned from and held back; give each image once."
        )


def _among(mark: ImageMark, known: frozenset[str]) -> bool:
    return mark.content in known or mark.identity in known


def _named(patients: Sequence[str]) -> str:
    return ", ".join(patients[:_MOST_NAMED]) + (", ..." if len(patients) > _MOST_NAMED else "")

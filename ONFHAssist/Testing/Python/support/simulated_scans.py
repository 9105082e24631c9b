"""Scans and films of a simulated patient, made once a process: what many tests look at and none changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ONFHAssistLab.simulate.acquisition.mri import acquire
from ONFHAssistLab.simulate.acquisition.protocols import MrProtocol, get_protocol
from ONFHAssistLab.simulate.acquisition.radiograph import radiograph
from ONFHAssistLab.simulate.anatomy.patient import Patient
from ONFHAssistLib.imaging.image import Image

Made = TypeVar("Made")
_MADE: dict[tuple[str, ...], object] = {}


def once(patient: Patient, asked: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What ``make`` gives for this patient and these arguments, made at the first call."""
    key = tuple(repr(part) for part in (patient.parameters, patient.tissue.spacing, *asked))
    if key not in _MADE:
        _MADE[key] = make()
    return _MADE[key]


def scan(patient: Patient, protocol: MrProtocol | str, seed: int) -> Image:
    """:func:`acquire`, once; nobody can write into its voxels."""
    protocol = get_protocol(protocol) if isinstance(protocol, str) else protocol
    image = once(patient, ("scan", protocol, seed), lambda: acquire(patient, protocol, seed))
    image.array.setflags(write=False)
    return image


def film(patient: Patient, seed: int, view: str = "AP") -> tuple[Image, Image]:
    """:func:`radiograph`, once; nobody can write into its pixels."""
    images = once(patient, ("film", seed, view), lambda: radiograph(patient, seed, view))
    for image in images:
        image.array.setflags(write=False)
    return images

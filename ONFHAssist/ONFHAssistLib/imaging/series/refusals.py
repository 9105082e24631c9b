"""What is said of frames that are no single volume: echoes, stacks, and the two files that are at fault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from .frames import Frame
from .grid import MISSING, PLANES, REPEATED, SHEARED, Irregular

SAME_LINE_MM = 1.0  # slices of one stack lie behind each other within this
OFFER = "stacks; choose one"
_RESAMPLE = "Export the series again, or resample it first."
# What may tell images at the same place apart, besides the echo, and how it is called.
ECHO = (("echo time", ("EffectiveEchoTime", "EchoTime")), ("echo number", ("EchoNumbers",)))
TELLS_APART: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("b-value", ("DiffusionBValue",)),
    ("kind of image", ("FrameType", "ImageType")),
    ("part of a complex image", ("ComplexImageComponent",)),
    ("repetition", ("TemporalPositionIndex", "TemporalPositionIdentifier")),
    ("inversion time", ("InversionTimes", "InversionTime")),
    ("flip angle", ("FlipAngle",)),
    ("trigger time", ("NominalCardiacTriggerDelayTime", "TriggerTime")),
    ("acquisition", ("FrameAcquisitionNumber", "AcquisitionNumber")),
    ("acquisition time", ("FrameAcquisitionDateTime", "AcquisitionDateTime", "AcquisitionTime")),
)


def echo_words(frames: Sequence[Frame]) -> str:
    time = frames[0].fact("EffectiveEchoTime", "EchoTime")
    return f"{len(frames)} images" if time is None else f"echo time {time:g} ms, {len(frames)} images"


def stack_words(frames: Sequence[Frame]) -> str:
    """Plane, number and place: "sagittal, 12 images, around L -85 P 3 H 10 mm"."""
    first = frames[0]
    plane = ("sagittal", "coronal", "axial")[int(np.argmax(np.abs(first.normal)))]
    middle = np.mean([frame.position for frame in frames], axis=0)
    middle = middle + first.rows_to * first.spacing[0] * (first.shape[1] - 1) / 2
    middle = middle + first.columns_to * first.spacing[1] * (first.shape[0] - 1) / 2
    letters = (("L", "R"), ("P", "A"), ("H", "F"))
    place = " ".join(
        f"{pair[int(value < 0)]} {abs(value):.0f}" for pair, value in zip(letters, middle, strict=True)
    )
    return f"{plane}, {len(frames)} images around {place} mm"


def refusal(path: Path, found: Irregular, stacks: list[list[Frame]]) -> str:
    """Why frames are no volume, with the two that are at fault and the choice that there is.

    Args:
        path: what the user gave.
        stacks: among which ``--stack`` may choose; none or one where it may not.
    """
    both, offer = _pair(found.first, found.second), _offer_stacks(stacks)
    if found.kind == PLANES:
        mixes = f"{found.first.path} has another orientation, size or pixel spacing than {found.second.name}; the series"
        return f"{mixes} mixes planes (a localiser?) {f'and {offer}' if offer else 'and cannot become one volume.'}"
    if found.kind == REPEATED:
        return _refuse_repeated(path, found, both, offer)
    if found.kind == SHEARED:
        return (
            f"The slices of {path} are sheared by {found.found:.1f} mm between {both} (a tilted gantry?); resample the "
            "series first."
        )
    where = f"{both} are {found.found:.2f} mm apart where {found.usual:.2f} mm is usual"
    if found.kind == MISSING:
        return f"{path} misses a slice: {where}; export the series again."
    remedy = f"Export the series again if slices are missing; else it {offer}" if offer else _RESAMPLE
    return f"The slices of {path} are not evenly spaced: {where}. {remedy}"


def _refuse_repeated(path: Path, found: Irregular, both: str, offer: str) -> str:
    apart = np.linalg.norm(found.first.position - found.second.position)
    if offer and (apart > SAME_LINE_MM or found.first.text("StackID") != found.second.text("StackID")):
        return f"{path} has images side by side ({both}): it {offer}"
    return (
        f"{path} has two images at the same position ({both}, {_difference(found)}); give a folder with one of them, "
        "or export it as a series of its own."
    )


def _pair(first: Frame, second: Frame) -> str:
    if first.path == second.path:
        return f"frames {first.number + 1} and {second.number + 1} of {first.path.name}"
    return f"{first.name} and {second.name}"


def _offer_stacks(stacks: list[list[Frame]]) -> str:
    """The choice of a stack, where there are several that are worth one."""
    if len(stacks) < 2 or max(len(one) for one in stacks) < 2:
        return ""
    listing = "; ".join(f"{number} ({stack_words(one)})" for number, one in enumerate(stacks[:8], 1))
    more = f"; and {len(stacks) - 8} more" if len(stacks) > 8 else ""
    return f"holds {len(stacks)} {OFFER}: {listing}{more}."


def _difference(found: Irregular) -> str:
    """In what two images at one place differ, in the words of their headers."""
    for name, keywords in (*ECHO, *TELLS_APART):
        one, other = found.first.text(*keywords), found.second.text(*keywords)
        if one != other:
            return f"which differ in {name}: '{one}' and '{other}'"
    uid = found.first.text("SOPInstanceUID")
    if uid and uid == found.second.text("SOPInstanceUID"):
        return "which state the same SOP Instance UID and hold other pixels"
    return "which nothing in their headers tells apart"

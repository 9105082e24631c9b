"""What a series is when it is no plain spin echo, and whether it can be read as a picture of marrow at all.

The names stand in an image's metadata as ``series_kind``, beside or instead of its ``sequence``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KIND = "series_kind"  # in the metadata of an image


@dataclass(frozen=True)
class SeriesKind:
    """One kind of series.

    Attributes:
        name: as it stands in the metadata and in lists.
        phrase: as it stands in a sentence.
        readable: whether its grey values show marrow, so that femoral heads may be looked for in it.
        open: whether the header leaves it open which sequence it is, so that a user may say so.
    """

    name: str
    phrase: str
    readable: bool = False
    open: bool = False


DIFFUSION = SeriesKind("diffusion", "a diffusion-weighted series")
ADC = SeriesKind("ADC map", "an ADC map")
MAP = SeriesKind("parametric map", "a parametric map")
PHASE = SeriesKind("phase image", "a phase image")
SUBTRACTION = SeriesKind("subtraction", "a subtraction of two series")
PROJECTION = SeriesKind("projection", "a projection of several slices into one")
LOCALISER = SeriesKind("localiser", "a localiser or calibration scan")
PERFUSION = SeriesKind("perfusion", "a perfusion series")
ECHO_PLANAR = SeriesKind("echo planar", "an echo planar series")
ANGIOGRAM = SeriesKind("angiogram", "an angiogram")
DYNAMIC = SeriesKind("dynamic", "one phase of a dynamic series")
FAT = SeriesKind("Dixon fat", "the fat image of a Dixon series")
OPPOSED = SeriesKind("opposed-phase", "an opposed-phase image")
DIXON = SeriesKind("Dixon", "a Dixon series that does not say which of its parts it is", readable=True)
MP_RAGE = SeriesKind("MP-RAGE", "an MP-RAGE (a gradient echo after an inversion)", readable=True)
GRADIENT_ECHO = SeriesKind("gradient echo", "a gradient echo", readable=True)
FLAIR = SeriesKind("FLAIR", "a fluid-attenuated inversion recovery", readable=True)
CONTRAST_AGENT = SeriesKind("contrast-enhanced", "a series with contrast agent", readable=True, open=True)
DERIVED = SeriesKind("derived", "derived from other images", readable=True, open=True)

# By name; of what a header says, the first counts.
KINDS = {
    kind.name: kind
    for kind in (
        ADC, MAP, PHASE, DIFFUSION, SUBTRACTION, PROJECTION, LOCALISER, PERFUSION, ECHO_PLANAR, ANGIOGRAM, DYNAMIC,
        FAT, OPPOSED, DIXON, MP_RAGE, GRADIENT_ECHO, FLAIR, CONTRAST_AGENT, DERIVED,
    )
}  # fmt: skip


def kind_of(facts: Mapping[str, str]) -> SeriesKind | None:
    """The kind that the header of an image proves; None for plain spin echoes and for files without a header."""
    return KINDS.get(facts.get(KIND, ""))


def unreadable(facts: Mapping[str, str], name: str) -> str | None:
    """Why no femoral head is looked for in this series, in one sentence; None where it may be."""
    kind = kind_of(facts)
    if kind is None or kind.readable:
        return None
    return (
        f"{name} is {kind.phrase}, which does not show marrow as a spin echo does; choose a T1, T2, PD or STIR series "
        "of the examination (of a Dixon series the water or in-phase image)."
    )


def sequence_is_open(facts: Mapping[str, str]) -> bool:
    """Whether a user may say which MRI sequence it is: the header says nothing but MR, or leaves it open."""
    kind = kind_of(facts)
    return facts.get("modality", "MR") == "MR" and not facts.get("sequence") and (kind is None or kind.open)

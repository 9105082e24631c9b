"""Which MRI sequence a DICOM header proves: a plain spin echo by its name, anything else by what it is.

A name such as "T2 FS" is what models go by, so it is given only where nothing in the header speaks against a spin echo
read as a magnitude: Scanning Sequence, Image Type, the functional groups of enhanced objects (DICOM PS3.3 C.8.3.1,
C.8.13), diffusion, temporal positions, contrast agent, and the words of the description. Else the user is asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydicom.dataset import Dataset

from ..series_kind import (
    ANGIOGRAM,
    CONTRAST_AGENT,
    DERIVED,
    DIFFUSION,
    DIXON,
    DYNAMIC,
    ECHO_PLANAR,
    FAT,
    FLAIR,
    GRADIENT_ECHO,
    KIND,
    KINDS,
    MAP,
    MP_RAGE,
    OPPOSED,
    PERFUSION,
    PHASE,
    SeriesKind,
)
from . import sequence_words as said
from .numbers import number, value_of
from .numbers import words as text_of

_STIR_MS = (80.0, 260.0)  # inversion times that null fat, 0.5 to 3 T
_SHORTEST_INVERSION_MS = 20.0  # below, the unit is wrong
_LONG_INVERSION_MS = 1000.0  # from here on fluid is nulled
_T1_TR, _T1_TE, _T2_TE, _T2_TE_IF_SAID = 1300.0, 30.0, 50.0, 40.0  # ms
_SHORTEST_TE, _SHORTEST_TR = 4.0, 100.0  # ms of a spin echo; below, the unit is wrong or it is none
_GRADIENT_TE, _GRADIENT_FLIP = 5.0, 50.0  # ms, degrees: where the header does not say, below is no spin echo
_NO_AGENT = {"", "NO", "NONE", "N", "N/A", "NA", "0", "-", "WITHOUT", "NOT", "UNKNOWN", "NULL"}
_SUPPRESSIONS = {"FS", "SFS", "FAT_SAT", "FAT SAT", "FATSAT", "SPIR", "SPAIR", "WE"}
_MAP_CLASS = "1.2.840.10008.5.1.4.1.1.30"  # Parametric Map Storage
_CAPTURE_CLASS = "1.2.840.10008.5.1.4.1.1.7"  # Secondary Capture, and its multi-frame kin
_ACQUISITION_KINDS = {
    "DIFFUSION": DIFFUSION,
    "PERFUSION": PERFUSION,
    "FLOW_ENCODED": ANGIOGRAM,
    "TOF": ANGIOGRAM,
    "FLUID_ATTENUATED": FLAIR,
    "T2_STAR": GRADIENT_ECHO,
    "TAGGING": GRADIENT_ECHO,
}
_ACQUISITION_NAMES = {"T1": "T1", "T2": "T2", "PROTON_DENSITY": "PD"}


@dataclass(frozen=True)
class SeriesSequence:
    """What a header proves.

    Attributes:
        name: "T1", "T2", "T2 FS", "PD", "PD FS", "STIR" or "T1 FS" of a plain spin echo; "" where none is proved.
        kind: what it is instead; None where it is a spin echo, or where the header is silent.
    """

    name: str = ""
    kind: SeriesKind | None = None

    @property
    def facts(self) -> dict[str, str]:
        """As they stand in the metadata of an image."""
        found = {"sequence": self.name, KIND: self.kind.name if self.kind else ""}
        return {key: value for key, value in found.items() if value}


def read_sequence(dataset: Dataset) -> SeriesSequence:
    """The sequence of an MR series by the header of one of its files.

    Args:
        dataset: classic or enhanced; pixel data are not looked at.
    """
    header = _Header(dataset)
    found = _kinds(header)
    kind = next((kind for kind in KINDS.values() if kind in found), None)
    return SeriesSequence("" if kind else _spin_echo(header), kind)


def _kinds(header: _Header) -> set[SeriesKind]:
    """All that the header says beside a plain spin echo."""
    found = said.kinds_in_values(header.values) | said.kinds_in_words(header.words)
    found |= {_ACQUISITION_KINDS[name] for name in header.contrasts if name in _ACQUISITION_KINDS}
    found |= {FAT, OPPOSED} & _dixon_kinds(header) or _dixon_kinds(header)
    sop = text_of(header.dataset, "SOPClassUID")
    tests = (
        (DIFFUSION, header.is_diffusion),
        (MAP, sop == _MAP_CLASS),
        (PHASE, bool(header.components - {"MAGNITUDE", ""})),
        (ECHO_PLANAR, "EP" in header.scanning or "EPI_GEMS" in header.options or header.pulse_starts("ep")),
        (DYNAMIC, header.temporal_positions > 1),
        (GRADIENT_ECHO, header.is_gradient_echo),
        (MP_RAGE, header.is_gradient_echo and (header.is_inverted or header.pulse_starts("tfl"))),
        (FLAIR, not header.is_gradient_echo and (header.inversion or 0.0) >= _LONG_INVERSION_MS),
        (CONTRAST_AGENT, header.has_agent),
        (DERIVED, header.is_derived or sop.startswith(_CAPTURE_CLASS)),
    )
    return found | {kind for kind, holds in tests if holds}


def _dixon_kinds(header: _Header) -> set[SeriesKind]:
    """Of a Dixon series: water and in-phase alone count as pictures that can be read."""
    parts = header.dixon
    if parts <= {"water"} or parts <= {"in-phase"}:
        return set()
    if len(parts) > 1:
        return {DIXON}
    return {{"fat": FAT, "opposed-phase": OPPOSED}.get(next(iter(parts)), DIXON)}


def _spin_echo(header: _Header) -> str:
    """The name of a series in which nothing speaks against a spin echo; "" where its contrast stays unclear."""
    suppressed = header.is_fat_suppressed
    if suppressed is None:
        return ""
    if _is_stir(header):
        return "STIR"
    if header.is_inverted:
        return ""
    name = _weighting(header)
    return f"{name} FS" if name and suppressed else name


def _is_stir(header: _Header) -> bool:
    time = header.inversion
    if said.says(header.words, r"SPAIR|A?SPIR|SPECIAL"):  # these invert fat alone, with like times
        return False
    if time is not None and time >= _SHORTEST_INVERSION_MS:
        return _STIR_MS[0] <= time <= _STIR_MS[1]
    return said.says_stir(header.words) or "STIR" in header.contrasts


def _weighting(header: _Header) -> str:
    """ "T1", "T2" or "PD" where times and words agree, by the usual limits of spin echoes."""
    words = said.weightings_in_words(header.words)
    words |= {_ACQUISITION_NAMES[name] for name in header.contrasts if name in _ACQUISITION_NAMES}
    echo, repetition = header.milliseconds("EchoTime"), header.milliseconds("RepetitionTime")
    if echo is None or repetition is None:
        return next(iter(words)) if len(words) == 1 and header.says_spin_echo else ""
    if echo < _SHORTEST_TE or repetition < _SHORTEST_TR:
        return ""
    if repetition < _T1_TR:
        name = "T1" if echo < _T1_TE else ""
    else:
        name = "T2" if echo >= (_T2_TE_IF_SAID if words == {"T2"} else _T2_TE) else "PD"
    return "" if words and name not in words else name


class _Header:
    """What is asked of a header, each answer read once."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    # words and values ---------------------------------------------------------------------------------------

    @cached_property
    def words(self) -> str:
        return said.words_of(text_of(self.dataset, "SeriesDescription"))

    @cached_property
    def types(self) -> list[list[str]]:
        """The Image Type, and the Frame Types of an enhanced object."""
        return [
            _texts(self.dataset, "ImageType"),
            *(_texts(item, "FrameType") for item in self.items("MRImageFrameTypeSequence")),
        ]

    @cached_property
    def values(self) -> set[str]:
        """Of all types what stands behind ORIGINAL or DERIVED, PRIMARY or SECONDARY."""
        return {value for values in self.types for value in values[2:]}

    @cached_property
    def scanning(self) -> set[str]:
        return set(_texts(self.dataset, "ScanningSequence"))

    @cached_property
    def options(self) -> set[str]:
        return set(_texts(self.dataset, "ScanOptions"))

    @cached_property
    def pulses(self) -> set[str]:
        """Echo Pulse Sequence of an enhanced object: SPIN, GRADIENT or BOTH."""
        return set(_texts(self.dataset, "EchoPulseSequence"))

    @cached_property
    def contrasts(self) -> set[str]:
        """Acquisition Contrast of an enhanced object."""
        sources = [self.dataset, *self.items("MRImageFrameTypeSequence")]
        return {text for source in sources for text in _texts(source, "AcquisitionContrast")}

    @cached_property
    def components(self) -> set[str]:
        """Complex Image Component: MAGNITUDE, PHASE, REAL, IMAGINARY or MIXED."""
        sources = [self.dataset, *self.items("MRImageFrameTypeSequence")]
        return {text for source in sources for text in _texts(source, "ComplexImageComponent")}

    @cached_property
    def dixon(self) -> set[str]:
        return said.dixon_parts(self.values, self.words)

    def pulse_starts(self, letters: str) -> bool:
        """Whether the name that the maker gave to the sequence starts so, such as "*tfl3d1_16"."""
        names = [
            text_of(self.dataset, name).lstrip("*").lower() for name in ("SequenceName", "PulseSequenceName")
        ]
        return any(re.match(letters, name) for name in names)

    # what follows from them ---------------------------------------------------------------------------------

    @cached_property
    def says_spin_echo(self) -> bool:
        """Whether the header states a spin echo; Research Mode (RM) states nothing."""
        stated = (
            bool({"SE", "IR"} & self.scanning) and "GR" not in self.scanning and "RM" not in self.scanning
        )
        stated = stated or self.pulses == {"SPIN"} or bool({"M_SE", "M_IR", "M_TSE"} & self.values)
        return stated or said.says_spin_echo(self.words)

    @cached_property
    def is_gradient_echo(self) -> bool:
        if "GR" in self.scanning or {"GRADIENT", "BOTH"} & self.pulses:
            return True
        if self.pulse_starts(
            r"t?f[il]\d|tfi|qf[il]|me\dd|de\dd|ci\dd|ps\dd|gre|swi|ffe|tfe|fgre|efgre|field_"
        ):
            return True
        if self.says_spin_echo:
            return False
        echo, flip = self.number("EchoTime"), self.number("FlipAngle")
        return (echo is not None and 0 < echo < _GRADIENT_TE) or (
            flip is not None and 0 < flip <= _GRADIENT_FLIP
        )

    @cached_property
    def is_inverted(self) -> bool:
        """Whether the magnetisation was inverted before the echo; of what, the time says."""
        yes = "IR" in self.scanning or "M_IR" in self.values or self.inversion is not None
        yes = yes or any(
            "YES" in _texts(item, "InversionRecovery") for item in self.items("MRModifierSequence")
        )
        if said.says(self.words, r"SPAIR|A?SPIR|SPECIAL"):
            return False
        return yes or said.says(self.words, "IR|TIRM?|FLAIR|STIR") or "STIR" in self.contrasts

    @cached_property
    def inversion(self) -> float | None:
        """Inversion time as it is stated; None where there is none, which some scanners write as 0."""
        time = self.number("InversionTime")
        if time is None:
            times = [_numbers(item, "InversionTimes") for item in self.items("MRModifierSequence")]
            time = next((one[0] for one in times if one), None)
        return time or None

    @cached_property
    def is_diffusion(self) -> bool:
        groups = self.items("MRDiffusionSequence")
        if any((number(one, "DiffusionBValue") or 0.0) > 0.0 for one in (self.dataset, *groups)):
            return True
        directions = {
            text for one in (self.dataset, *groups) for text in _texts(one, "DiffusionDirectionality")
        }
        return bool(directions - {"", "NONE"}) or self.pulse_starts(
            r"ep_b\d|re_b\d|.*_b\d+(t|#|$)|epi_d[tw]i"
        )

    @cached_property
    def temporal_positions(self) -> int:
        """How many times the same place was scanned, as far as the header says."""
        found = [self.number("NumberOfTemporalPositions"), self.number("TemporalPositionIdentifier")]
        found += [number(item, "TemporalPositionIndex") for item in self.items("FrameContentSequence")]
        return int(max((one for one in found if one is not None), default=0))

    @cached_property
    def has_agent(self) -> bool:
        stated = text_of(self.dataset, "ContrastBolusAgent").upper()
        return (
            stated not in _NO_AGENT
            or bool(value_of(self.dataset, "ContrastBolusAgentSequence"))
            or said.agent_in_words(self.words)
        )

    @cached_property
    def is_derived(self) -> bool:
        """Whether it was made from other images, other than by a filter, as a Dixon part, or by compression."""
        if self.dixon in ({"water"}, {"in-phase"}):
            return False
        compressed = text_of(self.dataset, "LossyImageCompression") == "01"
        return any(
            values[:1] == ["DERIVED"] and not said.only_filtered(values[2:], compressed)
            for values in self.types
        )

    @cached_property
    def is_fat_suppressed(self) -> bool | None:
        """Whether fat is dark; None where the header contradicts itself or suppresses something else."""
        modifiers = self.items("MRModifierSequence")
        selected = {text for item in modifiers for text in _texts(item, "SpectrallySelectedSuppression")}
        excited = {text for item in modifiers for text in _texts(item, "SpectrallySelectedExcitation")}
        if not selected <= {"", "NONE", "FAT", "FAT_AND_WATER"} or "FAT" in excited:
            return None
        stated = bool(
            selected & {"FAT", "FAT_AND_WATER"} or "WATER" in excited or self.options & _SUPPRESSIONS
        )
        words = said.fat_suppression_in_words(self.words)
        if stated and words is False:
            return None
        if self.dixon == {"in-phase"}:
            return False
        return stated or bool(words) or self.dixon == {"water"}

    # numbers and groups -------------------------------------------------------------------------------------

    def milliseconds(self, tag: str) -> float | None:
        """A time that is longer than nothing."""
        value = self.number(tag)
        return value if value else None

    def number(self, tag: str) -> float | None:
        """A number of the dataset, else of its functional groups; None where it states none."""
        value = number(self.dataset, tag)
        if value is not None:
            return value
        names = {"EchoTime": ("EffectiveEchoTime", "EchoTime")}.get(tag, (tag,))
        for group in ("MRTimingAndRelatedParametersSequence", "MREchoSequence", "MRModifierSequence"):
            for item in self.items(group):
                for name in names:
                    value = number(item, name)
                    if value is not None:
                        return value
        return None

    @cached_property
    def groups(self) -> list[Dataset]:
        """The functional groups of an enhanced object, shared ones first."""
        names = ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence")
        return [group for name in names for group in _sequence(self.dataset, name)]

    def items(self, name: str) -> list[Dataset]:
        """The items of a sequence of the functional groups."""
        return [item for group in self.groups for item in _sequence(group, name)]


def _sequence(dataset: Dataset, name: str) -> Sequence[Dataset]:
    value = value_of(dataset, name)
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        return ()
    return [item for item in value if isinstance(item, Dataset)]


def _texts(dataset: Dataset, tag: str) -> list[str]:
    """The values of a tag as words in upper case."""
    return [str(value).strip().upper() for value in _each(value_of(dataset, tag))]


def _each(value: Any) -> Iterator[Any]:
    if value is None or isinstance(value, bytes):
        return
    if isinstance(value, str):
        yield from value.split("\\")
    elif isinstance(value, Sequence):
        yield from value
    else:
        yield value


def _numbers(dataset: Dataset, tag: str) -> list[float]:
    """The finite numbers of a tag; what is no number is left out."""
    found = []
    for value in _each(value_of(dataset, tag)):
        try:
            number = float(value)
        except (TypeError, ValueError):
            continue
        if math.isfinite(number):
            found.append(number)
    return found

"""Who made an object, of which series it is, and how it is known: device, algorithms, identifiers.

Identifiers follow from what an object holds: exporting the same results again gives the same ones, so that an archive
keeps one set. Tracking identifiers follow from the study and the structure; those of two hospitals never meet.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import highdicom as hd
from highdicom.coding_schemes import CodingSchemeIdentificationItem
from pydicom.uid import generate_uid

from .. import __version__
from ..imaging.series.numbers import tolerant
from .codes import LEARNING, SCHEME, SCHEME_NAME, SCHEME_VERSION

MANUFACTURER = MODEL = "ONFHAssist"
SERIAL = "none"  # software has none, and the standard wants one
DEVICE_UID = generate_uid(entropy_srcs=["ONFHAssist", "device observer"])
CHARACTERS = "ISO_IR 192"  # UTF-8: a reader's name may need other letters than the patient's
_LONGEST = 64  # of a long string (LO)

# Number and name of each series, beyond those of a scanner.
SERIES = {
    "SEG": (7601, "ONFHAssist: femoral heads and necrosis"),
    "SR": (7602, "ONFHAssist: measurements and answers"),
    "HEAT": (7603, "ONFHAssist: heat of the stage"),
    "KEY": (7604, "ONFHAssist: key images"),
    "PDF": (7605, "ONFHAssist: report"),
}


@dataclass(frozen=True)
class Identifiers:
    """UIDs of one export.

    Attributes:
        study: UID of the study.
        content: hash of all that is exported.
    """

    study: str
    content: str

    def series(self, kind: str) -> str:
        """Series Instance UID of one of :data:`SERIES`."""
        return self._uid("series", kind)

    def instance(self, name: str) -> str:
        """SOP Instance UID of the object of that name."""
        return self._uid("instance", name)

    def tracking(self, side: str, structure: str) -> str:
        """Of one structure of one hip in this study, the same in every object."""
        return str(generate_uid(entropy_srcs=["ONFHAssist tracking", self.study, side, structure]))

    def _uid(self, *parts: str) -> str:
        return str(generate_uid(entropy_srcs=["onfh", self.study, self.content, *parts]))

    def common(self, kind: str, name: str, number: int) -> dict[str, Any]:
        """What every constructor of highdicom asks for of series, instance and maker."""
        series_number, description = SERIES[kind]
        return {
            "series_instance_uid": self.series(kind),
            "series_number": series_number,
            "series_description": description,
            "sop_instance_uid": self.instance(name),
            "instance_number": number,
            "manufacturer": MANUFACTURER,
            "manufacturer_model_name": MODEL,
            "software_versions": __version__,
            "device_serial_number": SERIAL,
            "specific_character_set": CHARACTERS,
        }


@contextmanager
def quiet() -> Iterator[None]:
    """The libraries beneath without a word: what they log and warn of quotes the values of a header, names among them."""
    loggers = [logging.getLogger(name) for name in ("highdicom", "pydicom")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        with tolerant():
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def coding_scheme() -> CodingSchemeIdentificationItem:
    """Our scheme, with the version by which a reader knows whether it can read a report."""
    return CodingSchemeIdentificationItem(SCHEME, name=SCHEME_NAME, version=str(SCHEME_VERSION))


def segment_algorithm(provenance: Mapping[str, str]) -> hd.AlgorithmIdentificationSequence:
    """Who outlined, for a segment: the networks with the hashes of their bundles."""
    named = ("detector", "detector_sha256", "outliner", "outliner_sha256", "bundle", "bundle_sha256")
    found = {name: provenance[name] for name in named if name in provenance}
    name = f"ONFHAssist outline ({found['outliner']})" if "outliner" in found else "ONFHAssist outline"
    return hd.AlgorithmIdentificationSequence(
        name[:_LONGEST], LEARNING, __version__, MANUFACTURER, found or None
    )


def algorithm(name: str, facts: Mapping[str, str]) -> hd.sr.AlgorithmIdentification:
    """Who measured or answered, for a group of a report: each fact as a parameter "name=value"."""
    parameters = [f"{key}={value}" for key, value in facts.items()]
    return hd.sr.AlgorithmIdentification(name, __version__, parameters or None, manufacturer=MANUFACTURER)

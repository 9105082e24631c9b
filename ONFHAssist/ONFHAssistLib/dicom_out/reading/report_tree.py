"""A report of ours as a tree of DICOM items to plain groups of numbers, codes and texts; nothing is taken on trust.

A number stands twice in the standard's own form, as decimal text and as 64 bits; the two must agree, so that a file that
was damaged in a number is noticed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydicom.dataset import Dataset
from pydicom.sr.coding import Code

from ...core.errors import InputError
from ...imaging.series.numbers import items, number, words
from .. import codes
from ..codes import SCHEME, SCHEME_VERSION, key_of

_FINDING, _SITE, _LATERALITY = "DCM:121071", "SCT:363698007", "SCT:272741003"
_GROUP, _SEGMENT, _PERSON = "DCM:125007", "DCM:121191", "DCM:121008"
_ALGORITHM, _PARAMETER = "DCM:111001", "DCM:111002"
_SIDES = {key_of(code): side for side, code in codes.LATERALITY.items()}
_SAME = 1e-9  # share by which the two forms of a number may differ; decimal text has 16 characters


@dataclass
class Group:
    """One measurement group.

    Attributes:
        finding: what it is of, as :func:`.codes.key_of` says it; so are all other concepts.
        algorithm: name; parameters: "name=value" taken apart.
        numbers, choices: concept to value. texts: concept to sentences.
        segment: UID of a segmentation and number of a segment; None where it is of none.
        frames_of_reference: of its points.
    """

    finding: str = ""
    side: str = ""
    algorithm: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    segment: tuple[str, int] | None = None
    frames_of_reference: set[str] = field(default_factory=set)

    def number(self, concept: Code) -> float | None:
        """A number, None where the group has none."""
        return self.numbers.get(key_of(concept))

    def said(self, concept: Code) -> tuple[str, ...]:
        """Its sentences of one kind."""
        return tuple(self.texts.get(key_of(concept), ()))


def is_ours(report: Dataset) -> bool:
    """Whether a structured report has our codes."""
    return any(words(one, "CodingSchemeDesignator") == SCHEME for one in _schemes(report))


def require_version(report: Dataset, path: Path) -> None:
    """Raise :class:`InputError` where a report was written by a newer version than this one."""
    version = next(
        (
            words(one, "CodingSchemeVersion")
            for one in _schemes(report)
            if words(one, "CodingSchemeDesignator") == SCHEME
        ),
        "",
    )
    if not version.isdigit() or int(version) < 1:
        raise damaged(path, f"it states the version '{version}' of its codes")
    if int(version) > SCHEME_VERSION:
        raise InputError(
            f"{path} was written by a newer version of ONFHAssist: its codes are of version {version}, this one reads "
            f"version {SCHEME_VERSION}; update ONFHAssist."
        )


def _schemes(report: Dataset) -> list[Dataset]:
    return items(report, "CodingSchemeIdentificationSequence")


def damaged(path: Path, why: str) -> InputError:
    """The sentence on a report that cannot be what was written."""
    return InputError(f"{path} is a damaged report: {why}; take it from the archive again.")


def groups_in(report: Dataset, path: Path) -> list[Group]:
    """All measurement groups of a report.

    Raises:
        InputError: a group without side or finding, a number that says two values, or groups that are missing.
    """
    groups = [_group(one, path) for one in _containers(report, _GROUP)]
    if not groups:
        raise damaged(path, "it holds no measurement group")
    stated = groups[0].number(codes.ours("groups"))
    if stated != len(groups):
        raise damaged(path, f"it holds {len(groups)} measurement groups where {stated or 0:g} were written")
    return groups


def person_in(report: Dataset) -> str:
    """The person who observed beside the device, "" where there is none."""
    for item in items(report, "ContentSequence"):
        if words(item, "ValueType") == "PNAME" and _concept(item) == _PERSON:
            return words(item, "PersonName")
    return ""


def _containers(parent: Dataset, concept: str) -> Iterator[Dataset]:
    for item in items(parent, "ContentSequence"):
        if _concept(item) == concept:
            yield item
        elif words(item, "ValueType") == "CONTAINER":
            yield from _containers(item, concept)


def _group(container: Dataset, path: Path) -> Group:
    group = Group()
    for item in items(container, "ContentSequence"):
        kind, concept = words(item, "ValueType"), _concept(item)
        if kind == "NUM":
            _take_number(group, item, concept, path)
        elif kind == "CODE":
            _take_code(group, item, concept)
        elif kind == "TEXT":
            _take_text(group, concept, words(item, "TextValue"))
        elif kind == "IMAGE" and concept == _SEGMENT:
            for reference in items(item, "ReferencedSOPSequence"):
                segment = number(reference, "ReferencedSegmentNumber")
                group.segment = words(reference, "ReferencedSOPInstanceUID"), int(segment or 0)
    if not group.side or not group.finding:
        raise damaged(path, "a group states no finding or no side")
    return group


def _take_number(group: Group, item: Dataset, concept: str, path: Path) -> None:
    if concept in group.numbers:
        raise damaged(path, f"it states '{_meaning(item)}' twice for one hip")
    group.numbers[concept] = _number(item, path)
    for point in items(item, "ContentSequence"):
        if words(point, "ValueType") == "SCOORD3D":
            group.frames_of_reference.add(words(point, "ReferencedFrameOfReferenceUID"))


def _take_code(group: Group, item: Dataset, concept: str) -> None:
    value = next((_code(one) for one in items(item, "ConceptCodeSequence")), "")
    if concept == _FINDING:
        group.finding = value
    elif concept == _SITE:
        for inner in items(item, "ContentSequence"):
            if _concept(inner) == _LATERALITY:
                side = next((_code(one) for one in items(inner, "ConceptCodeSequence")), "")
                group.side = _SIDES.get(side, "")
    else:
        group.choices[concept] = value


def _take_text(group: Group, concept: str, text: str) -> None:
    if concept == _ALGORITHM:
        group.algorithm = text
    elif concept == _PARAMETER:
        name, _, value = text.partition("=")
        group.parameters[name] = value
    else:
        group.texts.setdefault(concept, []).append(text)


def _number(item: Dataset, path: Path) -> float:
    for measured in items(item, "MeasuredValueSequence"):
        written = number(measured, "NumericValue")
        exact = number(measured, "FloatingPointValue")
        if written is None or exact is None:
            break
        if not math.isclose(written, exact, rel_tol=_SAME, abs_tol=1e-12):
            raise damaged(path, f"'{_meaning(item)}' is {written:g} and {exact:g} at once")
        return exact
    raise damaged(path, f"'{_meaning(item)}' has no number")


def _concept(item: Dataset) -> str:
    return next((_code(one) for one in items(item, "ConceptNameCodeSequence")), "")


def _meaning(item: Dataset) -> str:
    name = next((words(one, "CodeMeaning") for one in items(item, "ConceptNameCodeSequence")), "")
    return "".join(c for c in name if c.isprintable())[:64] or "a number"


def _code(item: Dataset) -> str:
    return f"{words(item, 'CodingSchemeDesignator')}:{words(item, 'CodeValue')}"

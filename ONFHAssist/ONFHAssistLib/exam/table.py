"""The table of an examination's series: each is read, its heads are looked for, and what it shows is set down.

What differs from the examination in patient, date or hip is named and left out; nothing is dropped without a word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..core.errors import InputError
from ..core.progress import Progress, part_of
from ..imaging.contrast import CONTRASTS_OF_SEQUENCE, contrast_excludes, infer_contrast
from ..imaging.head import FemoralHead
from ..imaging.image import Image
from ..imaging.labels import SIDES
from ..imaging.reading import Reading
from ..imaging.series_kind import kind_of
from ..segment.detector import visible_share
from ..segment.pipeline import segment_hips
from ..segment.sphere_tool import Segmentation
from .identity import grouped
from .result import OTHER_HIP, OTHER_IDENTITY, SeriesRow
from .study import FoundSeries

WHOLE = 0.9  # share of a head that a series has to show to be used for its outline
_SAME_HIP_MM = 45.0  # two hips of a patient are three times as far apart; nobody moves that much unnoticed
NO_HEAD = "It shows no femoral head; is it of another part of the body?"


@dataclass(frozen=True)
class Look:
    """A series with what was seen in it.

    Attributes:
        row: of the table. found: its header.
        image: None where it could not be read. segmentation: heads and necrosis; None where no head was found.
    """

    row: SeriesRow
    found: FoundSeries
    image: Image | None = None
    segmentation: Segmentation | None = None

    def head(self, side: str) -> FemoralHead | None:
        """The head of a side, where it is outlined."""
        heads = self.segmentation.heads if self.segmentation else ()
        return next((head for head in heads if head.side == side), None)

    def without(self, reason: str, other: str = "") -> Look:
        """The same series, not to be used; ``other`` as of its row."""
        return replace(self, row=replace(self.row, usable=False, reason=reason, other=other))

    def noted(self, note: str) -> Look:
        """The same series with one more sentence."""
        return replace(self, row=replace(self.row, notes=(*self.row.notes, note)))


def look_at(found: list[FoundSeries], progress: Progress | None = None) -> list[Look]:
    """Read every series and find its heads.

    Raises:
        InputError: a bundle of the networks is not valid.
    """
    frames = list(dict.fromkeys(one.facts.get("frame_of_reference_uid", "") for one in found))
    looks = []
    for place, one in enumerate(found):
        report = part_of(progress, place / len(found), (place + 1) / len(found))
        report(0.0, f"Series {one.number}: {one.description}")
        row = _first_row(one, frames.index(one.facts.get("frame_of_reference_uid", "")) + 1)
        if one.problem:
            looks.append(Look(replace(row, reason=one.problem), one))
            continue
        try:
            image = one.read()
        except InputError as error:
            looks.append(Look(replace(row, reason=_of_it(error)), one))
            continue
        row = replace(row, notes=(*row.notes, *Reading.of(image.metadata).notes))
        try:
            seen = segment_hips(image, name="It").segmentation  # its networks are loaded once
        except InputError as error:
            text = str(error)
            reason = NO_HEAD if "No femoral head" in text or "one value" in text else text
            looks.append(Look(replace(row, reason=reason), one, image))
            continue
        looks.append(_seen(Look(row, one, image, seen)))
    return looks


def _of_it(error: InputError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]


def _first_row(one: FoundSeries, frame: int) -> SeriesRow:
    kind = kind_of(one.facts)
    stated = one.facts.get("sequence", "") or (kind.name if kind else "")
    notes: tuple[str, ...] = ()
    if one.stated_files > one.files > 1:
        notes = (f"{one.files} of the {one.stated_files} images that its header states are there.",)
    return SeriesRow(
        one.number, one.uid, one.description, one.modality, one.plane, stated, contrast=stated, spacing=one.spacing,
        slices=one.slices, files=one.files, frame=frame, notes=notes, other=one.other, unnamed=one.unnamed,
    )  # fmt: skip


def _seen(look: Look) -> Look:
    """With coverage, contrast by look, and what speaks against the header."""
    assert look.image is not None and look.segmentation is not None
    image, row = look.image, look.row
    heads = look.segmentation.heads
    if not heads:
        return look.without("Both hips are replaced; there is no femoral head to outline.")
    coverage = {
        head.side: round(visible_share(image, np.array(head.centre), head.radius), 3) for head in heads
    }
    whole = [head for head in heads if coverage[head.side] >= WHOLE]
    seen = (infer_contrast(image, whole) if whole else None) or ""
    notes = [*row.notes, *look.segmentation.warnings]
    contradicted = row.stated in CONTRASTS_OF_SEQUENCE and contrast_excludes(seen or None, [row.stated])
    if contradicted:
        notes.append(f"Its header says {row.stated}, but it looks {seen}; it is used by its look.")
    usable = bool(whole)
    reason = "" if usable else "Its field of view or its slices end within the femoral head."
    contrast = seen or next(iter(CONTRASTS_OF_SEQUENCE.get(row.stated, (row.stated,))), "")
    row = replace(
        row, coverage=coverage, seen=seen, contrast=contrast, usable=usable, reason=reason,
        notes=tuple(dict.fromkeys(notes)), contradicted=contradicted,
    )  # fmt: skip
    return replace(look, row=row)


# whose -------------------------------------------------------------------------------------------------------


def of_one_patient(looks: list[Look], chosen: str | None = None) -> list[Look]:
    """The table with all series of another patient or date left out.

    Args:
        chosen: number of a series that is the examination's by the user's word; by default the examination is that of
            most series that show a femoral head.

    Raises:
        InputError: two patients or dates have equally many, and nobody chose.
    """
    groups = grouped([look.found.identity for look in looks])
    if len(groups) == 1:
        return looks
    numbers = [look.row.number for look in looks]
    if chosen is not None:
        main = next(group for group in groups if numbers.index(chosen) in group)
    else:
        sizes = [sum(looks[i].row.usable for i in group) for group in groups]
        best = max(sizes)
        if sizes.count(best) > 1 and best > 0:
            first, second = [group for group, size in zip(groups, sizes, strict=True) if size == best][:2]
            raise InputError(
                f"The folder holds series of more than one patient or date: {_listed(numbers, first)} and "
                f"{_listed(numbers, second)} differ in {_differ(looks, first[0], second[0])}; take one of them out, or "
                "name the reference series.",
                asks_for="use",
            )
        main = groups[sizes.index(best)]
    out = []
    for place, look in enumerate(looks):
        if place in main:
            out.append(look)
            continue
        what = _differ(looks, main[0], place)
        kind = "of another date" if what in ("Study Date", "Study Instance UID") else "of another patient"
        said = f"It is {kind}: it differs from the examination in {what}."
        left = look.without(said) if look.row.usable else look.noted(said)
        out.append(replace(left, row=replace(left.row, other=OTHER_IDENTITY)))
    return out


def _differ(looks: list[Look], one: int, other: int) -> str:
    fields = looks[one].found.identity.differences(looks[other].found.identity)
    return " and ".join([", ".join(fields[:-1]), fields[-1]] if len(fields) > 1 else fields)


def _listed(numbers: list[str], group: list[int]) -> str:
    return f"series {', '.join(numbers[i] for i in group)}"


def of_the_same_hip(looks: list[Look], reference: Look) -> list[Look]:
    """Without series whose header or look calls a hip by the other's side: they lie where the other hip lies.

    Only series of the reference's frame of reference can be held against it so.
    """
    return [_checked(look, reference) for look in looks]


def _checked(look: Look, reference: Look) -> Look:
    if look is reference or not look.row.usable or look.row.frame != reference.row.frame:
        return look
    for side, other in zip(SIDES, reversed(SIDES), strict=True):
        head, mine, theirs = look.head(side), reference.head(side), reference.head(other)
        if head is None or theirs is None:
            continue
        here = np.array(head.centre)
        away = np.inf if mine is None else np.linalg.norm(here - np.array(mine.centre))
        if away > _SAME_HIP_MM and np.linalg.norm(here - np.array(theirs.centre)) <= _SAME_HIP_MM:
            stated = look.found.facts.get("laterality")
            says = f"Its header says {side}" if stated == side else f"Its hip was taken for {side}"
            return look.without(
                f"{says}, but it lies where series {reference.row.number} shows hip {other}; it is not used.",
                OTHER_HIP,
            )
        if away > _SAME_HIP_MM and mine is not None:
            return look.without(
                f"Its hip {side} lies {away:.0f} mm from that of series {reference.row.number}; it is not used.",
                OTHER_HIP,
            )
    return look

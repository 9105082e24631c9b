"""Of whom and of when an examination is: by what its headers state, beside what its user says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import InputError
from ..exam.identity import Identity
from ..imaging.geometry import VOLUME_SUFFIXES
from ..imaging.series.files import read_folder
from ..imaging.series.numbers import tolerant

if TYPE_CHECKING:
    from ..exam.result import ExamResult
    from ..exam.study import FoundSeries

DATES = ("StudyDate", "StudyInstanceUID")  # what two examinations of a patient differ in


def as_day(text: str) -> date:
    """A date written as 2024-05-31 or 20240531.

    Raises:
        InputError: it is none.
    """
    plain = text.strip()
    if len(plain) == 8 and plain.isdigit():
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    try:
        return date.fromisoformat(plain)
    except ValueError:
        raise InputError(f"'{text}' is no date; write it as 2024-05-31.") from None


def series_used(result: ExamResult, found: Sequence[FoundSeries]) -> list[FoundSeries]:
    """The series of a study that its hips were read off, the reference first; a prior examination that lies in the same
    folder is none of them."""
    numbers = {one.series for one in result.alignments if not one.failure} | {result.reference}
    used = [one for one in found if one.number in numbers and one.other != "identity"]
    return sorted(used, key=lambda one: one.number != result.reference)


def stated_day(identities: Sequence[Identity]) -> date | None:
    """The date that most headers state, and of several that the first of them states; None where none states one."""
    counts: dict[str, int] = {}
    for one in identities:
        text = one.stated.get("StudyDate", "")
        if text:
            counts[text] = counts.get(text, 0) + 1
    if not counts:
        return None
    return as_day(max(counts, key=lambda text: counts[text]))  # of equals the one that came first


def day_of(identities: Sequence[Identity], name: str, given: str = "") -> tuple[date, tuple[str, ...]]:
    """The date of an examination, and what its user should know of it.

    Args:
        identities: of its headers. given: by the user; "" takes that of the headers.

    Raises:
        InputError: there is none, or what was given is none.
    """
    stated = stated_day(identities)
    if not given:
        if stated is None:
            raise InputError(
                f"{name} states no study date; give the dates of all examinations, as 2024-05-31."
            )
        return stated, ()
    day = as_day(given)
    if stated is None or stated == day:
        return day, ()
    return day, (
        f"{name} was given the date {day.isoformat()}, but its headers say {stated.isoformat()}; the given date counts.",
    )


def identities_of(path: Path) -> tuple[Identity, ...]:
    """What the headers of an image state, a file or a folder; () of a volume's file, which has no header of a patient."""
    if not path.is_dir() and path.name.lower().endswith(VOLUME_SUFFIXES):
        return ()
    with tolerant():
        return tuple(Identity.of(files[0].dataset) for files in read_folder(path).series.values())


def require_one_patient(named: Sequence[tuple[str, Sequence[Identity]]]) -> None:
    """Refuse examinations whose headers name two patients; what stands in them is not said.

    Args:
        named: of each examination its name and what its headers state.

    Raises:
        InputError: any header of one differs in a field from any header of another.
    """
    for place, (one, first) in enumerate(named):
        for two, second in named[place + 1 :]:
            unlike = _differences(first, second)
            if unlike:
                verb = "differs" if len(unlike) == 1 else "differ"
                raise InputError(f"{one} and {two} are of different patients: {' and '.join(unlike)} {verb}.")


def unnamed(named: Mapping[str, Sequence[Identity]]) -> list[str]:
    """Names of the examinations whose headers say nothing of a patient."""
    return [name for name, found in named.items() if not any(_undated(one).stated for one in found)]


def _differences(first: Sequence[Identity], second: Sequence[Identity]) -> list[str]:
    found: dict[str, None] = {}
    for one in map(_undated, first):
        for two in map(_undated, second):
            found.update(dict.fromkeys(name for name in one.differences(two) if "Study" not in name))
    return list(found)


def _undated(identity: Identity) -> Identity:
    return Identity({key: text for key, text in identity.stated.items() if key not in DATES})

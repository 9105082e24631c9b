"""What a look at a case's images gives, kept in ``review/<case>.json`` of the cohort: pictures and facts of its outlines.

A case is looked at anew where its outlines are others than before, which their hashes tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...core.atomic_files import write_text
from ...core.errors import InputError
from ...core.parallel import map_unordered
from ...core.progress import Progress, no_progress
from ...core.serial import from_json_value, to_json_value
from .folder import ReviewCase, ReviewFolder, open_case
from .outline_facts import OutlineFacts, outline_facts
from .pictures import HipPicture, draw

KEPT = "review"  # folder in that of the cohort
SCHEMA = "onfh-looks/1"


@dataclass(frozen=True)
class Look:
    """A case.

    Attributes:
        outlines: side to the hash of the outlines that were looked at.
        scanner: maker and model, where the header states them, else "". contrast: sequence, else "".
        facts: side to facts of its outline. pictures: side to its picture; empty where none were asked for.
        schema: of the file.
    """

    outlines: dict[str, str]
    scanner: str
    contrast: str
    facts: dict[str, OutlineFacts]
    pictures: dict[str, HipPicture]
    schema: str = SCHEMA


def looks(
    folder: ReviewFolder, pictures: bool, workers: int = 1, progress: Progress | None = None
) -> Iterator[tuple[ReviewCase, Look | str]]:
    """Every case with its look, or a sentence on why there is none, in no certain order.

    Args:
        pictures: whether the pictures are needed. workers: processes.
    """
    report = progress or no_progress
    places: Sequence[tuple[str, str]] = [(str(folder.path), str(case.folder)) for case in folder.good]
    known = {str(case.folder): case for case in folder.good}
    with map_unordered(look_at, places, (pictures,), workers, None) as found:
        for number, (place, text) in enumerate(found, 1):
            case = known[place[1]]
            report(number / len(places), f"Case {case.key}")
            yield case, _read(text) if text.startswith("{") else text


def look_at(place: tuple[str, str], pictures: bool) -> str:
    """A look as JSON, from the file of an earlier one where it still holds; a sentence where it cannot be had.

    Args:
        place: folder of the cohort and of the case.
    """
    cohort, folder = (Path(one) for one in place)
    kept = cohort / KEPT / f"{folder.name}.json"
    try:
        case = open_case(folder)
        if case.problem:
            return case.problem
        if kept.is_file():
            text = kept.read_text(encoding="utf-8")
            if _still_holds(text, case, pictures):
                return text
        text = json.dumps(to_json_value(_new_look(case, pictures)), ensure_ascii=False)
        write_text(kept, text)
    except InputError as error:
        return str(error)
    except (
        OSError,
        ValueError,
        RuntimeError,
    ) as error:  # a damaged file must not end the look at all the others
        return f"{type(error).__name__}: {error}"
    return text


def _still_holds(text: str, case: ReviewCase, pictures: bool) -> bool:
    try:
        look = _read(text)
    except InputError:
        return False
    return look.outlines == case.outlines_sha256 and (bool(look.pictures) or not pictures)


def _read(text: str) -> Look:
    try:
        content: Any = json.loads(text)
    except ValueError as error:
        raise InputError(f"A kept look is not valid JSON ({error}).") from error
    return from_json_value(Look, content, "A kept look")


def _new_look(case: ReviewCase, pictures: bool) -> Look:
    image, labels = case.image(), case.labels()
    image.require_same_grid(labels, f"the image of {case.key}", "Its segmentation")
    fine = case.fine(labels, image)
    outlines = labels if fine is None else fine
    sides = case.sides
    facts = {side: outline_facts(outlines, side) for side in sides}
    drawn = {side: draw(image, outlines, side, facts[side].centre) for side in sides if pictures}
    meta = image.metadata
    scanner = " ".join(filter(None, (meta.get("manufacturer", ""), meta.get("scanner", ""))))
    return Look(case.outlines_sha256, scanner, meta.get("sequence", ""), facts, drawn)

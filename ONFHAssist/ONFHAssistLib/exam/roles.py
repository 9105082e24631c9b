"""What each series of an examination is used for: chosen by plane, contrast and resolution, or by the user.

The reference gives the frame in which everything is put together: a coronal T1 series of both hips where there is one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..core.errors import InputError
from ..imaging.contrast import CONTRASTS_OF_SEQUENCE, FAT_SUPPRESSED, T1, T2
from ..imaging.labels import SIDES
from .result import SeriesRow
from .table import WHOLE, Look

REFERENCE, OUTLINE, ACETABULUM, FLUID, NONE = "reference", "outline", "acetabulum", "fluid", "none"
USES = (REFERENCE, OUTLINE, ACETABULUM, FLUID)
Wishes = Mapping[str, tuple[str, ...]]


def parse_uses(texts: Iterable[str], source: str = "The choice") -> dict[str, tuple[str, ...]]:
    """Of "3=reference+outline" and "4=none" the series number and its uses.

    Raises:
        InputError: not of that form, or an unknown use.
    """
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        number, _, names = text.partition("=")
        uses = tuple(filter(None, (name.strip().lower() for name in names.replace(",", "+").split("+"))))
        unknown = [name for name in uses if name not in (*USES, NONE)]
        if not number.strip() or not uses or unknown:
            raise InputError(
                f"{source} of a role is '{text}'; NUMBER=USE is expected, where USE is {', '.join(USES)} or {NONE}, or "
                "several of them joined by +."
            )
        found[number.strip()] = () if NONE in uses else uses
    return found


def read_uses(path: Path) -> dict[str, tuple[str, ...]]:
    """Roles from a file: JSON of number to uses, or a CSV table with the columns ``number`` and ``uses``.

    Raises:
        InputError: missing, unreadable or of another form.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() == ".json":
            pairs = json.loads(text).items()
        else:
            pairs = [(row["number"], row["uses"]) for row in csv.DictReader(text.splitlines())]
        texts = [f"{n}={'+'.join(u) if isinstance(u, list) else u or NONE}" for n, u in pairs]
    except (OSError, UnicodeError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise InputError(
            f'{path} holds no roles; JSON such as {{"3": "reference+outline"}} is expected, or a CSV table with the '
            "columns number and uses."
        ) from error
    return parse_uses(texts, str(path))


def require_known(wishes: Wishes, rows: Iterable[SeriesRow]) -> None:
    """Refuse roles of series that there are not, and two references."""
    known = {row.number for row in rows}
    for number in wishes:
        if number not in known:
            raise InputError(
                f"There is no series {number}; there are {', '.join(sorted(known, key=_order))}.",
                asks_for="use",
            )
    references = [number for number, uses in wishes.items() if REFERENCE in uses]
    if len(references) > 1:
        raise InputError(
            f"Series {' and '.join(references)} cannot both be the reference; choose one.", asks_for="use"
        )


def chosen_reference(wishes: Wishes) -> str | None:
    """The series that its user made the reference."""
    return next((number for number, uses in wishes.items() if REFERENCE in uses), None)


def assign_reference(looks: list[Look], wishes: Wishes) -> Look:
    """The series whose frame everything is put into.

    Raises:
        InputError: no series can be used, or the user's cannot.
    """
    wanted = chosen_reference(wishes)
    if wanted is not None:
        look = next(look for look in looks if look.row.number == wanted)
        if not look.row.usable:
            raise InputError(f"Series {wanted} cannot be the reference: {look.row.reason}", asks_for="use")
        return look
    usable = [look for look in looks if look.row.usable and wishes.get(look.row.number, USES)]
    if not usable:
        raise InputError(nothing_readable(looks))
    return min(usable, key=_as_reference)


def nothing_readable(looks: list[Look]) -> str:
    """Why an examination cannot be read at all, in one sentence."""
    reasons: dict[str, list[str]] = {}
    for look in looks:
        reasons.setdefault(look.row.reason.rstrip(".") or "nothing is to be used", []).append(look.row.number)
    said = "; ".join(
        f"series {', '.join(numbers)}: {reason[:1].lower()}{reason[1:]}"
        for reason, numbers in reasons.items()
    )
    return f"No series of the folder shows a whole femoral head ({said}); give the MRI of the hips."


def with_uses(looks: list[Look], reference: Look, wishes: Wishes) -> list[Look]:
    """The table with what every series is used for."""
    usable = [look for look in looks if look.row.usable]
    edges, fluid = _serving(usable, ACETABULUM), _serving(usable, FLUID)
    automatic = {
        look.row.number: tuple(
            name
            for name, takes in (
                (REFERENCE, look is reference),
                (OUTLINE, True),
                (ACETABULUM, look.row.number in edges),
                (FLUID, look.row.number in fluid),
            )
            if takes
        )
        for look in usable
    }
    out = []
    for look in looks:
        row, wish = look.row, wishes.get(look.row.number)
        if not row.usable:
            if wish:
                row = replace(
                    row, notes=(*row.notes, f"It was to be used for {', '.join(wish)}, but cannot be.")
                )
        elif wish is None:
            taken = {name for uses in wishes.values() for name in uses} - {OUTLINE}
            kept = tuple(
                name
                for name in automatic[row.number]
                if name not in taken or (name == REFERENCE and look is reference)
            )
            row = replace(row, uses=kept)
        else:
            uses = (*((REFERENCE,) if look is reference and REFERENCE not in wish else ()), *wish)
            row = replace(row, uses=uses, reason="" if uses else "Its user left it out.")
        out.append(replace(look, row=row))
    return out


def _serving(usable: list[Look], use: str) -> set[str]:
    """Numbers of the series that serve a use: of each hip the best that shows it whole, one for both where it can be."""
    found = set()
    for side in SIDES:
        costs = {
            look.row.number: cost
            for look in usable
            if look.row.coverage.get(side, 0.0) >= WHOLE and (cost := cost_of(look, use)) is not None
        }
        if costs:
            found.add(min(costs, key=costs.__getitem__))
    return found


def cost_of(look: Look, use: str) -> float | None:
    """How little a series is suited to show the acetabular edge or fluid; None where it does not show it."""
    return _as_fluid(look) if use == FLUID else _as_edges(look) if use == ACETABULUM else None


def _order(number: str) -> tuple[float, str]:
    try:
        return float(number), number
    except ValueError:
        return np.inf, number


def _as_reference(look: Look) -> float:
    """Cost: both heads first, then coronal, T1 before others, fine before coarse."""
    row = look.row
    whole = sum(share >= WHOLE for share in row.coverage.values())
    plane = 0.0 if row.plane == "coronal" else 4.0 if row.plane == "axial" else 6.0
    contrast = {T1: 0.0, T2: 1.0}.get(row.contrast, 2.0)
    return -20.0 * whole + plane + contrast + _doubt(row)


def _as_edges(look: Look) -> float | None:
    """Cost as the series of the acetabular edge, which shows without fat suppression on coronal planes; None for none."""
    row = look.row
    if row.contrast not in (T1, T2):
        return None
    plane = {"coronal": 0.0, "sagittal": 5.0}.get(row.plane, 8.0)
    whole = sum(share >= WHOLE for share in row.coverage.values())
    return -20.0 * whole + plane + (0.0 if row.contrast == T1 else 1.0) + _doubt(row)


def _as_fluid(look: Look) -> float | None:
    row = look.row
    if row.contrast != FAT_SUPPRESSED:
        return None
    whole = sum(share >= WHOLE for share in row.coverage.values())
    return -20.0 * whole + (0.0 if row.plane == "coronal" else 2.0) + _doubt(row)


def _doubt(row: SeriesRow) -> float:
    """Cost of coarse voxels, and of a header that the look contradicts: what reads the header would be misled."""
    stated = CONTRASTS_OF_SEQUENCE.get(row.stated)
    return 0.1 * _voxel(row) + (10.0 if stated and row.contrast not in stated else 0.0)


def _voxel(row: SeriesRow) -> float:
    return float(np.prod(row.spacing)) if row.spacing else 100.0

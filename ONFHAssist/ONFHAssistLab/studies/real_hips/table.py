"""The table of real hips: one row a hip with its image, side, sphere and truth; every wrong cell is refused by name."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.contrast import CONTRAST_OF_SEQUENCE
from ONFHAssistLib.imaging.labels import SIDES
from ONFHAssistLib.tabular.tables.reader import read_csv

Point = tuple[float, float, float]
HEALTHY, IMPLANTED = "healthy", "implanted"
TRUTHS = {
    HEALTHY: "a healthy hip",
    IMPLANTED: "a hip with a necrosis, such as one that was painted into a healthy hip's image",
}
STAGES = ("0", "I", "II")
CENTRE, CENTRES = "centre", ("centre_x", "centre_y", "centre_z")
RADIUS_MM = (10.0, 40.0)  # beyond any adult's femoral head: a diameter, or another unit
_NEEDED = ("image", "side", "radius", "truth")
_LONGEST = 40  # characters of a cell that a refusal repeats


@dataclass(frozen=True)
class RealHip:
    """One row of the table.

    Attributes:
        line: of the file, the header being line 1.
        image: absolute path of a file or DICOM folder. name: below the folder that holds all images of the table.
        side: "R" or "L".
        centre: of the true sphere, LPS mm. radius: mm.
        truth: a word of :data:`TRUTHS`.
        segmentation: absolute path of the true labels; None without.
        necrosis_ml, necrotic_share (0..1): of the true necrosis; None where the table says nothing.
        stage: true modified Ficat-Arlet stage; None where the table says nothing.
        patient: whose hips are drawn together in the intervals; the image where the table names none.
        sequence: that the image is; None where the table says nothing.
    """

    line: int
    image: Path
    name: str
    side: str
    centre: Point
    radius: float
    truth: str
    segmentation: Path | None = None
    necrosis_ml: float | None = None
    necrotic_share: float | None = None
    stage: str | None = None
    patient: str = ""
    sequence: str | None = None


class _Cells:
    """The cells of one row as text; what is wrong is refused with row and column."""

    def __init__(self, file: str, line: int, row: dict[str, Any]) -> None:
        self._where, self._row, self.line = f"{file}, line {line}", row, line

    def text(self, column: str) -> str:
        value = self._row.get(column)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))  # 0 beside an empty cell of the same column is read as 0.0
        return str(value).strip()

    def refused(self, column: str, expected: str) -> InputError:
        cell = self.text(column)
        said = f"'{cell[:_LONGEST]}'" if cell else "empty"
        return InputError(f"{self._where}: the column '{column}' is {said}; {expected}")

    def word(self, column: str, words: tuple[str, ...], meaning: str = "") -> str:
        cell = self.text(column)
        if cell not in words:
            raise self.refused(column, f"{' or '.join(words)} is expected{meaning}.")
        return cell

    def number(self, column: str, low: float, high: float, expected: str) -> float:
        try:
            value = float(self.text(column))
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise self.refused(column, f"{expected} is expected.")
        return value

    def path(self, column: str, base: Path) -> Path:
        cell = self.text(column)
        try:
            path = (base / cell).resolve()
            there = bool(cell) and path.exists()
        except (OSError, ValueError):  # a zero byte, or longer than any file name
            there = False
        if not there:
            raise self.refused(column, f"a file or folder is expected, relative to {base}.")
        return path

    def centre(self, one_column: bool) -> Point:
        if not one_column:
            x, y, z = (self.number(c, -1e4, 1e4, "a coordinate in LPS mm") for c in CENTRES)
            return x, y, z
        try:
            x, y, z = (float(part) for part in self.text(CENTRE).replace(",", " ").replace(";", " ").split())
        except ValueError:
            raise self.refused(CENTRE, 'three coordinates "x y z" in LPS mm are expected.') from None
        if not all(math.isfinite(value) and abs(value) <= 1e4 for value in (x, y, z)):
            raise self.refused(CENTRE, 'three coordinates "x y z" in LPS mm are expected.')
        return x, y, z


def read_real_hips(table: str | Path) -> list[RealHip]:
    """The rows of a table, checked as far as a table can be checked without reading images.

    Args:
        table: CSV with the columns ``image`` (path relative to the table), ``side`` (R, L), ``centre_x``, ``centre_y``,
            ``centre_z`` (LPS mm; or one column ``centre`` "x y z"), ``radius`` (mm), ``truth`` ("healthy" or
            "implanted"), and, as wanted, ``segmentation`` (labels 1, 2 head R, L; 3, 4 necrosis), ``necrosis_ml``,
            ``necrotic_share`` (0..1), ``stage`` (0, I, II), ``patient``, ``sequence``.

    Raises:
        InputError: a missing column, a missing or wrong cell, a hip twice, an image with two patients or sequences.
    """
    path = Path(table)
    content = read_csv(path)
    one_column = CENTRE in content
    for name in (*_NEEDED, *(() if one_column else CENTRES)):
        if name not in content:
            known = ", ".join(str(column) for column in content.columns[:14])
            raise InputError(f"{path.name} lacks the column '{name}'; it has {known}.")
    base = path.resolve().parent
    hips = [
        _hip(_Cells(path.name, line, row), base, one_column)
        for line, row in enumerate(content.astype(object).to_dict("records"), 2)
    ]
    _refuse_contradictions(hips, path.name)
    return _named(hips)


def _named(hips: list[RealHip]) -> list[RealHip]:
    """With names as short as they can be and still differ: paths below the folder that all images share."""
    try:
        common = os.path.commonpath([hip.image.parent for hip in hips])
    except ValueError:  # on several drives
        return hips
    return [replace(hip, name=hip.image.relative_to(common).as_posix()) for hip in hips]


def _hip(cells: _Cells, base: Path, one_column: bool) -> RealHip:
    image = cells.path("image", base)
    side = cells.word("side", SIDES)
    truth = cells.word("truth", tuple(TRUTHS))
    low, high = RADIUS_MM
    share = (
        cells.number("necrotic_share", 0.0, 1.0, "a share of the head from 0 to 1")
        if cells.text("necrotic_share")
        else None
    )
    volume = cells.number("necrosis_ml", 0.0, 200.0, "a volume in ml") if cells.text("necrosis_ml") else None
    if truth == HEALTHY:
        for name, value in (("necrosis_ml", volume), ("necrotic_share", share)):
            if value:
                raise cells.refused(name, "a healthy hip has no necrosis: 0, or nothing, is expected.")
    stage = cells.word("stage", STAGES) if cells.text("stage") else None
    if stage is not None and (stage == "0") != (truth == HEALTHY):
        raise cells.refused("stage", f"{'0' if truth == HEALTHY else 'I or II'} is expected of '{truth}'.")
    return RealHip(
        cells.line,
        image,
        cells.text("image"),
        side,
        cells.centre(one_column),
        cells.number("radius", low, high, f"a radius of {low:g} to {high:g} mm"),
        truth,
        cells.path("segmentation", base) if cells.text("segmentation") else None,
        volume,
        share,
        stage,
        cells.text("patient") or str(image),
        cells.word("sequence", tuple(CONTRAST_OF_SEQUENCE)) if cells.text("sequence") else None,
    )


def _refuse_contradictions(hips: list[RealHip], file: str) -> None:
    first: dict[Path, RealHip] = {}
    seen: dict[tuple[Path, str], RealHip] = {}
    for hip in hips:
        earlier = seen.setdefault((hip.image, hip.side), hip)
        if earlier is not hip:
            raise InputError(
                f"{file}, line {hip.line}: the column 'side' names {hip.side} of {hip.name}, as line "
                f"{earlier.line} does; one row a hip is expected."
            )
        other = first.setdefault(hip.image, hip)
        for column in ("patient", "sequence"):
            if getattr(hip, column) != getattr(other, column):
                raise InputError(
                    f"{file}, line {hip.line}: the column '{column}' is not that of line {other.line}, which names the "
                    f"same image {hip.name}; the same is expected."
                )


def by_image(hips: list[RealHip]) -> dict[Path, list[RealHip]]:
    """The hips of each image, in the order of the table."""
    images: dict[Path, list[RealHip]] = {}
    for hip in hips:
        images.setdefault(hip.image, []).append(hip)
    return images

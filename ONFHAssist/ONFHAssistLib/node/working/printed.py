"""The node's printed report: a PDF of one page a hip with what was measured and answered, and its picture.

It names nobody; the DICOM object around it does.
"""

from __future__ import annotations

import math
import tempfile
import textwrap
from pathlib import Path
from typing import Any

from ...case.result import CaseResult
from ...case.rows import rows_of
from ...core.atomic_files import atomic_file
from ...core.library_logs import quiet_drawing_logs
from ...imaging.image import Image
from ...report.case_pictures import draw_hip, outlined_sides, window_of

_A4 = (8.27, 11.69)  # inches
_LINES, _WIDTH = 62, 104  # of text on a page: lines, and characters of one
_TITLES = {
    "measurements": "Measurements",
    "prediction": "Early osteonecrosis",
    "stage": "Stage",
    "survival": "Survival",
}
_UNITS = {
    "radius": " (mm)", "arc_a": " (degrees)", "arc_b": " (degrees)", "combined_necrotic_angle": " (degrees)",
    "heat_volume": " (ml)", "heat_surface": " (square mm)",
}  # fmt: skip
_FOOT = "ONFHAssist, for research only; worked up by a machine, confirmed by nobody."


def print_case(result: CaseResult, image: Image, labels: Image, path: Path) -> Path:
    """Write the pages; the file appears only when it is whole, and is the same for the same result.

    Args:
        labels: outlines on the grid of the image.
    """
    quiet_drawing_logs()
    from matplotlib.backends.backend_pdf import PdfPages

    sides = outlined_sides(labels)
    window = window_of(image, labels, sides) if sides else None
    with (
        atomic_file(path) as part,
        tempfile.TemporaryDirectory(prefix="onfh-print-") as folder,
        PdfPages(part, metadata={"CreationDate": None, "Title": "ONFHAssist: report of the case"}) as pages,
    ):
        for side in sides:
            picture, _ = draw_hip(image, labels, side, Path(folder) / f"{side}.png", None, window)
            pages.savefig(_page(f"Hip {side}", _of_side(result, side), picture))
        notes = [line for text in result.sentences() for line in textwrap.wrap(text, _WIDTH)] or [
            "No warnings."
        ]
        for start in range(0, len(notes), _LINES):
            pages.savefig(_page("What limits the answers", notes[start : start + _LINES]))
    return path


def _of_side(result: CaseResult, side: str) -> list[str]:
    lines = []
    for role, title in _TITLES.items():
        for row in (row for row in rows_of(result, role) if row.get("side") == side):
            lines.append(title)
            for name, value in row.items():
                if name != "side" and value is not None and value != "":
                    text = f"{name.replace('_', ' ')}{_UNITS.get(name, '')}: {_value(value)}"
                    lines += textwrap.wrap(text, _WIDTH, initial_indent="   ", subsequent_indent="      ")
    for held_side, step, held in result.withheld:
        if held_side == side:
            lines += textwrap.wrap(f"Withheld: {step}. {' '.join(held.reasons)}", _WIDTH)
    return lines[:_LINES]


def _value(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(_value(one) for one in value)
    if isinstance(value, float):
        return f"{value:.4g}" if math.isfinite(value) else "-"
    return str(value)


def _page(title: str, lines: list[str], picture: Path | None = None) -> Any:
    from matplotlib.figure import Figure

    figure = Figure(figsize=_A4)
    figure.text(0.08, 0.95, title, fontsize=15, weight="bold")
    figure.text(0.08, 0.03, _FOOT, fontsize=7)
    top = 0.92
    if picture is not None:
        from matplotlib.image import imread

        axes = figure.add_axes((0.08, 0.62, 0.84, 0.3))
        axes.imshow(imread(picture))
        axes.set_axis_off()
        top = 0.6
    size = 7 if len(lines) > 40 else 8
    figure.text(0.08, top, "\n".join(lines), fontsize=size, va="top", linespacing=1.25)
    return figure

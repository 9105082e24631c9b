"""Draw the icons: SVG sources and 128 x 128 PNGs in Resources/Icons, and the extension's ONFHAssist.png.

Run ``.venv/bin/python tools/icons.py`` after a change here. One femur, seen from the front, carries every picture.
"""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "ONFHAssist" / "Resources" / "Icons"
BACKGROUND = '<rect x="4" y="4" width="120" height="120" rx="24" fill="#16394a"/>'
# Head about (76, 46) with radius 27, neck down to the left, greater trochanter, shaft.
FEMUR = (
    '<path d="M48 120 C46 100 40 92 31 82 C22 72 21 58 28 52 C34 47 41 50 46 57 C49 61 52 59 53 55 '
    'C51 30 66 19 78 19 C93 19 104 31 104 46 C104 62 92 73 77 73 C72 73 69 74 68 79 C67 92 74 104 76 120 Z" '
    'fill="{fill}" stroke="#fffaf0" stroke-width="3.5" stroke-linejoin="round"/>'
)
HEAD = (77, 46, 26)
NECROSIS = '<path d="M59 30 C66 20 87 18 97 31 C92 42 84 47 77 47 C69 47 62 41 59 30 Z" fill="#f28c28"/>'


def femur(fill: str = "#e9dfc9") -> str:
    """The bone in one colour."""
    return FEMUR.format(fill=fill)


def home() -> str:
    """The bone with its necrosis."""
    line = '<path d="M59 30 C62 41 69 47 77 47 C84 47 92 42 97 31" fill="none" stroke="#8c2f1b" stroke-width="3"/>'
    return femur() + NECROSIS + line


def segment() -> str:
    """An outline with its handles about the head."""
    x, y, r = HEAD
    handles = "".join(
        f'<rect x="{x + dx * r - 4:g}" y="{y + dy * r - 4:g}" width="8" height="8" fill="#fff" '
        'stroke="#0b84a5" stroke-width="2"/>'
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
    )
    return (
        femur()
        + f'<circle cx="{x}" cy="{y}" r="{r}" fill="#56b4e9" fill-opacity="0.45" stroke="#0b84a5" stroke-width="4"/>'
        + handles
    )


def extract() -> str:
    """The head read as a matrix of grey levels."""
    x0, y0, size = 57, 26, 10
    shades = ("#1f5f75", "#56b4e9", "#bfe3f5", "#0b84a5")
    cells = "".join(
        f'<rect x="{x0 + i * size}" y="{y0 + j * size}" width="{size - 1}" height="{size - 1}" '
        f'fill="{shades[(3 * i + 2 * j + i * j) % 4]}"/>'
        for i in range(4)
        for j in range(4)
    )
    return femur() + cells


def predict() -> str:
    """A heatmap in the head."""
    x, y, r = HEAD
    gradient = (
        '<defs><radialGradient id="g" cx="0.42" cy="0.3" r="0.75"><stop offset="0" stop-color="#d7191c"/>'
        '<stop offset="0.35" stop-color="#fd8d3c"/><stop offset="0.65" stop-color="#ffe08a"/>'
        '<stop offset="1" stop-color="#7fb6d6"/></radialGradient></defs>'
    )
    return gradient + femur() + f'<circle cx="{x}" cy="{y}" r="{r - 2}" fill="url(#g)"/>'


def survival() -> str:
    """Two step curves over the bone."""
    steps = (
        '<path d="M18 108 L18 26" stroke="#ffffff" stroke-width="3.5"/><path d="M18 108 L112 108" stroke="#ffffff" '
        'stroke-width="3.5"/><path d="M18 30 H44 V38 H72 V46 H110" fill="none" stroke="#2ec4a0" stroke-width="6"/>'
        '<path d="M18 30 H34 V48 H54 V68 H78 V86 H110" fill="none" stroke="#f28c28" stroke-width="6"/>'
    )
    return femur("#4f6f7c").replace("#fffaf0", "#6d8b97") + steps


def cohort() -> str:
    """A sheet of heads: two accepted, one that is looked at."""
    cells = []
    for row in range(2):
        for column in range(2):
            x, y = 20 + 46 * column, 20 + 46 * row
            last = row == column == 1
            edge = "#f28c28" if last else "#2ec4a0"
            cells.append(
                f'<rect x="{x}" y="{y}" width="42" height="42" rx="6" fill="#0b1f29" stroke="{edge}" stroke-width="3.5"/>'
                f'<circle cx="{x + 22}" cy="{y + 19}" r="11" fill="#e9dfc9"/>'
                f'<path d="M{x + 13} {y + 24} L{x + 7} {y + 37} H{x + 20} L{x + 24} {y + 29} Z" fill="#e9dfc9"/>'
                + (
                    f'<path d="M{x + 13} {y + 12} A11 11 0 0 1 {x + 31} {y + 12} L{x + 22} {y + 19} Z" fill="#f28c28"/>'
                    if last
                    else ""
                )
            )
    return "".join(cells)


def main() -> None:
    """Write every icon."""
    QGuiApplication([])
    ICONS.mkdir(parents=True, exist_ok=True)
    drawings = {
        "ONFHAssist": home,
        "ONFHSegment": segment,
        "ONFHExtract": extract,
        "ONFHPredict": predict,
        "ONFHSurvival": survival,
        "ONFHCohort": cohort,
    }
    for name, draw in drawings.items():
        head = '<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">'
        svg = f"{head}{BACKGROUND}{draw()}</svg>\n"
        (ICONS / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
        image = QImage(128, 128, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(svg.encode())).render(painter)
        painter.end()
        image.save(str(ICONS / f"{name}.png"))
    (ROOT / "ONFHAssist.png").write_bytes((ICONS / "ONFHAssist.png").read_bytes())


if __name__ == "__main__":
    main()

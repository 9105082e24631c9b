"""Draw the rooms of the house from the imports of the code, for Docs/developer/architecture.md; part of ``make docs``.

``architecture.svg`` has the rooms as boxes in the order of their layers, with the arrows that do not follow from others.
``imports.svg`` has every import as a number: row imports column; what the layers forbid stands in red. The same code
gives the same bytes.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from room_layout import SLOTS, Layout
from rooms import LABORATORY, LIBRARY, MODULES, ROOT, SOURCES, House, read_house

PICTURES = ROOT / "Docs" / "developer" / "pictures"
INK, SOFT, WRONG = "#1f2a37", "#66727f", "#c62828"
FILLS = {"library": "#e3ecf7", "slicer": "#d3eee4", "laboratory": "#fbe8cd"}
EDGES = {"library": "#2f6299", "slicer": "#177256", "laboratory": "#a1640f"}
GROUNDS = {"library": "#f6f8fb", "slicer": "#f1f9f6", "laboratory": "#fdf7ee"}
WORDS = {"library": "plain Python", "slicer": "imports Slicer or Qt", "laboratory": "the laboratory"}
MAP_WIDTH, LAYER, BOX = 8.8, 0.46, (1.06, 0.25)  # inches
CELL, LABEL = 0.285, 1.42


# what is drawn ----------------------------------------------------------------------------------------------------


def rows_of(house: House) -> list[list[str]]:
    """Rooms of each layer, lowest first: the library, the module files, the laboratory."""
    rows = [[f"{LIBRARY}.{name}" for name in layer] for layer in house.layers[LIBRARY]]
    rows.append([MODULES])
    rows += [[f"{LABORATORY}.{name}" for name in layer] for layer in house.layers[LABORATORY]]
    there = [[room for room in row if house.files[room]] for row in rows]
    return [row for row in there if row]


def needed_arrows(house: House) -> list[tuple[str, str]]:
    """Allowed imports between rooms that do not follow from a chain of others, sorted."""
    below: dict[str, set[str]] = {}
    for importing, imported in house.imports:
        if importing != imported and house.allowed(importing, imported):
            below.setdefault(importing, set()).add(imported)

    def reach(room: str) -> set[str]:
        lowers = below.get(room, set())
        return lowers.union(*(reach(lower) for lower in lowers))

    known = {room: reach(room) for room in below}
    return sorted(
        (room, lower)
        for room, lowers in below.items()
        for lower in lowers
        if not any(lower in known.get(between, ()) for between in lowers)
    )


def look(house: House, room: str) -> str:
    """The kind of a room, which decides its colour."""
    if room in house.slicer or room == MODULES:
        return "slicer"
    return "laboratory" if room.startswith(LABORATORY) else "library"


def short(room: str) -> str:
    """What stands in the box."""
    return "module files" if room == MODULES else room.rpartition(".")[2]


# a sheet of paper -------------------------------------------------------------------------------------------------


class Sheet:
    """A picture in inches; text and boxes in the few ways that both pictures need."""

    def __init__(self, width: float, height: float) -> None:
        import matplotlib as mpl

        mpl.use("Agg")
        import matplotlib.pyplot as plt

        mpl.rcParams.update(
            {"svg.hashsalt": "onfhassist", "svg.fonttype": "path", "font.family": "DejaVu Sans"}
        )
        self.figure = plt.figure(figsize=(width, height), facecolor="white")
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(0, height))
        self.axes.axis("off")

    def text(self, x: float, y: float, words: str, **style: Any) -> None:
        """Words at a place; centred in height where nothing else is said."""
        self.axes.text(x, y, words, **{"size": 8, "color": INK, "va": "center", **style})

    def block(self, x: float, y: float, width: float, height: float, **style: Any) -> None:
        """A rectangle by its lower left corner."""
        from matplotlib.patches import Rectangle

        self.axes.add_patch(Rectangle((x, y), width, height, **{"lw": 0, **style}))

    def box(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """A box of a room, by its middle."""
        from matplotlib.patches import FancyBboxPatch

        shape = "round,pad=0,rounding_size=0.05"
        corner = (x - width / 2, y - height / 2)
        style = {"facecolor": FILLS[kind], "edgecolor": EDGES[kind], "lw": 1.0, "zorder": 4}
        self.axes.add_patch(FancyBboxPatch(corner, width, height, boxstyle=shape, **style))

    def arrow(self, start: tuple[float, float], end: tuple[float, float], width: float) -> None:
        """From an importing room to the imported; a light rim keeps crossing arrows apart."""
        from matplotlib.patches import FancyArrowPatch

        head = "-|>,head_length=4,head_width=1.9"
        for colour, more, z in (("white", 2.0, 2), (SOFT, 0.0, 3)):
            style = {"lw": width + more, "color": colour, "zorder": z, "shrinkA": 0, "shrinkB": 1}
            self.axes.add_patch(FancyArrowPatch(start, end, arrowstyle=head if not more else "-", **style))

    def key(self, x: float, y: float, kinds: list[str]) -> None:
        """What the colours mean."""
        for kind in kinds:
            self.box(x + 0.12, y, 0.24, 0.15, kind)
            self.text(x + 0.32, y, WORDS[kind], size=8)
            x += 0.55 + 0.075 * len(WORDS[kind])

    def save(self, path: Path) -> None:
        """Write and forget the picture; the suffix decides the format."""
        import matplotlib.pyplot as plt

        path.parent.mkdir(parents=True, exist_ok=True)
        metadata = {"Date": None} if path.suffix == ".svg" else None
        self.figure.savefig(path, metadata=metadata, dpi=110)
        plt.close(self.figure)


# the two pictures -------------------------------------------------------------------------------------------------


def draw_map(house: House, path: Path) -> None:
    """Boxes and the arrows between them."""
    rows, arrows = rows_of(house), needed_arrows(house)
    slots = Layout(rows, arrows).best()
    laboratory = sum(row[0].startswith(LABORATORY) for row in rows)
    foot, side = 0.42, 0.36
    level = {room: k for k, row in enumerate(rows) for room in row}
    gap = {room: 0.22 if room.startswith(LABORATORY) else 0.0 for room in level}
    step = (MAP_WIDTH - side - 0.15 - BOX[0]) / (SLOTS - 1)
    at = {
        room: (side + 0.08 + BOX[0] / 2 + slots[room] * step, foot + (k + 0.5) * LAYER + gap[room])
        for room, k in level.items()
    }
    height = foot + len(rows) * LAYER + 0.22 + 0.08
    sheet = Sheet(MAP_WIDTH, height)
    product = (len(rows) - laboratory) * LAYER
    sheet.block(0, foot, MAP_WIDTH, product, color=GROUNDS["library"], zorder=0)
    sheet.text(0.17, foot + product / 2, "the product: ONFHAssistLib", rotation=90, ha="center", color=SOFT)
    if laboratory:
        start = foot + product + 0.22
        sheet.block(0, start, MAP_WIDTH, laboratory * LAYER, color=GROUNDS["laboratory"], zorder=0)
        words = "the laboratory:\nONFHAssistLab"
        sheet.text(0.18, start + laboratory * LAYER / 2, words, rotation=90, ha="center", color=SOFT)
    for importing, imported in arrows:
        (x0, y0), (x1, y1) = at[importing], at[imported]
        width = 0.6 + 0.3 * house.imports[importing, imported] ** 0.5
        lean = 0.22 * BOX[0] * max(-1.0, min(1.0, (x1 - x0) / step))  # arrows leave and reach a box apart
        sheet.arrow((x0 + lean, y0 - BOX[1] / 2), (x1 - lean, y1 + BOX[1] / 2), width)
    for room, (x, y) in at.items():
        sheet.box(x, y, *BOX, look(house, room))
        sheet.text(x, y - 0.005, short(room), size=9, ha="center", zorder=5)
    sheet.key(0.06, 0.17, list(WORDS))
    sheet.text(MAP_WIDTH - 0.06, 0.17, f"{len(arrows)} arrows", color=SOFT, ha="right")
    sheet.save(path)


def draw_matrix(house: House, path: Path) -> None:
    """Every import as a number: row imports column."""
    rows = rows_of(house)
    order = [room for row in rows for room in row]
    foot, head = 0.36, 1.02
    size = len(order) * CELL
    at = {room: (k + 0.5) * CELL for k, room in enumerate(order)}
    sheet = Sheet(LABEL + size + 0.42, foot + size + head)
    for number, row in enumerate(rows):
        if number % 2 == 0:
            low = foot + at[row[0]] - CELL / 2
            sheet.block(0, low, LABEL + size, len(row) * CELL, color="#f2f4f7", zorder=0)
    for room in order:
        kind, along = look(house, room), at[room]
        sheet.text(LABEL - 0.44, foot + along, short(room), size=9, ha="right", color=EDGES[kind])
        sheet.text(LABEL - 0.1, foot + along, str(house.files[room]), size=7.5, ha="right", color=SOFT)
        style = {"size": 9, "rotation": 60, "ha": "left", "va": "bottom", "rotation_mode": "anchor"}
        sheet.text(LABEL + along + 0.03, foot + size + 0.06, short(room), color=EDGES[kind], **style)
        sheet.block(
            LABEL + along - CELL / 2, foot + along - CELL / 2, CELL, CELL, color=FILLS[kind], zorder=1
        )
    sheet.text(LABEL - 0.1, foot + size + 0.12, "files", size=7.5, ha="right", color=SOFT)
    most = max(house.imports.values(), default=1) ** 0.5
    for (importing, imported), count in sorted(house.imports.items()):
        if importing != imported:
            corner = LABEL + at[imported] - 0.46 * CELL, foot + at[importing] - 0.46 * CELL
            shade = 0.13 + 0.87 * count**0.5 / most
            right = house.allowed(importing, imported)
            colour = {"color": EDGES["library"], "alpha": shade} if right else {"color": WRONG}
            sheet.block(*corner, 0.92 * CELL, 0.92 * CELL, zorder=2, **colour)
            ink = "white" if shade > 0.5 or not right else INK
            middle = LABEL + at[imported], foot + at[importing] - 0.005
            sheet.text(*middle, str(count), size=7.5, ha="center", color=ink, zorder=3)
    between = {pair: n for pair, n in house.imports.items() if pair[0] != pair[1]}
    wrong = sum(n for pair, n in between.items() if not house.allowed(*pair))
    said = f"{sum(between.values())} import statements between rooms, {wrong} against the layers"
    sheet.text(LABEL + size, 0.15, said, size=8, color=WRONG if wrong else SOFT, ha="right")
    sheet.key(0.06, 0.15, list(WORDS))
    sheet.save(path)


def main() -> int:
    """Write both pictures; 1 where a room stands in no layer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=PICTURES, help="folder of the pictures")
    parser.add_argument("--sources", type=Path, default=SOURCES, help="folder that holds both packages")
    parser.add_argument("--format", choices=("svg", "png"), default="svg")
    chosen = parser.parse_args()
    try:
        house = read_house(chosen.sources)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    draw_map(house, chosen.out / f"architecture.{chosen.format}")
    draw_matrix(house, chosen.out / f"imports.{chosen.format}")
    print(f"architecture, imports: {len(house.files)} rooms, {sum(house.imports.values())} import statements")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How far each place of the joint surface sank, as a map seen from above: straight up in the middle, the front on top."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

MOST_MM = 3.0  # at which the colours end
_RINGS_DEG = (30.0, 60.0)


def read_map(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Points (n, 3), LPS mm, and what each sank (n,), mm, of a table of ``onfh followup``."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            (float(r["x"]), float(r["y"]), float(r["z"]), float(r["sunk_mm"])) for r in csv.DictReader(file)
        ]
    table = np.array(rows)
    return table[:, :3], table[:, 3]


def on_the_map(points: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Places (n, 2) in degrees from straight up: to the patient's left, and to the front (azimuthal equidistant)."""
    way = (points - centre) / np.linalg.norm(points - centre, axis=1)[:, None]
    polar = np.degrees(np.arccos(np.clip(way[:, 2], -1.0, 1.0)))
    across = np.linalg.norm(way[:, :2], axis=1)
    unit = way[:, :2] / np.maximum(across, 1e-9)[:, None]
    return np.asarray(polar[:, None] * unit * np.array([1.0, -1.0]))


def draw_surface_map(points: np.ndarray, sunk: np.ndarray, centre: np.ndarray, side: str, path: Path) -> Path:
    """Draw the map as a PNG file.

    Args:
        points, sunk: of :func:`read_map`. centre: of the head, LPS mm. side: "R" or "L".
    """
    from matplotlib.figure import Figure

    from ...evaluate.figures.binary import save_figure

    figure = Figure(figsize=(4.6, 4.2), layout="constrained")
    ax = figure.subplots()
    place = on_the_map(points, centre)
    drawn = ax.tripcolor(
        place[:, 0], place[:, 1], np.clip(sunk, -MOST_MM, MOST_MM), shading="gouraud", cmap="RdBu_r",
        vmin=-MOST_MM, vmax=MOST_MM,
    )  # fmt: skip
    for degrees in _RINGS_DEG:
        turn = np.linspace(0, 2 * np.pi, 181)
        ax.plot(degrees * np.cos(turn), degrees * np.sin(turn), color="#666666", lw=0.6)
        ax.text(0, degrees, f"{degrees:.0f}°", fontsize=7, color="#444444", ha="center", va="bottom")
    inward = "left" if side == "R" else "right"  # the patient's left lies on the right of the map
    names = ("outward", "inward") if inward == "left" else ("inward", "outward")
    ax.set_xlabel(f"{names[0]}  ←   (seen from above)   →  {names[1]}", fontsize=8)
    ax.set_ylabel("back  ←      →  front", fontsize=8)
    ax.set_aspect("equal")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    bar = figure.colorbar(drawn, ax=ax, shrink=0.8)
    bar.set_label("sunk since the first date (mm)", fontsize=8)
    return save_figure(figure, path, dpi=160)

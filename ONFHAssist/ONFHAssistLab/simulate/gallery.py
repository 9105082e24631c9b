"""The gallery: normal hips and stages I and II in three planes and three contrasts, beside a real hip if there is one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import ndimage

from ONFHAssistLib.core.atomic_files import atomic_file
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image

from .acquisition.mri import acquire
from .acquisition.protocols import PLANES, MrProtocol
from .anatomy.patient import Patient, build_patient, draw_patient

CONTRASTS = {"T1": (560.0, 11.0), "T2": (3800.0, 88.0), "T2 FS": (3000.0, 67.0)}
STAGES = {"normal": "0", "stage I": "I", "stage II": "II"}
FIELD_MM = 118.0
PIXEL_MM = 0.5
REAL_SPHERE = (-89.1, 24.2, -743.8)  # centre of the head in the real T1 hip of Docs/gallery.md
VIEW_AXES = {  # right and down on the picture, LPS
    "coronal": ((1, 0, 0), (0, 0, -1)),
    "axial": ((1, 0, 0), (0, 1, 0)),
    "sagittal": ((0, 1, 0), (0, 0, -1)),
}


def draw_gallery(
    out: str | os.PathLike,
    real: str | os.PathLike | None = None,
    seed: int = 3,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Draw the gallery.

    Args:
        out: PNG file.
        real: T1 volume of a real right hip, the one whose head lies at :data:`REAL_SPHERE`, or None.
        seed: of the patients.
        progress: called with images done and in all.

    Returns:
        The file.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    columns: list[tuple[str, list[np.ndarray]]] = []
    if real is not None and Path(real).exists():
        image = read_image(real)
        columns.append(("real T1", [_window(_view(image, np.array(REAL_SPHERE), plane)) for plane in PLANES]))
    done, total = 0, len(STAGES) * len(CONTRASTS) * len(PLANES)
    for row, (title, kind) in enumerate(STAGES.items()):
        right = {"arco": kind, "lesion_subtlety": 0.35} if kind != "0" else "0"
        patient = build_patient(draw_patient(seed + row, right=right, left="0"))
        for contrast in CONTRASTS:
            views = []
            for plane in PLANES:
                views.append(_window(_scan_view(patient, contrast, plane, seed)))
                done += 1
                if progress:
                    progress(done, total)
            columns.append((f"{title}, {contrast}", views))
    figure = Figure(figsize=(1.85 * len(columns), 1.85 * len(PLANES) + 0.25), facecolor="black")
    FigureCanvasAgg(figure)
    for i, (title, views) in enumerate(columns):
        for j, view in enumerate(views):
            axes = figure.add_axes(
                (i / len(columns), (2 - j) / 3.0 * 0.955, 0.995 / len(columns), 0.95 / 3.0)
            )
            axes.imshow(view, cmap="gray", vmin=0, vmax=1, interpolation="bilinear")
            axes.axis("off")
            if j == 0:
                axes.set_title(title, color="white", fontsize=8, pad=3)
    out = Path(out)
    with atomic_file(out) as part:
        figure.savefig(part, dpi=110, format="png", facecolor="black", metadata={"Software": None})
    return out


def _scan_view(patient: Patient, contrast: str, plane: str, seed: int) -> np.ndarray:
    tr, te = CONTRASTS[contrast]
    protocol = MrProtocol(
        f"gallery {contrast} {plane}", contrast, plane, 1.5, tr, te, pixel_mm=0.7, acquired_mm=0.95, slice_mm=3.5,
        width_mm=240.0 if plane == "sagittal" else 380.0, snr=18.0,
    )  # fmt: skip
    return _view(acquire(patient, protocol, seed), np.array(patient.truth["R"]["centre"]), plane)


def _view(image: Image, centre: np.ndarray, plane: str) -> np.ndarray:
    """The slice nearest to ``centre`` (nearest across slices, linear within), about the head, patient upright."""
    right, down = (np.array(a, float) for a in VIEW_AXES[plane])
    steps = np.arange(-FIELD_MM / 2, FIELD_MM / 2, PIXEL_MM)
    middle = centre - 8.0 * down * np.array([0, 0, 1.0]) + np.array([-6.0, 0, 0]) * (plane != "sagittal")
    points = middle + steps[None, :, None] * right + steps[:, None, None] * down
    index = image.point_to_index(points)[..., ::-1]
    across = int(np.argmin(np.ptp(index.reshape(-1, 3), axis=0)))
    index[..., across] = np.round(index[..., across])
    return ndimage.map_coordinates(image.array.astype(np.float32), np.moveaxis(index, -1, 0), order=1)


def _window(view: np.ndarray) -> np.ndarray:
    """0..1 between black and the 99.3rd percentile, as a radiologist windows a hip."""
    return np.clip(view / max(float(np.percentile(view, 99.3)), 1e-6), 0.0, 1.0)

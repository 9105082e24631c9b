"""Radiomics and deep features of the hips of a case."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import InputError
from ..core.progress import Progress
from ..extract.radiomics import DEFAULT_ENGINE, RadiomicsResult, extract_radiomics
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS
from .case import outlined_sides
from .result import DeepFeatures

if TYPE_CHECKING:
    from ..extract.deep import Backbone


def extract_hips(
    image: Image,
    labels: Image,
    preset: str | Path = "dlr-mri",
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
    failures: dict[str, str] | None = None,
) -> dict[str, RadiomicsResult]:
    """Radiomics of the whole femoral head (necrosis included) of each side.

    The DLR study outlined the head in healthy hips but only the necrosis in diseased ones, so that the outline itself
    told the answer. Here both are the head, since a patient to be diagnosed has no known answer.

    Args:
        image: MR volume or radiograph.
        labels: segmentation on the same grid, values of :mod:`.labels`.
        failures: where given, a hip that cannot be extracted is told here (side to sentence) and the other goes on.

    Raises:
        InputError: another grid, no head, or a hip that cannot be extracted while ``failures`` is None; also when
            every hip failed.
    """
    image.require_same_grid(labels, "the image", "The segmentation")
    sides = outlined_sides(labels)
    results = {}
    for index, side in enumerate(sides):

        def report(fraction: float, text: str, done: int = index, side: str = side) -> None:
            if progress:
                progress((done + fraction) / len(sides), f"Hip {side}: {text}")

        wanted = (HEAD[side], NECROSIS[side])
        try:
            results[side] = extract_radiomics(image, labels, preset, wanted, engine, report)
        except InputError as error:
            if failures is None or len(sides) - len(failures) == 1:
                raise
            failures[side] = str(error)
    return results


def deep_features(
    image: Image, labels: Image, sides: tuple[str, ...], backbone: Backbone | None = None
) -> dict[str, DeepFeatures]:
    """Deep features of the whole femoral head of each side.

    Args:
        backbone: the shipped one by default.
    """
    from ..extract.deep import extract_deep, load_backbone

    backbone = backbone or load_backbone()
    found = {side: extract_deep(image, labels, (HEAD[side], NECROSIS[side]), backbone) for side in sides}
    return {side: DeepFeatures(values, backbone.name, backbone.sha256) for side, values in found.items()}


def feature_rows_as_csv(case: str, features: Mapping[str, Mapping[str, float]]) -> str:
    """CSV text with one row for each side, indexed by ``case`` and ``side``; numbers keep all their digits."""
    names = list(next(iter(features.values())))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["case", "side", *names])
    for side, values in features.items():
        writer.writerow([case, side, *(repr(float(values[name])) for name in names)])
    return stream.getvalue()

"""One case through extract and predict: for each hip of a segmentation its features and its answer.

The command line, the modules and the worker call these same functions, so that a click and a command cannot differ.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import InputError
from ..extract.presets import load_preset
from ..extract.radiomics import DEFAULT_ENGINE, RadiomicsResult, extract_radiomics
from ..imaging import labels as lab
from ..imaging.image import Image

Progress = Callable[[float, str], None]


def case_sha256(image: Image, labels: Image) -> str:
    """Hash of voxels, geometry and outlines: two cases with the same one have the same features."""
    digest = hashlib.sha256()
    for one in (image, labels):
        digest.update(f"{one.array.dtype} {one.array.shape}".encode())
        digest.update(np.ascontiguousarray(one.array))
        digest.update(np.asarray(one.affine, float).tobytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class KnownFeatures:
    """Features of a case that were extracted before, and what they were extracted from.

    Attributes:
        case: of :func:`case_sha256`.
        radiomics: side to result, of every outlined hip.
        deep: side to deep features, and the backbone's hash; empty where none were extracted.
    """

    case: str
    radiomics: Mapping[str, RadiomicsResult]
    deep: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    backbone_sha256: str = ""

    def radiomics_of(self, case: str, preset: str) -> dict[str, RadiomicsResult] | None:
        """The results, where they are of this case, of the default engine and of the preset as it is now; else None."""
        wanted = load_preset(preset).sha256
        fits = all(r.preset_sha256 == wanted and r.engine == DEFAULT_ENGINE for r in self.radiomics.values())
        return dict(self.radiomics) if case == self.case and fits and self.radiomics else None

    def deep_of(
        self, case: str, backbone_sha256: str, sides: tuple[str, ...]
    ) -> dict[str, dict[str, float]] | None:
        """The deep features, where they are of this case, this backbone and these sides; else None."""
        fits = case == self.case and backbone_sha256 == self.backbone_sha256 and set(self.deep) == set(sides)
        return {side: dict(self.deep[side]) for side in sides} if fits else None


def sides_of(labels: Image) -> tuple[str, ...]:
    """Sides with an outlined femoral head, right before left.

    Raises:
        InputError: no head at all.
    """
    sides = tuple(side for side in lab.SIDES if lab.head_mask(labels.array, side).any())
    if not sides:
        present = ", ".join(str(v) for v in np.unique(labels.array) if v) or "nothing"
        raise InputError(
            f"The segmentation holds {present} but no femoral head (labels 1 right, 2 left); outline it first."
        )
    return sides


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
        image: MR volume.
        labels: segmentation on the same grid, values of :mod:`.labels`.
        failures: where given, a hip that cannot be extracted is told here (side to sentence) and the other goes on.

    Raises:
        InputError: another grid, no head, or a hip that cannot be extracted while ``failures`` is None; also when
            every hip failed.
    """
    image.require_same_grid(labels, "the image", "The segmentation")
    sides = sides_of(labels)
    results = {}
    for index, side in enumerate(sides):

        def report(fraction: float, text: str, done: int = index, side: str = side) -> None:
            if progress:
                progress((done + fraction) / len(sides), f"Hip {side}: {text}")

        wanted = (lab.HEAD[side], lab.NECROSIS[side])
        try:
            results[side] = extract_radiomics(image, labels, preset, wanted, engine, report)
        except InputError as error:
            if failures is None or len(sides) - len(failures) == 1:
                raise
            failures[side] = str(error)
    return results


def feature_rows_as_csv(case: str, features: Mapping[str, Mapping[str, float]]) -> str:
    """CSV text with one row for each side, indexed by ``case`` and ``side``; numbers keep all their digits."""
    names = list(next(iter(features.values())))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["case", "side", *names])
    for side, values in features.items():
        writer.writerow([case, side, *(repr(float(values[name])) for name in names)])
    return stream.getvalue()


def write_text(path: Path, text: str) -> Path:
    """Write a text file that appears only when it is whole."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part-", suffix=path.suffix, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def write_json(path: Path, content: Mapping[str, Any]) -> Path:
    """Write JSON that appears only when it is whole."""
    return write_text(path, json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n")

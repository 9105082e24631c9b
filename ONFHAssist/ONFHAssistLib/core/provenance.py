"""Where a result comes from: input, bundle, preset, software and time, as one flat mapping of text.

It goes onto MRML nodes as attributes and into the foot of every table and report. Nothing here names the patient.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from .. import __version__
from .versions import version_of


class Pixels(Protocol):
    """What provenance asks of an image: voxels, geometry and facts; :class:`..imaging.image.Image` has them."""

    @property
    def array(self) -> npt.NDArray[Any]:
        """Voxels."""

    @property
    def affine(self) -> npt.NDArray[np.float64]:
        """Index to LPS mm, shape (4, 4)."""

    @property
    def metadata(self) -> Mapping[str, str]:
        """Facts of the series."""


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file as hexadecimal digits, read in pieces."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def image_id(image: Pixels) -> str:
    """Series UID of a DICOM image, else a SHA-256 of its voxels and geometry."""
    if image.metadata.get("series_uid"):
        return image.metadata["series_uid"]
    digest = hashlib.sha256(np.ascontiguousarray(image.array).tobytes())
    digest.update(np.round(image.affine, 4).tobytes())
    return f"sha256:{digest.hexdigest()}"


def outline_sha256(labels: Pixels) -> str:
    """SHA-256 of the voxels of a label image: results of other outlines than the present ones are outdated."""
    return hashlib.sha256(np.ascontiguousarray(labels.array, np.uint8).data).hexdigest()


def software(packages: Iterable[str] = ()) -> str:
    """ "ONFHAssist 0.1.0; Python 3.11.7; numpy 2.4.6; ...", skipping packages that are not installed."""
    parts = [f"ONFHAssist {__version__}", f"Python {platform.python_version()}"]
    for package in ("numpy", "SimpleITK", *packages):
        try:
            parts.append(f"{package} {version_of(package)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return "; ".join(parts)


def provenance(image: Pixels | None = None, packages: Iterable[str] = (), **facts: str) -> Mapping[str, str]:
    """Provenance of one result; ``facts`` adds for example ``bundle``, ``bundle_sha256``, ``preset_sha256``."""
    record = {"created": datetime.now(UTC).isoformat(timespec="seconds"), "software": software(packages)}
    if image is not None:
        record["input"] = image_id(image)
    return {**record, **{name: str(value) for name, value in facts.items()}}

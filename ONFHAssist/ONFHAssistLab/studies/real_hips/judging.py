"""The product's one pipeline on one image of the table, kept in the work folder so that a stopped run goes on."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLib.bundles.bundle import load_bundle
from ONFHAssistLib.bundles.defaults import (
    default_backbone,
    default_detector,
    default_outliner,
    default_predictor,
    default_stager,
)
from ONFHAssistLib.case.case import Case, content_sha256
from ONFHAssistLib.case.pipeline import run_case
from ONFHAssistLib.case.result import (
    MEASURE,
    PROBABILITY,
    SCHEMA,
    SEGMENT,
    STAGE,
    CaseResult,
    read_result,
)
from ONFHAssistLib.core.atomic_files import write_json
from ONFHAssistLib.core.errors import InputError, is_out_of_memory
from ONFHAssistLib.core.provenance import software
from ONFHAssistLib.imaging.contrast import infer_contrast
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
from ONFHAssistLib.imaging.series_kind import sequence_is_open

from .table import IMPLANTED, RealHip

STEPS = (SEGMENT, MEASURE, PROBABILITY, STAGE)
_JUDGED = "judged.json"  # written last: a folder that holds it is whole
_FAR_MM = 15.0  # of a true outline from its sphere: beyond, one of the two is wrong
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class ImageTask:
    """One image to be worked on; the hips are its rows.

    Attributes:
        image: absolute path. name: as the table writes it. sequence: that the table states, if any.
        folder: for the result; its name holds the hash of the image and of all models.
        refusal: why it cannot even be read; "" where it can.
    """

    image: Path
    name: str
    sequence: str | None
    folder: Path
    refusal: str = ""


@dataclass(frozen=True)
class Judged:
    """What the product made of one image.

    Attributes:
        result: None where the product refused it.
        labels: the outlines that were found; None without a result.
        contrast: as the image looked about the found heads; None where neither contrast is clear.
        sequence: that the result was made with: of the header or the table; "" where neither says.
        refusal: why there is no result, a sentence; "" where there is one.
    """

    result: CaseResult | None = None
    labels: Image | None = None
    contrast: str | None = None
    sequence: str = ""
    refusal: str = ""


def bundles_in_use() -> dict[str, str]:
    """Name and version of every bundle that the steps use, to its hash."""
    found = {}
    for name in (
        default_detector(), default_outliner(), default_backbone(), default_predictor(), default_stager()
    ):  # fmt: skip
        bundle = load_bundle(name)
        found[f"{bundle.name} {bundle.version}"] = bundle.sha256
    return found


def prepare(hips: Sequence[RealHip], work: Path, models: dict[str, str], file: str) -> ImageTask:
    """Read one image and its true outlines, and hold the rows against both.

    Args:
        hips: the rows of one image. file: name of the table, for refusals.

    Raises:
        InputError: a centre outside the image, a sequence that the header contradicts, a true outline that does not
            fit its row. An image that the product refuses is no such error: it is said in the task.
    """
    first = hips[0]
    try:
        image = stated(read_image(first.image).require_volume(first.name), first.sequence)
    except InputError as error:
        image, refusal = None, str(error)
    if image is None:
        return ImageTask(first.image, first.name, first.sequence, work / "refused", refusal)
    for hip in hips:
        _check_place(hip, image, file)
        _check_sequence(hip, image, file)
        _check_outline(hip, image, file)
    facts = json.dumps(
        [content_sha256(image), sorted(image.metadata.items()), models, SCHEMA, software(("torch",))]
    )
    plain = "".join(c if c.isalnum() or c in "-." else "_" for c in first.image.name)[:60]
    return ImageTask(
        first.image,
        first.name,
        first.sequence,
        work / f"{plain}-{hashlib.sha256(facts.encode()).hexdigest()[:12]}",
    )


def stated(image: Image, sequence: str | None) -> Image:
    """The image with the sequence of the table where its header leaves it open."""
    if sequence is None or not sequence_is_open(image.metadata):
        return image
    return image.like(image.array, **{"modality": "MR", **image.metadata, "sequence": sequence})


def _check_place(hip: RealHip, image: Image, file: str) -> None:
    index = image.point_to_index(np.array(hip.centre))
    if np.any(index < -0.5) or np.any(index > np.array(image.size) - 0.5):
        raise InputError(
            f"{file}, line {hip.line}: the column 'centre' lies outside {hip.name}; LPS mm are expected (x grows to the "
            "patient's left, y to the back, z to the head; of 3D Slicer's RAS the signs of x and y are the other way)."
        )


def _check_sequence(hip: RealHip, image: Image, file: str) -> None:
    found = image.metadata.get("sequence")
    if hip.sequence is not None and found is not None and found != hip.sequence:
        raise InputError(
            f"{file}, line {hip.line}: the column 'sequence' is '{hip.sequence}', but the header of {hip.name} says "
            f"'{found}'; leave the cell empty, or correct it."
        )


def _check_outline(hip: RealHip, image: Image, file: str) -> None:
    if hip.segmentation is None:
        return
    where = f"{file}, line {hip.line}: the column 'segmentation' names {hip.segmentation.name}"
    try:
        labels = read_truth(hip, image)
    except InputError as error:
        raise InputError(f"{where}, which cannot be used: {error}") from error
    dead = necrosis_mask(labels.array, hip.side)
    if hip.truth == IMPLANTED and not dead.any():
        number = 3 if hip.side == "R" else 4
        raise InputError(
            f"{where}, which has no necrosis {hip.side}; label {number} is expected in an implanted hip."
        )
    if hip.truth != IMPLANTED and dead.any():
        raise InputError(
            f"{where}, which has a necrosis {hip.side}; a healthy hip has none: correct one of them."
        )
    whole = head_mask(labels.array, hip.side)
    if whole.any():
        middle = labels.index_to_point(np.argwhere(whole).mean(axis=0)[::-1])
        far = float(np.linalg.norm(middle - np.array(hip.centre)))
        if far > hip.radius + _FAR_MM:
            raise InputError(
                f"{where}, whose outline {hip.side} lies {far:.0f} mm from the centre of that row; both are expected at "
                "the same head, in LPS mm."
            )


def read_truth(hip: RealHip, image: Image | None) -> Image:
    """The true labels of a hip on a grid of their own; contours come onto the image's."""
    assert hip.segmentation is not None
    needs_grid = hip.segmentation.suffix.lower() in (".dcm", "") or hip.segmentation.is_dir()
    return read_mask(hip.segmentation, image if needs_grid else None)


# work ---------------------------------------------------------------------------------------------------------


def judge(task: ImageTask) -> str:
    """Run the pipeline on one image and keep the result; gives back why it did not, "" where it did. Never raises."""
    try:
        image = stated(read_image(task.image), task.sequence)
        result = run_case(Case(image, task.name), task.folder, STEPS)
        result.save(task.folder)
        heads = [hip.head for hip in result.hips if hip.head is not None]
        write_json(
            task.folder / _JUDGED,
            {"contrast": infer_contrast(image, heads), "sequence": image.metadata.get("sequence", "")},
        )
    except InputError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - an image must not end the evaluation; the reason is in the report
        if is_out_of_memory(error):
            return "The machine ran out of memory; use fewer workers."
        _LOG.exception("image %s", task.name)
        return f"This is a fault of ONFHAssist ({type(error).__name__}: {error})."
    return ""


def is_done(task: ImageTask) -> bool:
    """Whether an earlier run left the result of this image, made with these models."""
    return (task.folder / _JUDGED).is_file()


def read_judged(task: ImageTask) -> Judged:
    """What :func:`judge` kept.

    Raises:
        InputError: there is no result that can be read.
    """
    facts: dict[str, Any] = json.loads((task.folder / _JUDGED).read_text(encoding="utf-8"))
    result = read_result(task.folder)
    return Judged(result, found_outlines(result), facts["contrast"], facts["sequence"])


def found_outlines(result: CaseResult) -> Image | None:
    """The label image of a result, on whatever grid the product outlines."""
    return None if result.segmentation is None else read_mask(result.segmentation)

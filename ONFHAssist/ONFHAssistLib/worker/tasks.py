"""What the worker can be asked to do: the rooms' functions with images by file and JSON values.

``arguments["image"]`` and ``["labels"]`` are ``{"path": ..., "facts": {...}}`` as :func:`image_argument` makes them. An
answer that rests on outlines names their hash in ``outlines``.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its documented short name

from ..core.provenance import outline_sha256
from ..imaging.image import Image, read_image

Progress = Callable[[float, str], None]
_LAST: list[Any] = []  # at most one hips.KnownFeatures, of the case that was extracted last in this process


def image_argument(image: Image, path: Path) -> dict[str, Any]:
    """Write ``image`` to ``path``, uncompressed and unchecked since it lives for seconds, and describe it."""
    sitk.WriteImage(image.to_sitk(), str(path))
    return {"path": str(path), "facts": dict(image.metadata)}


def _image(argument: Mapping[str, Any]) -> Image:
    image = read_image(argument["path"])
    return replace(image, metadata=argument["facts"])


def extract_hips(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Features of each outlined hip.

    Returns:
        ``results``: side to the fields of ``RadiomicsResult``; ``failures``: side to a sentence; ``deep``: side to
        DL features where ``arguments["deep"]`` is true, with ``backbone`` and ``backbone_sha256``.
    """
    from ..case.features import extract_hips as extract
    from ..extract.radiomics import DEFAULT_ENGINE

    image, labels = _image(arguments["image"]), _image(arguments["labels"])
    failures: dict[str, str] = {}
    engine = arguments.get("engine") or DEFAULT_ENGINE
    results = extract(image, labels, arguments["preset"], engine, progress, failures)
    _remember(image, labels, results, failures)
    answer = {
        "results": {side: asdict(result) for side, result in results.items()},
        "failures": failures,
        "outlines": outline_sha256(labels),
    }
    if arguments.get("deep"):
        progress(0.95, "Deep features")
        answer |= deep_features(image, labels, tuple(results))
        _remember(image, labels, results, failures, answer)
    return answer


def _remember(image: Image, labels: Image, results: Any, failures: Any, deep: Any = None) -> None:
    """Keep the last case's features, for a prediction of the same hips right after; a failed hip is tried again."""
    from ..case.features import KnownFeatures, case_sha256

    _LAST.clear()
    if not failures:
        more = (deep["deep"], deep["backbone_sha256"]) if deep else ()
        _LAST.append(KnownFeatures(case_sha256(image, labels), dict(results), *more))


def deep_features(image: Image, labels: Image, sides: tuple[str, ...]) -> dict[str, Any]:
    """``deep`` (side to DL features), ``backbone`` and ``backbone_sha256`` of the bundled backbone."""
    from ..extract.deep import extract_deep, load_backbone
    from ..imaging.labels import HEAD, NECROSIS

    backbone = load_backbone()
    deep = {side: extract_deep(image, labels, (HEAD[side], NECROSIS[side]), backbone) for side in sides}
    return {"deep": deep, "backbone": backbone.name, "backbone_sha256": backbone.sha256}


def feature_map(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """A voxel-wise map of one feature, written to ``arguments["out"]``: its ``path`` and the feature's name."""
    from ..extract.feature_maps import feature_map as make_map
    from ..imaging.labels import HEAD, NECROSIS

    side = arguments["side"]
    result = make_map(
        _image(arguments["image"]),
        _image(arguments["labels"]),
        arguments["feature"],
        arguments["preset"],
        int(arguments["radius"]),
        progress,
        label=(HEAD[side], NECROSIS[side]),
    )
    sitk.WriteImage(result.to_sitk(), arguments["out"])
    return {"path": arguments["out"], "feature": arguments["feature"], "side": side}


def segment_hips(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Find and outline both femoral heads; the label image is written to ``arguments["out"]``.

    Where ``arguments["radiomics_next"]`` is true, the kernels of the features are compiled meanwhile on a first use.

    Returns:
        ``labels`` (path), ``heads`` (fields of :class:`.sphere_tool.Head`), ``warnings``, ``seconds``, ``provenance``.
    """
    from ..segment.pipeline import segment_hips as segment
    from ..segment.pipeline import segmentation_record

    if arguments.get("radiomics_next"):
        from ..extract.native import compile_beside

        compile_beside()
    image = _image(arguments["image"])
    name = arguments.get("name") or "the volume"
    found = segment(image, mirror=bool(arguments.get("mirror")), progress=progress, name=name)
    sitk.WriteImage(found.segmentation.labels.to_sitk(), arguments["out"])
    return {
        "labels": arguments["out"],
        "heads": [asdict(head) for head in found.segmentation.heads],
        "warnings": list(found.segmentation.warnings),
        "seconds": found.seconds,
        "provenance": segmentation_record(image),
    }


def measure_hips(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Measurements, acetabular edge and suggestion of oedema of each outlined hip.

    Args:
        arguments: ``image``, ``labels``, ``edges`` (side to LPS mm, as a reader marked them), ``sagittal``,
            ``find_edges``.

    Returns:
        ``hips``, as :func:`.findings.findings_as_json` gives them.
    """
    from ..measure.findings import findings, findings_as_json

    progress(0.0, "Measuring")
    labels = _image(arguments["labels"])
    hips = findings(
        _image(arguments["image"]),
        labels,
        {side: np.asarray(edge, float) for side, edge in (arguments.get("edges") or {}).items()},
        bool(arguments.get("sagittal")),
        bool(arguments.get("find_edges", True)),
    )
    return {"hips": findings_as_json(hips), "outlines": outline_sha256(labels)}


def predict_hips(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Probability of early osteonecrosis of each outlined hip; see :func:`prediction_of`."""
    return prediction_of(
        _image(arguments["image"]), _image(arguments["labels"]), arguments["bundle"], progress
    )


def prediction_of(
    image: Image, labels: Image, bundle: str, progress: Progress | None = None
) -> dict[str, Any]:
    """What :func:`ONFHAssistLib.early.predictor.predict_hips` gives, as JSON values, with ``provenance``."""
    from ..early.predictor import predict_hips as predict
    from ..early.predictor import prediction_record

    prediction = predict(image, labels, bundle, progress, _LAST[-1] if _LAST else None)
    record = prediction_record(image, prediction)
    radiomics = {side: asdict(result) for side, result in prediction["radiomics"].items()}
    answer = {key: value for key, value in prediction.items() if key != "bundle"}
    return {**answer, "radiomics": radiomics, "provenance": record, "outlines": outline_sha256(labels)}


def stage_hips(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Stage, probabilities and heatmap of each hip; heads of ``arguments["labels"]``, or found where it is missing.

    Returns:
        As :func:`.case_staging.stage_case`; the heatmaps are written into ``arguments["out"]``.
    """
    from ..stage.case_staging import stage_case

    labels = _image(arguments["labels"]) if arguments.get("labels") else None
    image, out = _image(arguments["image"]), arguments["out"]
    answer = stage_case(image, out, labels, arguments["bundle"], suffix=".nrrd", progress=progress)
    return answer if labels is None else {**answer, "outlines": outline_sha256(labels)}


def warm_up(_arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Import what the steps need, so that the first case does not wait for it."""
    import importlib

    names = (
        "ONFHAssistLib.extract.native",
        "ONFHAssistLib.early.predictor",
        "ONFHAssistLib.stage.case_staging",
    )
    for number, name in enumerate(names):
        progress(number / len(names), name)
        with contextlib.suppress(ModuleNotFoundError):  # what is not installed is asked for when it is needed
            importlib.import_module(name)
    return {"imported": [name for name in names if name in sys.modules]}

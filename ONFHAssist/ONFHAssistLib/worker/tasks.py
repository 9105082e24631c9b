"""What the worker can be asked to do: the rooms' functions with images by file and JSON values.

``arguments["image"]`` and ``["labels"]`` are ``{"path": ..., "facts": {...}}`` as :func:`image_argument` makes them.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import SimpleITK as sitk  # noqa: N813 - its documented short name

from ..core.progress import Progress
from ..core.serial import from_json_value, to_json_value
from ..imaging.files import read_image
from ..imaging.image import Image

TEMPORARY = ".mha"  # written fast, uncompressed; such files live as long as a job


def image_argument(image: Image, path: Path) -> dict[str, Any]:
    """Write ``image`` to ``path``, uncompressed and unchecked since it lives for seconds, and describe it."""
    sitk.WriteImage(image.to_sitk(), str(path))
    return {"path": str(path), "facts": dict(image.metadata)}


def image_of(argument: Mapping[str, Any]) -> Image:
    """The image that :func:`image_argument` described."""
    return replace(read_image(argument["path"]), metadata=argument["facts"])


def run_case(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Steps of a case; see :func:`.pipeline.run_case`.

    Args:
        arguments: ``image``, ``steps`` and ``out`` (a folder); optional ``name``, ``labels``, ``edges`` (side to LPS mm,
            as a reader marked them), ``radiograph`` with ``radiograph_labels``, ``settings`` (fields of
            :class:`.run_task.Settings`) and ``known`` (JSON text of an earlier result).

    Returns:
        ``result``: JSON text of the :class:`.result.CaseResult`.
    """
    from ..case.case import Case
    from ..case.pipeline import run_case as run
    from ..case.result import EXTRACT, SEGMENT, CaseResult
    from ..case.work import Settings

    steps = tuple(arguments["steps"])
    if SEGMENT in steps and EXTRACT in steps:  # on a first use, while the outlines are found
        from ..extract.native import compile_in_background

        compile_in_background()
    others = ("labels", "radiograph", "radiograph_labels")
    case = Case(
        image_of(arguments["image"]),
        str(arguments.get("name") or "the volume"),
        edges={side: (x, y, z) for side, (x, y, z) in (arguments.get("edges") or {}).items()},
        **{name: image_of(arguments[name]) for name in others if arguments.get(name)},
    )
    defaults = to_json_value(Settings(image_suffix=TEMPORARY, checked=False))
    settings = from_json_value(Settings, {**defaults, **(arguments.get("settings") or {})}, "settings")
    known = arguments.get("known")
    result = run(
        case,
        Path(arguments["out"]),
        steps,
        settings,
        None if known is None else CaseResult.from_json(known),
        progress,
    )
    return {"result": result.to_json()}


def feature_map(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """A voxel-wise map of one feature, written to ``arguments["out"]``: its ``path`` and the feature's name."""
    from ..extract.feature_maps import feature_map as make_map
    from ..imaging.labels import HEAD, NECROSIS

    side = arguments["side"]
    result = make_map(
        image_of(arguments["image"]),
        image_of(arguments["labels"]),
        arguments["feature"],
        arguments["preset"],
        int(arguments["radius"]),
        progress,
        label=(HEAD[side], NECROSIS[side]),
    )
    sitk.WriteImage(result.to_sitk(), arguments["out"])
    return {"path": arguments["out"], "feature": arguments["feature"], "side": side}


def warm_up(_arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Import what the steps need, so that the first case does not wait for it; on a new computer, compile beside it."""
    import importlib

    from ..extract.native import compile_in_background
    from ..extract.radiomics import native_available

    if native_available():
        compile_in_background()
    names = tuple(
        f"ONFHAssistLib.{name}"
        for name in (
            "case.pipeline",
            "extract.native",
            "segment.pipeline",
            "early.predictor",
            "stage.case_staging",
        )
    )
    for number, name in enumerate(names):
        progress(number / len(names), name)
        with contextlib.suppress(ModuleNotFoundError):  # what is not installed is asked for when it is needed
            importlib.import_module(name)
    return {"imported": [name for name in names if name in sys.modules]}

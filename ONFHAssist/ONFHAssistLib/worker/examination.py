"""The task ``run_exam``: an examination whose series are files, in the words of the worker's requests.

What headers state of the patient is compared and never needed in words: it travels as hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..core.progress import Progress
from ..core.serial import from_json_value, to_json_value
from ..core.vectors import as_point
from ..exam.identity import Identity
from ..exam.study import FoundSeries
from ..imaging.image import Image
from .tasks import TEMPORARY, image_argument, image_of

_PLAIN = ("number", "uid", "files", "facts", "plane", "spacing", "slices", "problem", "stated_files", "other")


def series_arguments(found: Sequence[FoundSeries], folder: Path) -> list[dict[str, Any]]:
    """Each series as the task takes it; the voxels of those that may be read are written into ``folder``."""
    arguments = []
    for place, one in enumerate(found):
        plain = {name: to_json_value(getattr(one, name)) for name in _PLAIN}
        identity = {
            key: hashlib.sha256(text.encode()).hexdigest() for key, text in one.identity.stated.items()
        }
        image = None if one.problem else image_argument(one.read(), folder / f"series_{place}{TEMPORARY}")
        arguments.append({**plain, "identity": identity, "image": image})
    return arguments


def found_series(argument: Mapping[str, Any]) -> FoundSeries:
    """The series that :func:`series_arguments` described."""
    plain = {name: argument[name] for name in _PLAIN if name != "spacing"}

    def read() -> Image:
        return image_of(argument["image"])

    spacing = as_point(argument["spacing"]) if argument["spacing"] else ()
    return FoundSeries(**plain, spacing=spacing, identity=Identity(dict(argument["identity"])), read=read)


def run_exam(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """An examination; see :func:`..case.examination.run_examination`.

    Args:
        arguments: ``series`` (of :func:`series_arguments`), ``out`` (a folder); optional ``name``, ``wishes`` (number to
            uses), ``edges`` (side to the number of a series and LPS mm on it), ``settings`` (fields of
            :class:`..case.work.Settings`), ``radiograph`` and ``radiograph_labels``.

    Returns:
        ``exam`` and ``result``: JSON texts of the :class:`..exam.result.ExamResult` and the
        :class:`..case.result.CaseResult`.
    """
    from ..case.examination import run_examination
    from ..case.work import Settings
    from ..exam.work import MarkedEdge
    from ..extract.native import compile_in_background

    compile_in_background()
    defaults = to_json_value(Settings(image_suffix=TEMPORARY, checked=False))
    settings = from_json_value(Settings, {**defaults, **(arguments.get("settings") or {})}, "settings")
    wishes = {number: tuple(uses) for number, uses in (arguments.get("wishes") or {}).items()}
    found = [found_series(one) for one in arguments["series"]]
    name = str(arguments.get("name") or "")
    radiograph = None
    if arguments.get("radiograph"):
        radiograph = image_of(arguments["radiograph"]), image_of(arguments["radiograph_labels"])
    edges = {
        side: MarkedEdge(str(number), as_point(point))
        for side, (number, point) in (arguments.get("edges") or {}).items()
    }
    done = run_examination(found, Path(arguments["out"]), wishes, settings, progress, name, radiograph, edges)
    exam = replace(done.exam, files={})
    return {"exam": exam.to_json(), "result": done.result.to_json()}

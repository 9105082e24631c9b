"""The case at a glance: what the scene's result tables say, hip by hip, with what is outdated marked as such."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import slicer
from slicer.i18n import tr as _

from ..case.rows import OUT_OF_SCOPE
from ..case.survival import PUBLISHED
from ..core.language import sentence
from ..imaging.labels import SIDES
from ..stage.answer import STAGES, probability_of
from .attributes import PROVENANCE_PREFIX, SIDE, TABLE_LINK
from .images.ownership import image_of, results_of
from .outdated import rests_on_other_outlines
from .tables import columns_of
from .words import hip_name, said

ASSUMED = f"{PROVENANCE_PREFIX}assumed"  # on a survival table: what was assumed rather than read
MEASURED_ANGLE = (
    f"{PROVENANCE_PREFIX}measured_angle_deg"  # on a survival table: the measured angle that it was given
)
SAME_ANGLE_DEG = 0.1  # to which a slider of a panel rounds


def case_lines(
    volume: slicer.vtkMRMLScalarVolumeNode | None, digest: Mapping[str, str] | None = None
) -> list[str]:
    """Rich-text lines, right hip before left, each hip under its name; empty where there is no result.

    Args:
        volume: the image of the case; results of other images are not told.
        digest: hashes of the present outlines (:class:`.outdated.OutlineWatch`); results of other outlines are marked.
            Every number is a link to its picture, and every line ends with one to its table; :func:`.show.show_link`
            follows them.
    """
    lines: list[str] = []
    any_outdated = False
    for side in SIDES:
        hip = []
        for role, text_of in _TEXTS.items():
            for node in results_of(volume, "vtkMRMLTableNode", role):
                for row in _rows(node, side):
                    text = _NUMBER.sub(rf'<a href="{role}:{side}">\1</a>', text_of(row))
                    table = f' (<a href="{TABLE_LINK}{role}:{side}">{_("table")}</a>)'
                    outdated = is_outdated(node, side, digest)
                    any_outdated |= outdated
                    hip.append(f"{text}{table}{outdated_mark() if outdated else ''}")
        lines += [f"<b>{hip_name(side)}</b>", *hip] if hip else []
    if any_outdated:
        why = _(
            "Outdated results rest on other outlines or measurements than the present ones; redo their steps."
        )
        lines.append(f"<i>{why}</i>")
    return lines


def outdated_mark() -> str:
    """What stands behind a line of :func:`case_lines` whose result is outdated."""
    return _(" <b>outdated</b>")


def is_outdated(node: slicer.vtkMRMLTableNode, side: str, digest: Mapping[str, str] | None) -> bool:
    """Whether a result rests on other outlines than those of ``digest``, or a survival on another angle than measured."""
    given = node.GetAttribute(MEASURED_ANGLE)
    if given:
        measured = [
            row["combined_necrotic_angle"] for row in result_rows("measurements", side, image_of(node))
        ]
        if measured and abs(measured[0] - float(given)) > SAME_ANGLE_DEG:
            return True
    return rests_on_other_outlines(node, side, digest)


def result_rows(role: str, side: str, volume: slicer.vtkMRMLScalarVolumeNode | None) -> list[dict[str, Any]]:
    """Rows of an image's result tables of ``role`` that are about ``side``."""
    return [row for node in results_of(volume, "vtkMRMLTableNode", role) for row in _rows(node, side)]


def worst_side(volume: slicer.vtkMRMLScalarVolumeNode | None) -> str:
    """The side with the larger necrosis, else the first that is measured or staged, else "R"."""
    sizes = {side: row["necrosis_ml"] for side in SIDES for row in result_rows("measurements", side, volume)}
    sizes = sizes or {side: 0.0 for side in SIDES for _row in result_rows("stage", side, volume)}
    return max(sizes, key=lambda side: sizes[side], default="R")


def _rows(node: slicer.vtkMRMLTableNode, side: str) -> Iterator[dict[str, Any]]:
    table = columns_of(node)
    if "side" not in table:  # a table of one hip
        if (node.GetAttribute(SIDE) or "R") == side:
            yield {
                **table,
                "assumed": node.GetAttribute(ASSUMED) or "",
                "model": node.GetAttribute(f"{PROVENANCE_PREFIX}model") or "",
            }
        return
    for values in zip(*table.values(), strict=True):
        row = dict(zip(table, values, strict=True))
        if row["side"] == side:
            yield row


def _measured(row: Mapping[str, Any]) -> str:
    text = _("Head radius [{radius:.1f} mm], necrosis [{ml:.1f} ml]").format(
        radius=row["radius"], ml=row["necrosis_ml"]
    )
    if row["necrosis_ml"] > 0:
        text += _(", combined necrotic angle [{angle:.0f}°]").format(angle=row["combined_necrotic_angle"])
        text += _(", JIC type [{type}]").format(type=row["jic_type"]) if row.get("jic_type") else ""
    return text


def _staged(row: Mapping[str, Any]) -> str:
    if row["stage"] == "not staged":
        return _("Not staged")
    if row.get("scope") == OUT_OF_SCOPE:
        return _("Stage: [out of scope], no answer")
    probability = probability_of(row["stage"], {stage: row[f"P({stage})"] for stage in STAGES})
    text = _("Stage [{stage}], probability [{share}]").format(
        stage=said(row["stage"]), share=_share(probability)
    )
    known = row["spread"] == row["spread"]  # not NaN
    return text + (_(", spread [{share:.0f}%]").format(share=100 * row["spread"]) if known else "")


def _predicted(row: Mapping[str, Any]) -> str:
    if row.get("scope") == OUT_OF_SCOPE:
        return _("Early osteonecrosis: [out of scope], no answer")
    return _("Early osteonecrosis [{share}] ({reading})").format(
        share=_share(row["probability"]), reading=said(row["reading"])
    )


def _share(value: float) -> str:
    """Whole per cent; what would read 0 or 100 says on which side it is, as tables and report do."""
    if 0.0 < value < 0.005:
        return _("under 1%")
    return _("over 99%") if 0.995 <= value < 1.0 else f"{value:.0%}"


def _survival(row: Mapping[str, Any]) -> str:
    points = [
        _("[{share:.1f}%] at {month:.0f} months ({low:.0f} to {high:.0f}%)").format(
            share=100 * s, month=month, low=100 * low, high=100 * high
        )
        for month, s, low, high in zip(row["months"], row["survival"], row["low"], row["high"], strict=True)
    ]
    text = _("No collapse {points}").format(points=_(", ").join(points))
    text += _(", by the {model}").format(model=_model_name(row["model"])) if row["model"] else ""
    return text + (
        _("; assumed: {findings}").format(findings=sentence(row["assumed"])) if row["assumed"] else ""
    )


def _model_name(model: str) -> str:
    return _("published clinical model") if model == PUBLISHED else model


_NUMBER = re.compile(r"\[([^\]]+)\]")  # what a text marks as a link to its picture
_TEXTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "stage": _staged,
    "prediction": _predicted,
    "measurements": _measured,
    "survival": _survival,
}

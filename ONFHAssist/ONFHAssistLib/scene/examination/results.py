"""An examination in the scene: the table of its series, and itself as text with its volumes, for whoever shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import slicer
from slicer.i18n import tr as _

from ...core.errors import InputError
from ...exam.answers import FLATTENED_MM
from ...exam.result import ExamHip, ExamResult
from ...imaging.labels import SIDES
from ..attributes import ROLE
from ..case import move_to_case_folder, text_node
from ..images.ownership import find_node, image_of
from ..outdated import mark_source_segmentation, rests_on_other_outlines
from ..tables import table_from_columns
from ..transaction import Steps
from ..words import hip_name, said
from .series import contrast_text, coverage_text, voxels_text

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLTableNode, vtkMRMLTextNode

ROLE_OF_EXAM, ROLE_OF_TABLE = "examination", "series"
SERIES_LINK = "series"  # role of a link of the glance that shows a series, as "series-3:R"
_SERIES = "ONFHAssist.series."  # role of the reference from an examination to the volume of a series' number


def exam_in_steps(
    volumes: Mapping[str, vtkMRMLScalarVolumeNode], exam: ExamResult, outlines: Mapping[str, str]
) -> Steps[vtkMRMLTableNode]:
    """Keep an examination with the volume of its reference, and its series as a table.

    Args:
        volumes: series number to volume, of all series of the table.
        outlines: hashes of the fused outlines, by side.
    """
    reference = volumes[exam.reference]
    table = series_table(reference, exam)
    yield
    node = text_node(_("Examination"), exam.to_json(), ROLE_OF_EXAM, exam.provenance, reference)
    for number, volume in volumes.items():
        node.SetNodeReferenceID(f"{_SERIES}{number}", volume.GetID())
    mark_source_segmentation([node], outlines)
    move_to_case_folder(reference, [table, node])
    return table


def series_table(reference: vtkMRMLScalarVolumeNode, exam: ExamResult) -> vtkMRMLTableNode:
    """The table "*volume* series", a row a series."""
    rows = exam.series
    columns: dict[str, list[str]] = {
        "series": [row.number for row in rows],
        "description": [row.description for row in rows],
        "plane": [said(row.plane) for row in rows],
        "contrast": [contrast_text(row) for row in rows],
        "voxels": [voxels_text(row.spacing) for row in rows],
        "heads": [coverage_text(row.coverage) for row in rows],
        "uses": [uses_text(row.uses) for row in rows],
        "notes": [" ".join(filter(None, (row.reason, *row.notes))) for row in rows],
    }
    titles = {
        "series": _("series"),
        "description": _("description"),
        "plane": _("plane"),
        "contrast": _("contrast"),
        "voxels": _("voxels"),
        "heads": _("heads in the field of view"),
        "uses": _("used for"),
        "notes": _("why not, and notes"),
    }
    return table_from_columns(
        _("{volume} series").format(volume=reference.GetName()),
        columns,
        role=ROLE_OF_TABLE,
        provenance=exam.provenance,
        titles=titles,
        node=find_node("vtkMRMLTableNode", ROLE_OF_TABLE, reference),
    )


def use_name(use: str) -> str:
    """What a use is called."""
    return {
        "reference": _("reference"),
        "outline": _("outline"),
        "acetabulum": _("acetabular edge"),
        "fluid": _("oedema"),
    }[use]


def uses_text(uses: tuple[str, ...]) -> str:
    """Several uses in a cell."""
    return ", ".join(use_name(use) for use in uses)


def exam_of(volume: vtkMRMLScalarVolumeNode | None) -> ExamResult | None:
    """The examination whose reference a volume is; None without one, and where another version wrote it."""
    node = _node_of(volume)
    return None if node is None else _parsed(node.GetText() or "")


def _node_of(volume: vtkMRMLScalarVolumeNode | None) -> vtkMRMLTextNode | None:
    return None if volume is None else find_node("vtkMRMLTextNode", ROLE_OF_EXAM, volume)


@lru_cache(maxsize=8)  # the panel asks at every change of the scene
def _parsed(text: str) -> ExamResult | None:
    try:
        return ExamResult.from_json(text)
    except InputError:
        return None


def reference_of(volume: vtkMRMLScalarVolumeNode) -> vtkMRMLScalarVolumeNode | None:
    """The reference of the examination that a volume was read in, itself or another series; the last one of several."""
    found = [
        image_of(node)
        for node in slicer.util.getNodesByClass("vtkMRMLTextNode")
        if node.GetAttribute(ROLE) == ROLE_OF_EXAM
    ]
    of_it = [one for one in found if one is not None and volume in volumes_of(one).values()]
    return of_it[-1] if of_it else None


def read_exam(volume: vtkMRMLScalarVolumeNode) -> ExamResult | None:
    """The examination that a volume was read in."""
    return exam_of(reference_of(volume))


def volumes_of(volume: vtkMRMLScalarVolumeNode) -> dict[str, vtkMRMLScalarVolumeNode]:
    """Series number to volume of the examination whose reference this is, of those that are still in the scene."""
    node, exam = _node_of(volume), exam_of(volume)
    if node is None or exam is None:
        return {}
    found = {row.number: node.GetNodeReference(f"{_SERIES}{row.number}") for row in exam.series}
    return {number: one for number, one in found.items() if one is not None}


# at a glance ------------------------------------------------------------------------------------------------


def exam_lines(
    volume: vtkMRMLScalarVolumeNode | None, digest: Mapping[str, str] | None = None
) -> dict[str, list[str]]:
    """Side to rich-text lines on what the whole examination says of the hip, each series a link that shows it.

    Args:
        digest: hashes of the present outlines; nothing is said of a hip whose outlines were changed since.
    """
    exam = exam_of(volume)
    if exam is None or volume is None:
        return {}
    valid = sides_that_stand(volume, digest)
    return {hip.side: lines for hip in exam.hips if hip.side in valid and (lines := _lines(hip))}


def sides_that_stand(volume: vtkMRMLScalarVolumeNode, digest: Mapping[str, str] | None) -> tuple[str, ...]:
    """The sides of which an examination still speaks: their outlines are those that it made."""
    node = _node_of(volume)
    return tuple(
        side for side in SIDES if node is not None and not rests_on_other_outlines(node, side, digest)
    )


def _lines(hip: ExamHip) -> list[str]:
    parts = [
        _("Outlined on series {numbers}").format(
            numbers=", ".join(_link(number, hip.side, number) for number in hip.series)
        )
    ]
    if hip.edge_series:
        parts.append(_("acetabular edge on {series}").format(series=_link(hip.edge_series, hip.side)))
    oedema = None if hip.findings is None else hip.findings.oedema
    if oedema is not None and hip.oedema_series:
        text = _("oedema {finding} on {series}")
        parts.append(
            text.format(
                finding=said("suggested" if oedema.suggested else "not seen"),
                series=_link(hip.oedema_series, hip.side),
            )
        )
    parts += _of_joint(hip)
    return [_(", ").join(parts)]


def _of_joint(hip: ExamHip) -> list[str]:
    parts = []
    if hip.effusion is not None and hip.effusion_series:
        text = _("effusion grade {grade} on {series}")
        parts.append(text.format(grade=hip.effusion.grade, series=_link(hip.effusion_series, hip.side)))
    surface = hip.surface
    if surface is not None and surface.flattening_mm >= FLATTENED_MM:
        parts.append(_("head flattened by {mm:.1f} mm").format(mm=surface.flattening_mm))
    if surface is not None and surface.fracture_line:
        text = _("subchondral fracture line on {series}")
        parts.append(text.format(series=_link(surface.fracture_series, hip.side)))
    return parts


def _link(number: str, side: str, text: str = "") -> str:
    return f'<a href="{SERIES_LINK}-{number}:{side}">{text or number}</a>'


def with_exam_lines(
    lines: list[str], volume: vtkMRMLScalarVolumeNode | None, digest: Mapping[str, str] | None
) -> list[str]:
    """The lines of the glance with those of the examination below each hip; else where its answer stands."""
    reference = None if lines or volume is None else reference_of(volume)
    if reference is not None:
        text = _("Read in an examination, whose answer stands on '{reference}'; choose that as MRI.")
        return [text.format(reference=reference.GetName())]
    extra = exam_lines(volume, digest)
    out: list[str] = []
    heads = {f"<b>{hip_name(side)}</b>": side for side in SIDES}
    current = ""
    for line in [*lines, ""]:
        if line in heads or line.startswith("<i>") or not line:
            out += extra.pop(current, [])
            current = heads.get(line, "")
        out += [line] if line else []
    return out


def series_of_link(link: str) -> tuple[str, str] | None:
    """Number and side of a link to a series; None of another link."""
    found = re.fullmatch(rf"{SERIES_LINK}-([\d.]+):([RL])", link)
    return None if found is None else (found[1], found[2])

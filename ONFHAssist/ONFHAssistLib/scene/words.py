"""Words of sides, planes and findings, as people read them; the tables keep their keys, which no translation changes."""

from __future__ import annotations

from slicer.i18n import tr as _

from ..case.rows import IN_SCOPE, NOT_STAGED, OUT_OF_SCOPE


def side_name(side: str) -> str:
    """ "Right" or "Left"."""
    return _("Right") if side == "R" else _("Left")


def hip_name(side: str) -> str:
    """ "Right hip" or "Left hip"."""
    return _("Right hip") if side == "R" else _("Left hip")


def head_name(side: str) -> str:
    """ "Femoral head R" or "Femoral head L", the name of a segment and of what belongs to it."""
    return _("Femoral head R") if side == "R" else _("Femoral head L")


def structure_name(name: str) -> str:
    """A structure that readers outline, such as "Necrosis R"."""
    return {
        "Femoral head R": _("Femoral head R"),
        "Femoral head L": _("Femoral head L"),
        "Necrosis R": _("Necrosis R"),
        "Necrosis L": _("Necrosis L"),
    }.get(name, name)


def plane_name(plane: str) -> str:
    """ "coronal", "axial" or "sagittal"."""
    return {"coronal": _("coronal"), "axial": _("axial"), "sagittal": _("sagittal")}.get(plane, plane)


def reading_name(reading: str) -> str:
    """The reading of a probability in full, such as "early osteonecrosis likely"."""
    return {
        "early osteonecrosis likely": _("early osteonecrosis likely"),
        "early osteonecrosis unlikely": _("early osteonecrosis unlikely"),
    }.get(reading, reading)


def said(cell: object) -> str:
    """What a cell of ours says; text that is not ours, such as the name of a feature, stays as it is."""
    return {
        IN_SCOPE: _("in scope"),
        OUT_OF_SCOPE: _("out of scope"),
        NOT_STAGED: _("not staged"),
        "early osteonecrosis likely": _("likely"),
        "early osteonecrosis unlikely": _("unlikely"),
        "likely": _("likely"),
        "unlikely": _("unlikely"),
        "suggested": _("suggested"),
        "not seen": _("not seen"),
        "cannot tell": _("cannot tell"),
        "yes": _("yes"),
        "no": _("no"),
        "coronal": _("coronal"),
        "axial": _("axial"),
        "sagittal": _("sagittal"),
    }.get(str(cell), str(cell))

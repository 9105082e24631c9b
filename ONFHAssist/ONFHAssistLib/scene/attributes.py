"""Text attributes on nodes: what programs read, where names are for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slicer import vtkMRMLNode

FACT_PREFIX = "ONFHAssist.fact."  # modality, sequence, laterality, ... of an image
PROVENANCE_PREFIX = "ONFHAssist.provenance."
ROLE = "ONFHAssist.role"  # what a node is to the case: "measurements", "radiomics", "prediction", ...
SIDE = "ONFHAssist.side"  # "R" or "L"
OUTLINES = "ONFHAssist.outlines"  # hash of the outlines that a result rests on, see stale.py
TABLE_LINK = "table-"  # before a role in a link of the glance: its table instead of its picture
WARNINGS = "ONFHAssist.warnings"  # on a result: what its step warned of, a sentence a line


def write_attributes(node: vtkMRMLNode, values: Mapping[str, str], prefix: str = PROVENANCE_PREFIX) -> None:
    """Set one attribute a value; empty values are left out, since MRML cannot tell them from none."""
    for name, value in values.items():
        if str(value):
            node.SetAttribute(f"{prefix}{name}", str(value))


def read_attributes(node: vtkMRMLNode, prefix: str = PROVENANCE_PREFIX) -> dict[str, str]:
    """The attributes that start with ``prefix``, without it."""
    names = [name for name in node.GetAttributeNames() if name.startswith(prefix)]
    return {name.removeprefix(prefix): node.GetAttribute(name) for name in names}


def mark_result(node: vtkMRMLNode, role: str, provenance: Mapping[str, str], side: str | None = None) -> None:
    """Say what a result node is, of which side, and where it comes from; forget what was said of its earlier content."""
    node.SetAttribute(ROLE, role)
    node.RemoveAttribute(OUTLINES)
    for name in read_attributes(node):  # such as an assumption that the user has replaced by a finding
        node.RemoveAttribute(f"{PROVENANCE_PREFIX}{name}")
    if side is not None:
        node.SetAttribute(SIDE, side)
    write_attributes(node, provenance)


def set_warnings(node: vtkMRMLNode, warnings: Iterable[str]) -> None:
    """Keep with a result what its step warned of, for the report; nothing where it warned of nothing."""
    node.RemoveAttribute(WARNINGS)
    text = "\n".join(" ".join(str(line).split()) for line in dict.fromkeys(warnings))
    if text:
        node.SetAttribute(WARNINGS, text)

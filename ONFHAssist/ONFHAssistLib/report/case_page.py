"""One self-contained HTML page a case: pictures, measurements, prediction, survival, provenance."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..core.atomic_files import write_text
from ..core.language import chosen, mark
from ..core.language import text as _
from ..core.resources import resource_path


@dataclass(frozen=True)
class Picture:
    """A PNG file and what the reader sees in it."""

    path: Path
    caption: str


@dataclass(frozen=True)
class Section:
    """A heading with a sentence, pictures and a table.

    Attributes:
        title: heading.
        text: one or two sentences.
        columns, rows: the table; numbers are already formatted text.
        pictures: shown below.
        note: small print, such as what a model learned from.
        wide: the pictures take the whole width, one below the other.
    """

    title: str
    text: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    pictures: Sequence[Picture] = ()
    note: str = ""
    wide: bool = False


@dataclass(frozen=True)
class CasePage:
    """What the page of a case holds; no patient identity unless the caller puts it into ``title``.

    Attributes:
        title: heading.
        summary: one card a hip: ``side``, ``headline``, ``meaning``, ``tone`` ("alert" or "calm"), ``facts``.
        sections: in the order of the page.
        provenance: name to text, or a step to its names and texts.
        files: link to what it is.
        banner: what the reader has to know first.
        subtitle: one line under the title, such as the series and the day.
        remarks: what has to be kept in mind about this case, each a sentence.
    """

    title: str
    summary: Sequence[Mapping[str, Any]]
    sections: Sequence[Section]
    provenance: Mapping[str, str | Mapping[str, str]]
    files: Mapping[str, str] = field(default_factory=dict)
    banner: str = ""
    subtitle: str = ""
    remarks: Sequence[str] = ()


_OF_TEMPLATES = (mark("Files"), mark("Provenance"))  # what the templates say themselves


def write_case_page(page: CasePage, path: Path) -> Path:
    """Write the page; pictures are embedded, so that the one file can be sent."""
    return write_text(path, render(page))


def render(page: CasePage, template: str = "case.html") -> str:
    """The page as HTML by a template of ``Resources/Templates``: "case.html", or "print.html" for Qt's printing."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(resource_path("Templates"))),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["embedded"] = _embedded
    environment.globals.update(_=_, language=chosen())
    return environment.get_template(template).render(page=page)


def _embedded(path: Any) -> str:
    content = base64.b64encode(Path(path).read_bytes()).decode("ascii")
    return f"data:image/png;base64,{content}"

"""One self-contained HTML page a case: pictures, measurements, prediction, survival, provenance."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..core.atomic_files import write_text
from ..core.language import ENGLISH, chosen, mark, sentence
from ..core.language import text as _
from ..core.resources import resource_path
from ..evaluate.figures.spoken import font_problem


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


_LONG, _LONG_CHINESE = 32, 10
TONES = ("alert", "calm")
_OF_TEMPLATES = (mark("Files"), mark("Provenance"))  # what the templates say themselves


def write_case_page(page: CasePage, path: Path) -> Path:
    """Write the page; pictures are embedded, so that the one file can be sent."""
    return write_text(path, render(page))


def render(page: CasePage, template: str = "case.html") -> str:
    """The page as HTML by a template of ``Resources/Templates``: "case.html", or "print.html" for Qt's printing."""
    import jinja2

    page = in_the_chosen_language(page)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(resource_path("Templates"))),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["embedded"] = _embedded
    environment.globals.update(_=_, language=chosen(), reads_as_text=reads_as_text)
    return environment.get_template(template).render(page=page)


def reads_as_text(cells: Sequence[str]) -> bool:
    """Whether a column of a table holds sentences, which read better from the left, as figures do from the right.

    Chinese says in a dozen characters what English says in thirty.
    """
    longest = max(map(len, cells), default=0)
    worded = [len(cell) for cell in cells if re.match("[\u2e80-\uffff]", cell)]
    return longest > _LONG or max(worded, default=0) > _LONG_CHINESE


def in_the_chosen_language(page: CasePage) -> CasePage:
    """The page with every text of it translated, and a remark where its charts could not be.

    Pages of developments, courses and drilling plans are made of English words, which their tables and files share; what
    was translated before stays as it is, and so does what is no text of ours.
    """
    if chosen() == ENGLISH:
        return page
    problem = font_problem() if any(section.pictures for section in page.sections) else ""
    return replace(
        page,
        title=sentence(page.title),
        subtitle=sentence(page.subtitle),
        banner=sentence(page.banner),
        remarks=[*map(sentence, page.remarks), *filter(None, [problem])],
        summary=[_card(card) for card in page.summary],
        sections=[_section(section) for section in page.sections],
        provenance={_key(name): _record(value) for name, value in page.provenance.items()},
        files={name: sentence(meaning) for name, meaning in page.files.items()},
    )


def _section(section: Section) -> Section:
    return replace(
        section,
        title=sentence(section.title),
        text=sentence(section.text),
        columns=[sentence(column) for column in section.columns],
        rows=[[sentence(cell) for cell in row] for row in section.rows],
        pictures=[Picture(one.path, sentence(one.caption)) for one in section.pictures],
        note=sentence(section.note),
    )


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    """A hip's card; its heading, which the template makes of the side in English, is given."""
    heading = f"{card['side']} hip"
    known = sentence(heading)
    hip = {
        "hip": card["side"] if known == heading else known
    }  # a side that was translated before stands alone
    return {name: _said(value) for name, value in {**hip, **card}.items()}


def _said(value: Any) -> Any:
    """What a card holds: a text, or names of facts with their texts."""
    if isinstance(value, Mapping):
        return {sentence(name): sentence(str(fact)) for name, fact in value.items()}
    return value if value in TONES else sentence(str(value))


def _key(name: str) -> str:
    """Name of a fact of the provenance, such as ``model_sha256``; itself where there is no word for it."""
    word = sentence(name.replace("_", " "))
    return name if word == name.replace("_", " ") else word


def _record(value: str | Mapping[str, str]) -> str | dict[str, str]:
    if isinstance(value, Mapping):
        return {_key(name): sentence(text) for name, text in value.items()}
    return sentence(value)


def _embedded(path: Any) -> str:
    content = base64.b64encode(Path(path).read_bytes()).decode("ascii")
    return f"data:image/png;base64,{content}"

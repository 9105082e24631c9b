"""The contact sheet: one HTML page with every hip of a cohort, which a reader judges by mouse or keyboard.

The page holds everything itself and asks nothing of a network (its Content-Security-Policy forbids it); scripts and
styles run by their hashes. Opened as a file it keeps decisions in the browser and saves them as JSON; served by
:mod:`.server` it writes each into the database. Keys of cases stand on it, no name of a patient unless it is asked for.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...core.atomic_files import write_text
from ...core.provenance import provenance
from ...core.resources import resource_path
from .decisions import SCHEMA, Decision
from .pictures import EDGES, FIELD_MM, PIXELS, PLANES
from .worklist import Worklist, WorklistHip

FILE = "sheet.html"
SIDES = {"R": "Right", "L": "Left"}
BANNER = (
    "Right hips are shown as right: the patient's right is on the left of each coronal and axial plane. Press ? for the "
    "keys."
)
_BAR_MM = 20.0


@dataclass(frozen=True)
class SheetPage:
    """What the page shows.

    Attributes:
        title: heading. hips: the most doubtful first. failures: case to why it has no outlines.
        data: for the page's script. reader: whose page it is, or "". served: by a local server.
        banner: first line. foot: provenance.
    """

    title: str
    hips: tuple[Mapping[str, Any], ...]
    failures: Mapping[str, str]
    data: Mapping[str, Any]
    reader: str = ""
    served: bool = False
    banner: str = BANNER
    foot: str = ""


@dataclass(frozen=True)
class SheetChoice:
    """What its user wants of the page.

    Attributes:
        reader: whose page it is; "" lets the page ask. start: his decisions so far. token: of the server; "" for a file.
        names: case to what is shown beside its key, such as the patient; empty shows nothing.
        cohort: :meth:`.state.ReviewState.identity`, by which the page's decisions are known.
        most: how many of the most doubtful hips are on the page; 0 for all.
    """

    reader: str = ""
    start: tuple[Decision, ...] = ()
    token: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    cohort: str = ""
    most: int = 0


def sheet(found: Worklist, name: str, choice: SheetChoice = SheetChoice()) -> str:
    """The page as HTML.

    Args:
        found: with pictures. name: of the cohort.
    """
    facts, count = provenance(), len(found.hips)
    hips = found.hips[: choice.most or None]
    some = f"the {len(hips)} most doubtful of {count} hips" if len(hips) < count else f"{count} hips"
    page = SheetPage(
        title=f"{name}: {some}",
        hips=tuple(_card(hip, choice.names) for hip in hips if hip.picture is not None),
        failures=found.failures,
        data={
            "schema": SCHEMA,
            "cohort": choice.cohort,
            "served": bool(choice.token),
            "token": choice.token,
            "start": [vars(row) for row in choice.start if row.reader == choice.reader],
        },
        reader=choice.reader,
        served=bool(choice.token),
        foot=f"For research, not for diagnosis. Doubt orders the hips; it is no probability. Made {facts['created']} by "
        f"{facts['software']}.",
    )
    return _render(page)


def write_sheet(found: Worklist, name: str, path: Path, choice: SheetChoice = SheetChoice()) -> Path:
    """Write the page; it appears when it is whole."""
    return write_text(path, sheet(found, name, choice))


def _card(hip: WorklistHip, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "case": hip.case,
        "side": hip.side,
        "side_name": SIDES[hip.side],
        "name": names.get(hip.case, ""),
        "outline": hip.outline,
        "rank": hip.doubt.rank,
        "percent": round(100 * hip.doubt.doubt),
        "reasons": hip.doubt.reasons,
        "facts": hip.facts,
        "picture": hip.picture,
    }


def _render(page: SheetPage) -> str:
    import jinja2
    from markupsafe import Markup

    folder = resource_path("Templates")
    style, script = (Path(folder, f"review.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        f"connect-src {chr(39)}{'self' if page.served else 'none'}{chr(39)}; base-uri 'none'; form-action 'none'"
    )
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(folder)),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("review.html").render(
        page=page,
        policy=policy,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - likewise
        pixels=PIXELS,
        bar=round(_BAR_MM / FIELD_MM * PIXELS),
        planes=[{"name": plane, "left": EDGES[plane][0], "right": EDGES[plane][1]} for plane in PLANES],
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")

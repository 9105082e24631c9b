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
from ...core.language import chosen, mark, sentence
from ...core.language import text as _
from ...core.provenance import provenance
from ...core.resources import resource_path
from .decisions import SCHEMA, Decision
from .pictures import EDGES, FIELD_MM, PIXELS, PLANES
from .worklist import Worklist, WorklistHip

FILE = "sheet.html"
SIDES = {"R": mark("Right hip"), "L": mark("Left hip")}
BANNER = mark(
    "Right hips are shown as right: the patient's right is on the left of each coronal and axial plane. Press ? for the "
    "keys."
)
# What the page's script says, by the names that it asks for.
SAID = {
    "open": mark("open"),
    "accept": mark("accepted"),
    "reject": mark("rejected"),
    "corrected": mark("corrected"),
    "outdated": mark("{state}, but the outline has changed since"),
    "counts": mark("{open} open, {accept} accepted, {reject} rejected"),
    "counts_corrected": mark("{open} open, {accept} accepted, {reject} rejected, {corrected} corrected"),
    "not_kept": mark("This browser keeps nothing of this page; save the decisions before you close it."),
    "lost": mark("The decision on {hip} was not kept: {why}"),
    "name_first": mark("Enter your name or initials first; every decision says whose it is."),
    "hip_of": mark("{hip} of {case}"),
    "told": mark("{hip}: {what}. {open} open."),
    "taken_back": mark("taken back"),
    "comment_kept": mark("comment kept"),
    "nothing": mark("There is nothing to take back on this hip."),
    "saved": mark("{count} rows saved as {file}."),
    "loaded": mark("{count} rows of {reader} loaded."),
    "not_loaded": mark("{file} was not loaded: {why}."),
    "no_decisions": mark("it holds no decisions of a contact sheet"),
    "other_cohort": mark("its decisions are of another cohort"),
    "several": mark("it holds decisions of several readers"),
    "nobody": mark("it holds decisions of nobody"),
}
# Reasons of a doubt that are put together of pieces.
_REASONS = (
    *(mark("volume of the head"), mark("volume of the necrosis"), mark("necrotic share"), mark("radius")),
    *(
        mark("arc A"),
        mark("arc B"),
        mark("depth of the necrosis"),
        mark("fit of the sphere"),
        mark("deep features"),
    ),
    *(mark("volume of the head against its sphere"), mark("radiomics")),
    *(mark("Withheld: {steps}"), mark("Failed: {steps}"), mark("Warnings: {count}")),
    *(mark("withheld: {steps}"), mark("failed: {steps}"), mark("warnings: {count}")),
    mark("The necrosis lies in {pieces} pieces."),
    mark("The necrosis lies {gap} mm away from the head's surface."),
    mark("The necrosis lies in {pieces} pieces and {gap} mm away from the head's surface."),
    *(
        mark("the necrotic share"),
        mark("the radius"),
        mark("the combined angle"),
        mark("larger"),
        mark("smaller"),
    ),
)
# What the template says itself.
_OF_TEMPLATE = (
    *(
        mark("Reader"),
        mark("initials"),
        mark("Show"),
        mark("all hips"),
        mark("with a comment"),
        mark("Outlines"),
    ),
    *(
        mark("Keys"),
        mark("Save decisions"),
        mark("Load decisions"),
        mark("doubt"),
        mark("Nothing stands out."),
    ),
    *(mark("Accept"), mark("Reject"), mark("Undo"), mark("comment, then Enter"), mark("Close")),
    mark("{hip} of {case}: coronal, axial and sagittal plane through the head"),
    mark("Comment on the {hip} of {case}"),
    mark("No hip is shown; choose another kind at the top."),
    mark("Cases without outlines: {count}"),
    *(
        mark("next hip"),
        mark("previous hip"),
        mark("accept the outline, and go on"),
        mark("reject it, and go on"),
    ),
    *(mark("comment"), mark("keeps it"), mark("leaves it"), mark("take the last decision back")),
    *(mark("outlines on or off"), mark("first, last hip"), mark("this list")),
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
    some = _("{count} hips").format(count=count)
    if len(hips) < count:
        some = _("the {shown} most doubtful of {count} hips").format(shown=len(hips), count=count)
    page = SheetPage(
        title=f"{name}: {some}",
        hips=tuple(_card(hip, choice.names) for hip in hips if hip.picture is not None),
        failures={case: sentence(why) for case, why in found.failures.items()},
        banner=_(BANNER),
        data={
            "said": {name: _(text) for name, text in SAID.items()},
            "schema": SCHEMA,
            "cohort": choice.cohort,
            "served": bool(choice.token),
            "token": choice.token,
            "start": [vars(row) for row in choice.start if row.reader == choice.reader],
        },
        reader=choice.reader,
        served=bool(choice.token),
        foot=_(
            "For research, not for diagnosis. Doubt orders the hips; it is no probability. Made {created} by {software}."
        ).format(created=facts["created"], software=facts["software"]),
    )
    return _render(page)


def write_sheet(found: Worklist, name: str, path: Path, choice: SheetChoice = SheetChoice()) -> Path:
    """Write the page; it appears when it is whole."""
    return write_text(path, sheet(found, name, choice))


def _card(hip: WorklistHip, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "case": hip.case,
        "side": hip.side,
        "side_name": _(SIDES[hip.side]),
        "name": names.get(hip.case, ""),
        "outline": hip.outline,
        "rank": hip.doubt.rank,
        "percent": round(100 * hip.doubt.doubt),
        "reasons": [sentence(reason) for reason in hip.doubt.reasons],
        "facts": [sentence(fact) for fact in hip.facts],
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
        _=_,
        language=chosen(),
        policy=policy,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - likewise
        pixels=PIXELS,
        bar=round(_BAR_MM / FIELD_MM * PIXELS),
        planes=[
            {"name": sentence(plane), "left": EDGES[plane][0], "right": EDGES[plane][1]} for plane in PLANES
        ],
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")

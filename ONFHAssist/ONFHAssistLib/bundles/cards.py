"""The model card of a bundle: what every card holds, written once from the bundle's own metadata.

A training adds what only it knows: a first paragraph, how it trained, figures of its own shape, sections of its own and
what the model is not. Headings and order follow the cards of MONAI's model zoo and Mitchell et al. 2019 (Model cards for
model reporting).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .bundle import NO_PATIENT
from .kinds import KINDS

Metrics = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class CardSection:
    """A heading and the Markdown below it."""

    title: str
    text: str


def model_card(
    metadata: Mapping[str, Any],
    what: str,
    *,
    limits: str,
    learned: str = "",
    figures: CardSection | None = None,
    sections: Sequence[CardSection] = (),
    takes: str = "",
) -> str:
    """``docs/README.md`` of a bundle, Markdown.

    Args:
        metadata: that the bundle is saved with; the card repeats nothing that is not in it but what follows.
        what: the model in one paragraph.
        limits: what it is not and was not tested on, in sentences.
        learned: how it was trained, after what it was trained on.
        figures: the metrics in a shape of their own; by default all of ``metadata["metrics"]`` with their intervals.
        sections: of this model alone, between figures and input; those without text are left out.
        takes: what else is to be said of the input.
    """
    kind = KINDS[metadata["kind"]]
    shown = figures or CardSection("Figures", metrics_table(metadata["metrics"]))
    made = f"Made by `{metadata['command']}`." if metadata.get("command") else ""
    parts = (
        CardSection(
            "Intended use",
            _paragraphs(f"It answers: {kind.answers}", f"{metadata['intended_use']} {_RESEARCH}"),
        ),
        CardSection(
            "What it learned from",
            _paragraphs(_words(metadata["training_data"], learned, made), images_sentence(metadata)),
        ),
        shown,
        *sections,
        CardSection("Input", _paragraphs(takes, accepts_list(metadata["accepts"]))),
        CardSection("What it is not", f"It is not a diagnosis. {limits}"),
        CardSection("Files", files_sentence(metadata)),
    )
    told = (f"## {part.title}\n\n{part.text.strip()}" for part in parts if part.text.strip())
    return "\n\n".join([f"# {metadata['name']}", what.strip(), *told]) + "\n"


_RESEARCH = "It is research software, not a medical device."


def images_sentence(metadata: Mapping[str, Any]) -> str:
    """Real images of the training by name and licence.

    ``training_images`` of the metadata lists them (``name``, ``licence``) where they are public.
    """
    named = metadata.get("training_images") or ()
    if named:
        return "Real images: " + "; ".join(f"{one['name']} ({one['licence']})" for one in named) + "."
    if NO_PATIENT in str(metadata["training_data"]):
        return "Real images: none. The simulator comes with ONFHAssist (Apache-2.0) and makes the same images again."
    return "Real images: those named above. They are no part of the bundle, and it grants no licence to them."


def metrics_table(metrics: Metrics, interval: str = "95% interval") -> str:
    """One row a figure: value, and from where to where its interval goes."""
    rows = [(name, f"{m['value']:.3f}", f"{m['low']:.3f} to {m['high']:.3f}") for name, m in metrics.items()]
    return markdown_table(("", "value", interval), rows) if rows else ""


def accepts_list(accepts: Mapping[str, Any]) -> str:
    """What a bundle accepts, one line each; a key that has no words yet stands with its own name."""
    told = []
    for key, value in accepts.items():
        if not value or key.endswith("_sha256"):
            continue
        sha256 = str(accepts.get(f"{key}_sha256") or "")
        words = f"{_value(key, value)} ({sha256[:12]})" if sha256 else _value(key, value)
        told.append(f"- {_WORDS.get(key, key.replace('_', ' '))}: {words}")
    if accepts.get("preset_sha256") and not accepts.get("preset"):
        told.append(f"- preset of the radiomics: one of its own ({str(accepts['preset_sha256'])[:12]})")
    return "\n".join(told)


_WORDS = {
    "spacing_mm": "voxels, mm",
    "preset": "preset of the radiomics",
    "backbone": "backbone of the deep features",
}


def _value(key: str, value: Any) -> str:
    if key == "spacing_mm":
        return f"{value[0]:g} to {value[1]:g}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def files_sentence(metadata: Mapping[str, Any]) -> str:
    """Kind, version and how the files are verified."""
    return (
        f"Kind `{metadata['kind']}`, version {metadata['version']}. `configs/metadata.json` holds the SHA-256 of "
        "every other "
        f"file; all are checked before the model answers, and by `onfh bundles verify {metadata['name']}`. Nothing "
        "in the "
        "bundle is run as code."
    )


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; cells are taken as they are."""
    lines = [f"| {' | '.join(columns)} |", f"| {' | '.join('---' for _ in columns)} |"]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _words(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())

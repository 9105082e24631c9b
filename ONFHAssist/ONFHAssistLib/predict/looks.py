"""How a series looks against the sequences that a model learned from, and against the one that it states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..image import Image
from ..segment.appearance import looks_like, unlike


def unstated(fact: str, learned: str, accepted: Sequence[str]) -> str:
    """The sentence on a modality or sequence that the image does not state, and how to state the sequence."""
    how = " Say which it is: --sequence, or the box Sequence in Slicer." if fact == "sequence" else ""
    return f"The image does not state its {fact}; {learned} {', '.join(accepted)}.{how}"


def look_against(
    image: Image, accepted: Sequence[str] | None, heads: Iterable[Any], learned: str
) -> tuple[list[str], list[str]]:
    """How a series looks against the sequences of a model, and against the one that it states.

    Args:
        accepted: sequences of the model; None or empty where any will do.
        heads: with ``centre`` and ``radius``.
        learned: "the stager learned from", for the sentence.

    Returns:
        What speaks against the model, where no sequence is stated, and warnings.
    """
    stated = image.metadata.get("sequence", "")
    look = looks_like(image, heads) if accepted or stated else None
    if stated:
        wrong = unlike(look, [stated])
        return [], [f"The image states {stated} but looks {look}; check which series it is."] if wrong else []
    if accepted and unlike(look, accepted):
        names = ", ".join(accepted)
        return [f"The image does not state its sequence and looks {look}; {learned} {names}."], []
    return [], []

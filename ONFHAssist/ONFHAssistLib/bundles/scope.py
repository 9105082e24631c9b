"""An image against what a model accepts: what its header states, and how the series looks where it states nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..imaging.contrast import looks_like, unlike
from ..imaging.image import Image


@dataclass(frozen=True)
class Facts:
    """Sentences on an image and a model.

    Attributes:
        against: what speaks against an answer.
        unsaid: what the image does not state, so that nobody checked it.
        doubts: what seems wrongly stated.
    """

    against: tuple[str, ...]
    unsaid: tuple[str, ...]
    doubts: tuple[str, ...]


def facts_of(image: Image, accepts: Mapping[str, Any], learned: str, heads: Iterable[Any] = ()) -> Facts:
    """Modality, sequence and spacing of an image against those that a bundle accepts.

    Args:
        accepts: of the bundle's metadata: ``modality`` and ``sequence`` (lists, both may be left out), ``spacing_mm``.
        learned: "the stager learned from", for the sentences.
        heads: with ``centre`` and ``radius``, where the looks of the series are to be judged too.
    """
    look, doubts = _look_of(image, accepts, heads)
    against, unsaid = [], []
    for fact in ("modality", "sequence"):
        wanted, found = accepts.get(fact), image.metadata.get(fact)
        if not wanted or found in wanted:
            continue
        if found:
            against.append(f"The image's {fact} is {found}; {learned} {', '.join(wanted)}.")
        elif fact == "sequence" and unlike(look, wanted):
            names = ", ".join(wanted)
            against.append(f"The image does not state its sequence and looks {look}; {learned} {names}.")
        else:
            unsaid.append(_unstated(fact, learned, wanted))
    low, high = accepts["spacing_mm"]
    if max(image.spacing) > high or min(image.spacing) < low:
        spacing = " x ".join(f"{s:.2f}" for s in image.spacing)
        against.append(
            f"The voxels of {spacing} mm are outside the {low:g} to {high:g} mm of the training images."
        )
    return Facts(tuple(against), tuple(unsaid), doubts)


def _look_of(
    image: Image, accepts: Mapping[str, Any], heads: Iterable[Any]
) -> tuple[str | None, tuple[str, ...]]:
    """How the series looks, and a doubt where it states another sequence."""
    stated = image.metadata.get("sequence", "")
    if not stated and not accepts.get("sequence"):
        return None, ()
    look = looks_like(image, heads)
    if stated and unlike(look, [stated]):
        return look, (f"The image states {stated} but looks {look}; check which series it is.",)
    return look, ()


def _unstated(fact: str, learned: str, accepted: Sequence[str]) -> str:
    how = " Say which it is: --sequence, or the box Sequence in Slicer." if fact == "sequence" else ""
    return f"The image does not state its {fact}; {learned} {', '.join(accepted)}.{how}"

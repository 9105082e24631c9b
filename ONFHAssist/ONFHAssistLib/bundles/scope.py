"""An image against what a model accepts: what its header states, and how the series looks, which must not be against it.

Where nothing is stated, the looks decide as far as they can: fat-suppressed series look alike, so that these are
within the scope of a model that learned from all of them only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..imaging.contrast import (
    CONTRASTS_OF_SEQUENCE,
    SEQUENCES_OF_CONTRAST,
    T1,
    contrast_excludes,
    infer_contrast,
)
from ..imaging.image import Image
from ..imaging.series_kind import SeriesKind, kind_of


@dataclass(frozen=True)
class Scope:
    """Sentences on an image and a model.

    Attributes:
        against: what speaks against an answer.
        unsaid: what the image does not state, so that nobody checked it.
        doubts: what nobody stated and was read from the image, or seems wrongly stated.
        strict: whether what the image does not state excludes an answer too, as for a model that has no other guard.
    """

    against: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    strict: bool = False

    @property
    def out_of_scope(self) -> tuple[str, ...]:
        """Why an answer is withheld; empty where the image is within the model's scope."""
        return (*self.against, *self.unsaid) if self.strict else self.against

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader should know and what withholds no answer."""
        return self.doubts if self.strict else (*self.doubts, *self.unsaid)

    def with_against(self, sentences: Iterable[str]) -> Scope:
        """The same with more that speaks against an answer, such as features far from those of the training."""
        return replace(self, against=(*self.against, *sentences))


def check_scope(
    image: Image, accepts: Mapping[str, Any], trained_on: str, heads: Iterable[Any] = (), strict: bool = False
) -> Scope:
    """Modality, sequence, spacing and field of view of an image against those that a bundle accepts.

    Args:
        accepts: of the bundle's metadata: ``modality`` and ``sequence`` (lists), ``spacing_mm`` (low, high) and
            ``field_of_view_mm`` (the least along any axis); what is left out is not checked.
        trained_on: "the stager learned from", for the sentences.
        heads: with ``centre`` and ``radius``, where the looks of the series are to be judged too: a sequence that they
            contradict is against an answer; where none is stated, they are as good as a statement if every sequence that
            looks so is accepted.
        strict: of :class:`Scope`.
    """
    kind = kind_of(image.metadata)
    if kind is not None and not kind.open and (accepts.get("sequence") or not kind.readable):
        against = (_other_kind(kind, accepts, trained_on), *_against_grid(image, accepts))
        return Scope(against, (), (), strict)
    stated = image.metadata.get("sequence", "")
    contrast = infer_contrast(image, heads) if stated or accepts.get("sequence") else None
    read = _read_from_looks(contrast, accepts) if not stated and kind is None else ""
    refused: list[str] = []
    unsaid: list[str] = []
    doubts = [read] if read else []
    for fact in ("modality", "sequence"):
        wanted, found = accepts.get(fact), image.metadata.get(fact)
        if not wanted or found in wanted or (read and not found):
            continue
        if found:
            refused.append(f"The image's {fact} is {found}; {trained_on} {', '.join(wanted)}.")
        elif fact == "sequence" and contrast_excludes(contrast, wanted):
            names = ", ".join(wanted)
            refused.append(
                f"The image does not state its sequence and looks {contrast}; {trained_on} {names}."
            )
        else:
            unsaid.append(_unstated(fact, trained_on, wanted, kind, contrast))
    if stated and contrast_excludes(contrast, [stated]):
        sentence = f"The image states {stated} but looks {contrast}; check which series it is."
        # Fat-suppressed marrow full of oedema and marrow on T2 are hard to tell apart; T1 is not mistaken for either.
        surely = T1 in (contrast, *CONTRASTS_OF_SEQUENCE[stated])
        (refused if surely else doubts).append(sentence)
    refused += _against_grid(image, accepts)
    return Scope(tuple(refused), tuple(unsaid), tuple(doubts), strict)


def _against_grid(image: Image, accepts: Mapping[str, Any]) -> list[str]:
    """On the size of the voxels and of the field of view; of a radiograph only within its plane."""
    axes = [axis for axis in range(3) if image.size[axis] > 1] or [0, 1, 2]
    spacing = np.array([image.spacing[axis] for axis in axes])
    extent = spacing * [image.size[axis] for axis in axes]
    against = []
    if "spacing_mm" in accepts:
        low, high = accepts["spacing_mm"]
        if spacing.max() > high or spacing.min() < low:
            voxels = " x ".join(f"{s:.2f}" for s in image.spacing)
            against.append(
                f"The voxels of {voxels} mm are outside the {low:g} to {high:g} mm of the training images."
            )
    least = accepts.get("field_of_view_mm")
    if least is not None and extent.min() < least:
        against.append(
            f"The field of view is {extent.min():.0f} mm along one axis; below {least:g} mm a femoral head may be cut "
            "off."
        )
    return against


def _read_from_looks(contrast: str | None, accepts: Mapping[str, Any]) -> str:
    """The sentence that the sequence was read from the image; "" where the looks do not settle it."""
    possible = SEQUENCES_OF_CONTRAST.get(contrast or "", ())
    if not possible or not set(possible) <= set(accepts.get("sequence") or ()):
        return ""
    if "MR" not in accepts.get("modality", ["MR"]):
        return ""
    found = f"{contrast} ({' or '.join(possible)})"
    return f"The image does not state its sequence; that it is {found} was read from the image."


def _other_kind(kind: SeriesKind, accepts: Mapping[str, Any], trained_on: str) -> str:
    """On a series whose header proves that it is no plain spin echo."""
    sequences = ", ".join(accepts.get("sequence") or ())
    learned = f"{trained_on} {sequences} of plain spin echoes" if sequences else f"{trained_on} other images"
    return f"By its header the image is {kind.phrase}; {learned}."


def _unstated(
    fact: str, trained_on: str, accepted: Sequence[str], kind: SeriesKind | None, contrast: str | None
) -> str:
    what = f"The image does not state its {fact}"
    how = ""
    if fact == "sequence":
        how = " Say which sequence it is."
        if kind is not None:
            what = f"By its header the image is {kind.phrase}, which names no sequence"
        elif contrast is not None:
            what += f" and looks {contrast}, as {' and '.join(SEQUENCES_OF_CONTRAST[contrast])} do"
    return f"{what}; {trained_on} {', '.join(accepted)}.{how}"

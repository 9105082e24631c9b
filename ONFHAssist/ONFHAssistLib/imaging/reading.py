"""How an image was read from its files: how many, which were left out and why, and what the reader should know.

An :class:`.image.Image` carries it among its facts as text, so that it goes with the image onto nodes and into files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.errors import InputError
from .geometry import geometry_sentences
from .radiograph import radiograph_sentences, require_pixel_size
from .series_kind import unreadable

if TYPE_CHECKING:
    from .image import Image

_READ, _LEFT_OUT, _WHY, _NOTES = "files_read", "files_left_out", "files_left_out_why", "reading_notes"
_NAMED = 8  # files of a kind that are named; of others the number is said


@dataclass(frozen=True)
class Reading:
    """How an image was read.

    Attributes:
        files_read: number of files that its voxels come from; 0 where that is not known.
        files_left_out: number of other files in the folder.
        left_out: what these are, a sentence a kind: "report.pdf is a PDF document."
        notes: sentences that the reader should know, such as a header's number that was left out.
    """

    files_read: int = 0
    files_left_out: int = 0
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, facts: Mapping[str, str]) -> Reading:
        """What :meth:`facts` made."""
        numbers = [int(facts.get(name) or 0) for name in (_READ, _LEFT_OUT)]
        texts = [tuple(filter(None, facts.get(name, "").split("\n"))) for name in (_WHY, _NOTES)]
        return cls(numbers[0], numbers[1], texts[0], texts[1])

    def facts(self) -> dict[str, str]:
        """As facts of an image: text alone, nothing where there is nothing to say."""
        return {
            **({_READ: str(self.files_read)} if self.files_read else {}),
            **({_LEFT_OUT: str(self.files_left_out)} if self.files_read else {}),
            **({_WHY: "\n".join(self.left_out)} if self.left_out else {}),
            **({_NOTES: "\n".join(self.notes)} if self.notes else {}),
        }

    def sentence(self) -> str:
        """For people: "8 of 10 files were read. ..."; "" where nothing was left out."""
        if not self.files_left_out:
            return ""
        whole = self.files_read + self.files_left_out
        return " ".join([f"{self.files_read} of {whole} files were read.", *self.left_out])


def merged(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Facts of one image from two sources; what its reader should know of it from both."""
    notes = [text for facts in (first, second) for text in facts.get(_NOTES, "").split("\n") if text]
    return {**first, **second, **({_NOTES: "\n".join(dict.fromkeys(notes))} if notes else {})}


def image_sentences(image: Image, name: str) -> list[str]:
    """All that the reader of an image should know of how its file describes it, before anything is done with it.

    These are the sentences with which the commands answer; ``name`` is what they call the image.
    """
    said = [*radiograph_sentences(image), *geometry_sentences(image, name), *Reading.of(image.metadata).notes]
    kind = unreadable(image.metadata, name)
    if kind is not None:
        said.append(kind)
    try:
        require_pixel_size(image, name)
    except InputError as error:
        said.append(str(error))
    return list(dict.fromkeys(said))


def with_note(facts: Mapping[str, str], note: str) -> dict[str, str]:
    """The facts of an image with one more sentence that its reader should know."""
    earlier = facts.get(_NOTES, "")
    return {**facts, _NOTES: "\n".join(filter(None, [*earlier.split("\n"), " ".join(note.split())]))}


def left_out_sentences(kinds: Mapping[str, list[str]]) -> tuple[str, ...]:
    """A sentence for each kind of file that was left out.

    Args:
        kinds: what the files are, in words that finish "it is ...", to their names.
    """
    sentences = []
    for kind, names in kinds.items():
        if len(names) == 1:
            sentences.append(f"{names[0]} is {kind}.")
            continue
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        sentences.append(f"{len(names)} files are each {kind}: {', '.join(names[:_NAMED])}{more}.")
    return tuple(sentences)

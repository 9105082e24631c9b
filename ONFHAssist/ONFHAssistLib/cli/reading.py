"""What commands say of how an image was read, and the options that choose within a series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ..imaging.image import Image

EchoOption = Annotated[
    int | None,
    typer.Option("--echo", min=1, help="Which echo, by rising echo time, where a series holds several."),
]
StackOption = Annotated[
    int | None, typer.Option("--stack", min=1, help="Which stack of slices, where a series holds several.")
]


def files_read(image: Image) -> dict[str, Any]:
    """``files`` of an answer: how many were read and left out, and what these are; nothing for NIfTI and NRRD."""
    from ..imaging.reading import Reading

    reading = Reading.of(image.metadata)
    if not reading.files_read:
        return {}
    return {
        "files": {
            "read": reading.files_read,
            "left_out": reading.files_left_out,
            "why": list(reading.left_out),
        }
    }


def with_notes(warnings: Sequence[str], image: Image) -> list[str]:
    """The warnings of a command and what was noted while its image was read, each once."""
    from ..imaging.reading import Reading

    return list(dict.fromkeys([*warnings, *Reading.of(image.metadata).notes]))


def counted(parts: Sequence[str], image: Image) -> str:
    """The note of a table, with the number of files where some were left out."""
    from ..imaging.reading import Reading

    return " ".join(filter(None, [*parts, Reading.of(image.metadata).sentence()]))

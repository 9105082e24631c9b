"""Figures of few pixels, for tests that look at what is drawn and written, not at how fine it is for print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DRAWN: dict[tuple[object, ...], bytes] = {}


def _parts(figure: Figure) -> tuple[object, ...]:
    """What a figure is made of: its size, and how many lines, areas and words each of its axes has."""
    axes = [(len(a.lines), len(a.collections), len(a.patches), len(a.texts)) for a in figure.axes]
    return (*figure.get_size_inches(), *axes)


@contextmanager
def coarse() -> Iterator[None]:
    """Within it every figure is saved with 40 dots an inch, its parts where they fall.

    One of the same file name and the same parts as an earlier one of this process is not drawn again: drawing all figures
    of each study takes longer than all the rest of it.
    """
    from matplotlib.figure import Figure

    from ONFHAssistLib.evaluate.figures import binary

    save, whole, names = Figure.savefig, binary.atomic_file, []

    @contextmanager
    def named(path: Path) -> Iterator[Path]:
        names.append(path.name)
        try:
            with whole(path) as part:
                yield part
        finally:
            names.pop()

    def few(figure: Figure, target: object, **options: object) -> None:
        figure.set_layout_engine("none")
        options |= {"dpi": 40}
        if not names:
            save(figure, target, **options)
            return
        key = (names[-1], *_parts(figure))
        if key not in _DRAWN:
            save(figure, target, **options)
            _DRAWN[key] = Path(str(target)).read_bytes()
        Path(str(target)).write_bytes(_DRAWN[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", few)
        patch.setattr(binary, "atomic_file", named)
        yield

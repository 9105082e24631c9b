"""Figures of few pixels, for tests that look at what is drawn and written, not at how fine it is for print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def coarse() -> Iterator[None]:
    """Within it every figure is saved with 40 dots an inch."""
    from matplotlib.figure import Figure

    save = Figure.savefig

    def few(figure: Figure, *arguments: object, **options: object) -> None:
        save(figure, *arguments, **{**options, "dpi": 40})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", few)
        yield

"""How work tells how far it is: one type for every room, panel and command."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]  # share of the work that is done, 0 to 1, and what is being done


def no_progress(_share: float, _text: str) -> None:
    """Progress that nobody listens to."""


def part_of(report: Progress | None, start: float, end: float) -> Progress:
    """Progress of a part of the work, which runs from ``start`` to ``end`` of the whole."""
    if report is None:
        return no_progress
    return lambda share, text: report(start + (end - start) * share, text)

"""Figures as sentences and tables of a report write them."""

from __future__ import annotations

from ..core.language import text as _


def interval_text(value: float | None, low: float | None, high: float | None, digits: int = 3) -> str:
    """ "0.780 (0.730 to 0.840)", the value alone where it has no interval, a dash where there is none."""
    if value is None or is_missing(value):
        return "–"
    if is_missing(low):
        return f"{value:.{digits}f}"
    ends = {"low": f"{low:.{digits}f}", "high": f"{high:.{digits}f}"}
    return _("{value} ({low} to {high})").format(value=f"{value:.{digits}f}", **ends)


def range_text(low: str, high: str) -> str:
    """ "0.730 to 0.840", of two figures that are text already."""
    return _("{low} to {high}").format(low=low, high=high)


def p_text(value: float | None) -> str:
    """A p value with three digits, "< 0.001" below, a dash where there is none."""
    if value is None or is_missing(value):
        return "–"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def is_missing(value: float | None) -> bool:
    """Whether there is no number: None or NaN."""
    return value is None or value != value  # noqa: PLR0124 - NaN

"""Figures as sentences and tables of a report write them."""

from __future__ import annotations


def interval_text(value: float | None, low: float | None, high: float | None, digits: int = 3) -> str:
    """ "0.780 (0.730 to 0.840)", the value alone where it has no interval, a dash where there is none."""
    if value is None or is_missing(value):
        return "–"
    return (
        f"{value:.{digits}f}"
        if is_missing(low)
        else f"{value:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"
    )


def p_text(value: float | None) -> str:
    """A p value with three digits, "< 0.001" below, a dash where there is none."""
    if value is None or is_missing(value):
        return "–"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def is_missing(value: float | None) -> bool:
    """Whether there is no number: None or NaN."""
    return value is None or value != value  # noqa: PLR0124 - NaN

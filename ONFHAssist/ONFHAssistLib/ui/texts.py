"""Sentences that stand in several panels, so that all say the same."""

from __future__ import annotations

from slicer.i18n import tr as _


def research_banner() -> str:
    """The line above every answer: what the models learned from and what they are not for."""
    return _(
        "<b>For research, not for diagnosis.</b> The bundled models learned from simulated patients; "
        "train and validate them on your own before you rely on them."
    )


def percent(share: float | None) -> str:
    """ "34.6%", or a dash where there is no number."""
    return "–" if share is None or share != share else f"{100 * share:.1f}%"  # noqa: PLR0124 - NaN

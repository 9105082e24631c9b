"""Sentences that stand in several panels, so that all say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slicer.i18n import tr as _

if TYPE_CHECKING:
    from ..case.result import CaseResult


def research_banner() -> str:
    """The line above every answer: what the models learned from and what they are not for."""
    return _(
        "<b>For research, not for diagnosis.</b> The bundled models learned from simulated patients; "
        "train and validate them on your own before you rely on them."
    )


def percent(share: float | None) -> str:
    """ "34.6%", or a dash where there is no number."""
    return "–" if share is None or share != share else f"{100 * share:.1f}%"  # noqa: PLR0124 - NaN


def probability_answer(result: CaseResult) -> str:
    """Rich text: the probability of each hip, what speaks against it, and that it is not a diagnosis."""
    from ..case.result import PROBABILITY
    from ..scene.words import reading_name, side_name

    step = result.steps[PROBABILITY]
    lines = [
        f"<b>{side_name(hip.side)}</b>: {percent(answer.probability)}, {reading_name(answer.reading)}"
        for hip in result.hips
        if (answer := hip.probability) is not None
    ]
    if step.out_of_scope:
        lines = [_("<b>Out of scope: no answer.</b> What was computed stands in the table only.")]
    by = _("By {model}. It is not a diagnosis.").format(model=step.provenance.get("bundle", ""))
    return "<br>".join([*lines, *step.out_of_scope, *step.warnings, by])

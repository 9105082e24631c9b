"""Sentences that stand in several panels, so that all say the same."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from slicer.i18n import tr as _

from ..core.language import sentence

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode

    from ..case.result import CaseResult


def research_banner() -> str:
    """The line above every answer: what the models learned from and what they are not for."""
    return _(
        "<b>For research, not for diagnosis.</b> The bundled models learned from simulated disease; "
        "train and validate them on your own before you rely on them."
    )


def of_other_image(volume: vtkMRMLScalarVolumeNode, text: str) -> str:
    """A sentence on an image that the panel no longer shows, with that image's name; its results stay out of sight."""
    from ..scene.images.present import hide_results

    hide_results(volume)
    return _("{volume}: {text}").format(volume=volume.GetName(), text=text)


def was_removed(name: str) -> str:
    """What a panel says when the image, or the outlines, that it works on leave the scene."""
    return _("'{name}' was removed from the scene, so the work on it has ended.").format(name=name)


def percent_exactly(share: float | None) -> str:
    """ "34.6%", as the study prints survival, or a dash where there is no number."""
    return "–" if share is None or share != share else f"{100 * share:.1f}%"  # noqa: PLR0124 - NaN


def percent(share: float | None) -> str:
    """ "35%" as tables and report have it, or a dash where there is no number; for labels that read HTML."""
    from ..scene.readable import format_share

    return "–" if share is None else html.escape(format_share(str(share)))


def features_answer(result: CaseResult) -> str:
    """How many features of which hips, in what time, and which hips failed."""
    from ..case.result import EXTRACT

    results = [hip.radiomics for hip in result.hips if hip.radiomics is not None]
    text = _("{count} features of {hips} in {seconds:.1f} s.").format(
        count=len(results[0].features),
        hips=_("one hip") if len(results) == 1 else _("two hips"),
        seconds=sum(one.seconds for one in results),
    )
    failures = [
        _("Hip {side} failed: {reason}").format(side=hip.side, reason=sentence(hip.failures[EXTRACT]))
        for hip in result.hips
        if EXTRACT in hip.failures
    ]
    return " ".join([text, *failures])


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
        lines = [_("<b>Out of scope: no answer.</b>")]
    by = _("By {model}. It is not a diagnosis.").format(model=step.provenance.get("bundle", ""))
    return "<br>".join([*lines, *map(sentence, (*step.out_of_scope, *step.warnings)), by])


def probability_statement(result: CaseResult) -> str:
    """What the model of the probability learned from."""
    from ..case.result import PROBABILITY

    return sentence(result.steps[PROBABILITY].statement)

"""What the steps of a case warned of, kept in the scene beside the results and of one image alone.

A text node for each image, "*volume* warnings", that people can read as well. A step that is done again replaces what it
said before; everything else stays: after a cancelled run, after a correction, after saving and loading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from slicer.i18n import tr as _

from ...case.result import EXTRACT, MEASURE, PROBABILITY, RADIOGRAPH, SEGMENT, STAGE, SURVIVAL
from ...core.language import sentence
from ..attributes import read_attributes
from ..case import move_to_case_folder, text_node
from ..images.ownership import find_node
from ..words import side_name

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLTextNode

    from ...case.result import CaseResult

ROLE_OF_WARNINGS = "warnings"
_STEP_PREFIX = "ONFHAssist.warned."  # before a step's name: its sentences, one a line
STEPS = (SEGMENT, MEASURE, EXTRACT, PROBABILITY, STAGE, RADIOGRAPH, SURVIVAL)


def warnings_of_result(result: CaseResult) -> dict[str, list[str]]:
    """Each step of a result to what a reader has to know of it, in sentences; steps without any are there too."""
    said = {}
    for step, record in result.steps.items():
        reasons: Iterable[str] = map(sentence, record.out_of_scope)
        if step == STAGE:
            reasons = [
                _("Out of scope for the stage: {why}").format(why=sentence(why))
                for why in record.out_of_scope
            ]
        of_hips = said_of_hips(record.of_hips)
        said[step] = [*reasons, *map(sentence, record.warnings), *of_hips, *_failures(result, step)]
    return said


def said_of_hips(texts: Mapping[str, Iterable[str]]) -> list[str]:
    """The sentences of both hips, right before left; what holds of both is said once."""
    said: dict[str, list[tuple[str, str]]] = {}
    for side, sentences in texts.items():
        for text in sentences:
            said.setdefault(text.replace(f" {side} ", " ", 1), []).append((side, text))
    return [_of_hip_or_both(told) for told in said.values()]


def _of_hip_or_both(told: list[tuple[str, str]]) -> str:
    side, text = told[0]
    if len(told) == 1:
        return f"{side_name(side)}: {sentence(text)}"
    both = text.replace(f" {side} ", " R, L ", 1)
    return _("Both hips: {text}").format(text=sentence(both))


def _failures(result: CaseResult, step: str) -> list[str]:
    what = {
        EXTRACT: _("features failed"),
        RADIOGRAPH: _("features of the radiograph failed"),
        SURVIVAL: _("no survival"),
    }.get(step)
    return [
        ": ".join([side_name(hip.side), *([what] if what else []), sentence(hip.failures[step])])
        for hip in result.hips
        if step in hip.failures
    ]


def keep_warnings(
    volume: vtkMRMLScalarVolumeNode, said: Mapping[str, Iterable[str]]
) -> vtkMRMLTextNode | None:
    """Keep what these steps warned of on ``volume``, in the place of what they had said; the other steps' stay.

    Args:
        said: step to its sentences; none where it has nothing to say any more.

    Returns:
        The text node; None where nothing was ever warned of.
    """
    node = _node_of(volume)
    kept = {} if node is None else read_attributes(node, _STEP_PREFIX)
    for step, sentences in said.items():
        kept[step] = "\n".join(" ".join(str(text).split()) for text in dict.fromkeys(sentences))
    kept = {step: text for step, text in kept.items() if text}
    if node is None:
        if not kept:
            return None
        name = _("{volume} warnings").format(volume=volume.GetName())
        node = text_node(name, "", ROLE_OF_WARNINGS, {}, volume)
        move_to_case_folder(volume, [node])
    for step in [*read_attributes(node, _STEP_PREFIX), *kept]:
        if step in kept:
            node.SetAttribute(f"{_STEP_PREFIX}{step}", kept[step])
        else:
            node.RemoveAttribute(f"{_STEP_PREFIX}{step}")
    node.SetText("\n".join(warnings_of(volume)))
    return node


def warnings_of(volume: vtkMRMLScalarVolumeNode | None, steps: Iterable[str] = STEPS) -> list[str]:
    """What these steps warned of on ``volume``, each sentence once; nothing of any other image."""
    node = None if volume is None else _node_of(volume)
    if node is None:
        return []
    kept, wanted = read_attributes(node, _STEP_PREFIX), list(steps)
    lines = [line for step in STEPS if step in wanted for line in kept.get(step, "").splitlines()]
    return list(dict.fromkeys(lines))


def _node_of(volume: vtkMRMLScalarVolumeNode) -> vtkMRMLTextNode | None:
    return find_node("vtkMRMLTextNode", ROLE_OF_WARNINGS, volume)

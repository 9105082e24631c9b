"""Words of a follow-up that stand elsewhere in pieces or as single words, for the finder of texts.

A follow-up is kept in English; its page and its panel say it in the chosen language (:func:`...core.language.sentence`).
"""

from __future__ import annotations

from ...core.language import mark

WORDS = (
    *(mark("grown"), mark("unchanged"), mark("healed"), mark("new"), mark("lost"), mark("kept")),
    *(mark("date"), mark("months"), mark("called"), mark("stage"), mark("oedema"), mark("effusion")),
    *(mark("grade {grade}"), mark("Right hip, {date}"), mark("Left hip, {date}"), mark("sunk (mm)")),
    *(mark("inward"), mark("outward")),
    mark("outward  ←   (seen from above)   →  inward"),
    mark("inward  ←   (seen from above)   →  outward"),
    mark("Right hip, {date}: how far the joint surface sank since {first}."),
    mark("Left hip, {date}: how far the joint surface sank since {first}."),
    mark("right hip collapsed in between"),
    mark("left hip collapsed in between"),
    mark("{count} drill tracks of before no longer seen."),
    mark("1 drill track of before no longer seen."),
    mark("the later examination could not be aligned on the earlier one: {why}"),
)

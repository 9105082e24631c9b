"""Words and sentences of a drilling plan that stand elsewhere in pieces or as single words, for the finder of texts.

A plan is kept in English; its page and its panel say it in the chosen language (:func:`...core.language.sentence`).
"""

from __future__ import annotations

from ...core.language import mark

WORDS = (
    *(mark("wire"), mark("hip"), mark("rule"), mark("wires"), mark("kept"), mark("why not")),
    *(
        mark("{angle} forward"),
        mark("{angle} backward"),
        mark("Hip R"),
        mark("Hip L"),
        mark("R hip"),
        mark("L hip"),
    ),
    *(mark("{share} reached"), mark("{count} broken")),
)
CHECKS = (  # of a wire, or of two: what was measured against its limits
    mark("Wire {number} is {value} mm long; {limit} is most."),
    mark("Wire {number} comes within {value} mm of the surface of the bone; {limit} is least."),
    mark("Wire {number} comes within {value} mm of the surface of the neck; {limit} is least."),
    mark("Wire {number} ends {value} mm short of the joint surface; {low} to {high} is allowed."),
    mark("Wire {number} enters {value} mm below the tip of the trochanter; {low} to {high} is allowed."),
    mark("Wire {number} stands at {value} degrees to the shaft; {low} to {high} is allowed."),
    mark("Wires {first} and {second} enter {value} mm apart; {limit} is most."),
    mark(
        "Wires {first} and {second} leave {value} mm of bone between the tips of two wires; {limit} is least."
    ),
    mark("Wires {first} and {second} leave {value} mm of bone between two wires; {limit} is least."),
)
RULES = (
    mark("Length at most {limit} mm"),
    mark("Wire in the bone"),
    mark("Wire in the bone from the entry to the tip"),
    mark("At least {limit} mm of bone around the wire"),
    mark("At least {limit} mm of bone around the wire at the isthmus of the neck"),
    mark("Tip {low} to {high} mm short of the joint surface"),
    mark("Tip in the femoral head"),
    mark("Entry {low} to {high} mm below the tip of the trochanter"),
    mark("Entry on the lateral cortex"),
    mark("Angle to the shaft {low} to {high} degrees"),
    mark("One entry for all wires"),
    mark("Entries within {limit} mm of each other"),
    mark("At least {limit} mm of bone between the tips of two wires"),
    mark("At least {limit} mm of bone between two wires"),
)
STATEMENT = (
    mark("Neck and shaft stand at {angle} degrees."),
    mark("{count} wires reach {share} of the necrosis ({volume} ml) within {distance} mm."),
    mark("1 wire reaches {share} of the necrosis ({volume} ml) within {distance} mm."),
    mark("More than {bound} is ruled out with {count} wires, so that {wanted} cannot be reached."),
    mark("{wanted} was not found with {count} wires; that is no proof that it cannot be."),
    mark("With {count} wires {wanted} was found."),
    mark("It was not found with up to {count} wires either."),
    mark(
        "In hip {side} no wire that reach the necrosis and keep all rules were found; loosen the rules for margins, "
        "entry or angles, or ask for fewer wires."
    ),
    mark(
        "In hip {side} only {found} of {wanted} wires that reach the necrosis and keep all rules were found; loosen "
        "the rules for margins, entry or angles, or ask for fewer wires."
    ),
)

"""Which number of a result is which concept of a report, with its unit: one table for the writer and the reader."""

from __future__ import annotations

from pydicom.sr.coding import Code

from . import codes
from .codes import DEGREE, ML, MM, MM2, ONE, RATIO, ours

Fields = dict[Code, tuple[str, Code]]  # concept -> (field of the result, unit)

HIP: Fields = {
    ours("necrotic-share"): ("necrotic_share", RATIO),
    ours("arc-a"): ("arc_a", DEGREE),
    ours("arc-b"): ("arc_b", DEGREE),
    ours("combined-angle"): ("combined_necrotic_angle", DEGREE),
    ours("degree-index"): ("necrosis_degree_index", ONE),
    ours("degree-index-ab"): ("necrosis_degree_index_ab", ONE),
}
SPAN = (ours("arc-a-medial"), ours("arc-a-lateral"))
OEDEMA: Fields = {
    ours("oedema-extent"): ("extent", RATIO),
    ours("oedema-volume"): ("extent_ml", ML),
    ours("oedema-ratio"): ("ratio", RATIO),
}
CONTRASTS = {"fat suppressed": ours("contrast-fs"), "T1": ours("contrast-t1")}
EDGE_SOURCES = {"marked": ours("marked"), "automatic": ours("automatic")}
JIC_TYPES = {name: ours(f"jic-{name}") for name in ("A", "B", "C1", "C2")}
STAGE_NAMES = {
    "0": ours("stage-0"),
    "I": ours("stage-I"),
    "II": ours("stage-II"),
    "I or II": ours("stage-I-or-II"),
}
STAGE_PROBABILITIES = {"0": ours("p-stage-0"), "I": ours("p-stage-I"), "II": ours("p-stage-II")}
STAGE: Fields = {ours("spread"): ("uncertainty", RATIO), ours("distance"): ("distance", ONE)}
HEAT: Fields = {
    ours("heat-volume"): ("volume_ml", ML),
    ours("heat-surface"): ("surface_mm2", MM2),
    ours("heat-overlap"): ("overlap", RATIO),
    ours("heat-covered"): ("necrosis_covered", RATIO),
    ours("heat-in-head"): ("mass_in_head", RATIO),
    ours("heat-distance"): ("peak_to_necrosis_mm", MM),
}
PROBABILITY: Fields = {
    ours("probability"): ("probability", RATIO),
    ours("threshold"): ("threshold", RATIO),
    ours("intercept"): ("intercept", ONE),
}
READINGS = {"early osteonecrosis likely": ours("likely"), "early osteonecrosis unlikely": ours("unlikely")}
SURVIVAL: Fields = {  # one group a month; each field holds one value a month
    ours("months"): ("months", codes.MONTH),
    ours("survival"): ("survival", RATIO),
    ours("survival-low"): ("low", RATIO),
    ours("survival-high"): ("high", RATIO),
}
AXES = (ours("x"), ours("y"), ours("z"))
ARC_ENDS = {
    "arc_a_ends": (ours("arc-a-end-1"), ours("arc-a-end-2")),
    "arc_b_ends": (ours("arc-b-end-1"), ours("arc-b-end-2")),
}
EDGE, PEAK = ours("roof-edge"), ours("heat-peak")
HEAD_FOUND, HEAD_SCORE, HEAD_CENTRE = ours("head-found"), ours("head-score"), ours("head-centre")
BOX = (ours("box-low"), ours("box-high"))
OUT_OF_SCOPE, FAILED, NO_ANSWER = ours("out-of-scope"), ours("failed"), ours("no-answer")
REASON, WARNING, ASSUMED, STATEMENT = ours("reason"), ours("warning"), ours("assumed"), ours("statement")
# Step of the pipeline -> what the group of its answer is of.
ANSWERS = {"stage": ours("stage"), "probability": ours("probability"), "survival": ours("survival")}
OUTLINES = "outlines_sha256"  # parameter of a region's group: hash of that hip's outlines
MODEL_INPUT = "input of the model: "  # begins the parameters of a survival that are no provenance

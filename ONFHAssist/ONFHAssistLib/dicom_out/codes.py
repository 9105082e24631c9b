"""The codes of the objects: those of the standard, and ours where it has none.

SNOMED CT (SCT), DICOM (DCM) and UCUM are taken wherever they say what is meant. What they do not say is a code of our own
scheme, each with the reason; ``Docs/dicom.md`` lists them, and a test holds the two together. The version of the scheme
rises when a code changes its meaning or a report is built in another way, so that an older program refuses what it would
misread.
"""

from __future__ import annotations

from pydicom.sr.coding import Code

SCHEME, SCHEME_NAME, SCHEME_VERSION = "99ONFH", "ONFHAssist", 1

# SNOMED CT ---------------------------------------------------------------------------------------------------------
ANATOMICAL = Code("91723000", "SCT", "Anatomical Structure")
ABNORMAL = Code("49755003", "SCT", "Morphologically Abnormal Structure")
FEMORAL_HEAD = Code("2812003", "SCT", "Head of femur")
NECROSIS = Code("6574001", "SCT", "Necrosis")
LATERALITY = {"R": Code("24028007", "SCT", "Right"), "L": Code("7771000", "SCT", "Left")}
VOLUME = Code("118565006", "SCT", "Volume")
RADIUS = Code("131190003", "SCT", "Radius")
DEPTH = Code("131197000", "SCT", "Depth")
PROCEDURE = Code("363679005", "SCT", "Imaging procedure")
SOURCE = Code("260753009", "SCT", "Source")
PRESENT, ABSENT = Code("52101004", "SCT", "Present"), Code("272519000", "SCT", "Absent")
EXTENTS = {  # Steinberg's words
    "none": ABSENT,
    "mild": Code("255604002", "SCT", "Mild"),
    "moderate": Code("6736007", "SCT", "Moderate"),
    "severe": Code("24484000", "SCT", "Severe"),
}
PLANES = {"axial": Code("62824007", "SCT", "Transverse"), "sagittal": Code("30730003", "SCT", "Sagittal")}
# DICOM ---------------------------------------------------------------------------------------------------------------
CENTRE = Code("112304", "DCM", "Femur Head Center of Rotation")
CERTAINTY = Code("111012", "DCM", "Certainty of Finding")
COMMENT = Code("121106", "DCM", "Comment")
LEARNING = Code("123110", "DCM", "Artificial Intelligence")
# UCUM ----------------------------------------------------------------------------------------------------------------
ML, MM = Code("ml", "UCUM", "ml"), Code("mm", "UCUM", "mm")
MM2, DEGREE = Code("mm2", "UCUM", "mm2"), Code("deg", "UCUM", "deg")
RATIO, ONE = Code("{ratio}", "UCUM", "ratio"), Code("1", "UCUM", "no units")
PERCENT, MONTH = Code("%", "UCUM", "Percent"), Code("mo", "UCUM", "month")

_ARC = "SNOMED CT has an angle, not the necrotic part of the head's circle (Kerboul 1974)"
_TYPE = "no scheme has the types of the Japanese Investigation Committee"
_MODEL = "no scheme has the answer of a statistical model on this disease"
_PLACE = "no scheme has a coordinate as a number; SCOORD3D holds 32 bits"
_HEAT = "no scheme has figures of a network's attention"
_STATUS = "no scheme says that a model may not answer for an image"
_POINT = "no scheme has this point"

PRIVATE: dict[str, tuple[str, str]] = {  # value -> (meaning, why no standard code)
    "hip": ("Measurements of an osteonecrotic hip", "a measurement group needs a name that says what it is of"),
    "groups": ("Number of measurement groups of this report", "says whether a report is whole"),
    "head-found": ("Femoral head as it was found", "apart from the sphere that is measured on the outline"),
    "head-score": ("Confidence of the detector", _MODEL),
    "necrotic-share": ("Necrotic share of the femoral head", "no scheme has the share of a bone that is necrotic"),
    "arc-a": ("Necrotic arc A, coronal plane", _ARC),
    "arc-b": ("Necrotic arc B, second plane", _ARC),
    "arc-b-plane": ("Plane of necrotic arc B", _ARC),
    "arc-a-medial": ("Medial end of arc A from straight up, outward", _ARC),
    "arc-a-lateral": ("Lateral end of arc A from straight up, outward", _ARC),
    "combined-angle": ("Combined necrotic angle", _ARC),
    "degree-index": ("Necrosis degree index (A/180)(B/180)100", _ARC),
    "degree-index-ab": ("Necrosis degree index A B/100", _ARC),
    "steinberg": ("Extent of the necrosis by Steinberg", "no scheme has Steinberg's extent; its values are SNOMED CT"),
    "jic": ("JIC type", _TYPE),
    "jic-A": ("JIC type A", _TYPE),
    "jic-B": ("JIC type B", _TYPE),
    "jic-C1": ("JIC type C1", _TYPE),
    "jic-C2": ("JIC type C2", _TYPE),
    "edge-source": ("Source of the acetabular edge", "no scheme has it"),
    "marked": ("Marked by a reader", "no scheme has it"),
    "automatic": ("Found by the software", "no scheme has it"),
    "oedema": ("Marrow oedema suggested by the signal", "SNOMED CT has the finding, not the suggestion of one"),
    "oedema-extent": ("Share of the living marrow that looks oedematous", "no scheme has it"),
    "oedema-volume": ("Volume that looks oedematous", "no scheme has it"),
    "oedema-ratio": ("Signal of the living marrow over the reference", "no scheme has it"),
    "oedema-contrast": ("Contrast by which oedema was judged", "no scheme has it"),
    "contrast-fs": ("Fat suppressed", "no scheme has it as a contrast"),
    "contrast-t1": ("T1", "no scheme has it as a contrast"),
    "x": ("Coordinate to the left (LPS x)", _PLACE),
    "y": ("Coordinate to the back (LPS y)", _PLACE),
    "z": ("Coordinate to the head (LPS z)", _PLACE),
    "head-centre": ("Centre of the head as it was found", _POINT),
    "box-low": ("Right, front, lower corner of the box around the head", _POINT),
    "box-high": ("Left, back, upper corner of the box around the head", _POINT),
    "roof-edge": ("Lateral edge of the acetabular roof", _POINT),
    "arc-a-end-1": ("Medial end of necrotic arc A", _POINT),
    "arc-a-end-2": ("Lateral end of necrotic arc A", _POINT),
    "arc-b-end-1": ("First end of necrotic arc B", _POINT),
    "arc-b-end-2": ("Second end of necrotic arc B", _POINT),
    "heat-peak": ("Hottest point of the heatmap", _POINT),
    "stage": ("Modified Ficat-Arlet stage", "no scheme has the modified stages by MRI"),
    "stage-0": ("Ficat-Arlet stage 0", "SNOMED CT's stages 0, 1 and 2 are those of tumours"),
    "stage-I": ("Ficat-Arlet stage I", "as stage 0"),
    "stage-II": ("Ficat-Arlet stage II", "as stage 0"),
    "stage-I-or-II": ("Ficat-Arlet stage I or II", "as stage 0; MRI alone does not part them"),
    "p-stage-0": ("Probability of stage 0", _MODEL),
    "p-stage-I": ("Probability of stage I", _MODEL),
    "p-stage-II": ("Probability of stage II", _MODEL),
    "spread": ("Standard deviation of the probability over the networks", _MODEL),
    "distance": ("Distance from the training hips, 1 at the limit", _MODEL),
    "heat": ("Heat of the stage", _HEAT),
    "heat-volume": ("Volume of the heat of 0.5 and more", _HEAT),
    "heat-surface": ("Surface of the heat of 0.5 and more", _HEAT),
    "heat-overlap": ("Dice coefficient of heat and necrosis", _HEAT),
    "heat-covered": ("Share of the necrosis within the heat", _HEAT),
    "heat-in-head": ("Share of all heat within the head", _HEAT),
    "heat-distance": ("Distance of the hottest point from the necrosis", _HEAT),
    "probability": ("Probability of early osteonecrosis", _MODEL),
    "threshold": ("Threshold of the model", _MODEL),
    "intercept": ("Log-odds of the average hip", _MODEL),
    "likely": ("Early osteonecrosis likely", _MODEL),
    "unlikely": ("Early osteonecrosis unlikely", _MODEL),
    "survival": ("No-collapse survival after core decompression", _MODEL),
    "months": ("Months after core decompression", _MODEL),
    "survival-low": ("Lower limit of the 95% confidence interval", _MODEL),
    "survival-high": ("Upper limit of the 95% confidence interval", _MODEL),
    "out-of-scope": ("Withheld: the image is out of the scope of the model", _STATUS),
    "failed": ("Not answered: the step failed", _STATUS),
    "no-answer": ("Not answered: nothing to answer for", _STATUS),
    "reason": ("Why there is no answer", _STATUS),
    "warning": ("Warning", "Comment is what is known of a hip; this is what limits an answer"),
    "assumed": ("Assumed, not read off the images", _MODEL),
    "statement": ("What the model learned from", _MODEL),
}  # fmt: skip


def ours(value: str) -> Code:
    """A code of our scheme.

    Example:
        >>> ours("jic-C1")
        Code(value='jic-C1', scheme_designator='99ONFH', meaning='JIC type C1', scheme_version=None)
    """
    return Code(value, SCHEME, PRIVATE[value][0])


def key_of(code: Code) -> str:
    """By which a report's reader knows a concept: "SCT:118565006"."""
    return f"{code.scheme_designator}:{code.value}"

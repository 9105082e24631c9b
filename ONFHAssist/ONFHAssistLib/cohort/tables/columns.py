"""The columns of the tables of a cohort: name, type, unit and meaning; the one place where these stand."""

from __future__ import annotations

from dataclasses import dataclass

TEXT, NUMBER, WHOLE, TRUTH = "text", "number", "whole number", "truth value"
HIPS, EXAMINATIONS, FAILURES, WARNINGS, FEATURES = "hips", "examinations", "failures", "warnings", "features"


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        type: "text", "number", "whole number" or "truth value". Any cell may be empty.
        unit: "mm" and so on; "" where it has none. "share" is 0 to 1.
    """

    name: str
    type: str
    unit: str
    meaning: str


def _keys(*more: Column) -> tuple[Column, ...]:
    return (
        Column("case", TEXT, "", "Key of the case: of the table's row, or name of the study's folder."),
        Column("patient", TEXT, "", "Whose it is: hips and cases of one patient are never independent."),
        *more,
    )


_SIDE = Column("side", TEXT, "", "R or L, the patient's.")
_N, _T = NUMBER, TEXT
_HIPS = _keys(
    _SIDE,
    Column("kind", _T, "", "study (all series of an examination) or image (one volume or series)."),
    Column("series", _T, "", "Numbers of the series that the outline of a study's hip rests on."),
    Column("head_x", _N, "mm", "Centre of the head's sphere, LPS: towards the patient's left."),
    Column("head_y", _N, "mm", "Centre of the head's sphere, LPS: towards the back."),
    Column("head_z", _N, "mm", "Centre of the head's sphere, LPS: towards the head."),
    Column("head_radius_mm", _N, "mm", "Radius of the sphere of the articular surface."),
    Column(
        "detection_score", _N, "share", "Confidence of the detector; empty where the outlines were given."
    ),
    Column("head_ml", _N, "ml", "Volume of the femoral head, necrosis included."),
    Column("necrosis_ml", _N, "ml", "Volume of the necrosis; 0 without."),
    Column("necrosis_ml_low", _N, "ml", "Lower end of its 90% interval; of studies."),
    Column("necrosis_ml_high", _N, "ml", "Upper end of its 90% interval; of studies."),
    Column("necrotic_share", _N, "share", "Necrosis as a share of the head."),
    Column("steinberg", _T, "", "none, mild (below 15%), moderate or severe (above 30% of the head)."),
    Column("arc_a_deg", _N, "degrees", "Necrotic arc in the coronal plane through the centre (Kerboul)."),
    Column("arc_b_deg", _N, "degrees", "Necrotic arc in the second plane through the centre."),
    Column("combined_necrotic_angle_deg", _N, "degrees", "Sum of both arcs."),
    Column("combined_necrotic_angle_deg_low", _N, "degrees", "Lower end of its 90% interval; of studies."),
    Column("combined_necrotic_angle_deg_high", _N, "degrees", "Upper end of its 90% interval; of studies."),
    Column("necrosis_degree_index", _N, "", "(A/180)(B/180)100, Koo and Kim 1995."),
    Column("necrosis_degree_index_ab", _N, "", "A times B / 100, the reading of the DLRC study."),
    Column("depth_mm", _N, "mm", "Greatest depth of the necrosis under the articular surface."),
    Column("jic_type", _T, "", "A, B, C1 or C2."),
    Column("jic_edge", _T, "", "Where the acetabular edge is from: automatic, marked or none."),
    Column(
        "oedema_suggested",
        TRUTH,
        "",
        "Whether the living marrow looks oedematous; empty where the image cannot tell.",
    ),
    Column("oedema_extent", _N, "share", "Share of the living marrow that does."),
    Column("flattening_mm", _N, "mm", "Greatest depression of the articular surface; of studies."),
    Column("fracture_line", TRUTH, "", "Whether a subchondral fracture line is seen; of studies."),
    Column("effusion_grade", WHOLE, "", "0 to 3 (Mitchell 1986); of studies."),
    Column(
        "stage",
        _T,
        "",
        "0, I, II or 'I or II' (modified Ficat-Arlet); empty where withheld or not asked for.",
    ),
    Column("stage_p_0", _N, "share", "Probability of stage 0."),
    Column("stage_p_1", _N, "share", "Probability of stage I."),
    Column("stage_p_2", _N, "share", "Probability of stage II."),
    Column("stage_spread", _N, "share", "Standard deviation of the answer's probability over the networks."),
    Column(
        "stage_distance",
        _N,
        "",
        "From the training hips, in units of the scope's threshold; above 1: unlike them.",
    ),
    Column("stage_withheld", _T, "", "Why there is no stage."),
    Column("heat_ml", _N, "ml", "Volume of the heatmap's region at or above 0.5."),
    Column(
        "early_probability",
        _N,
        "share",
        "Probability of early osteonecrosis; empty where withheld or not asked for.",
    ),
    Column("early_threshold", _N, "share", "From which on it is likely."),
    Column("early_reading", _T, "", "In words."),
    Column("early_withheld", _T, "", "Why there is no probability."),
    Column("survival_36", _N, "share", "No collapse at 36 months after core decompression."),
    Column("survival_60", _N, "share", "No collapse at 60 months."),
    Column("survival_model", _T, "", "Which model says so."),
    Column("survival_assumed", _T, "", "What was assumed rather than read off the images."),
    Column(
        "outlines_sha256",
        _T,
        "",
        "Hash of the hip's outlines: measurements of the same hash rest on the same.",
    ),
)
_EXAMINATIONS = _keys(
    Column("kind", _T, "", "study or image."),
    Column("input", _T, "", "Series UID of the reference, or a hash of its voxels."),
    Column("reference", _T, "", "Number of the reference series; of studies."),
    Column("series", WHOLE, "", "Series of the study."),
    Column("series_used", WHOLE, "", "Series that were used for anything."),
    Column("plane", _T, "", "Of the reference."),
    Column("contrast", _T, "", "Of the reference, by look where that is clear."),
    Column("spacing_x", _N, "mm", "Between voxels of the reference."),
    Column("spacing_y", _N, "mm", "Between voxels of the reference."),
    Column("spacing_z", _N, "mm", "Between slices of the reference."),
    Column("slices", WHOLE, "", "Of the reference."),
    Column("files_read", WHOLE, "", "Files that the image was read from; of images."),
    Column("hips", WHOLE, "", "Outlined hips."),
    Column("steps", _T, "", "Steps that were done."),
    Column("steps_failed", _T, "", "Steps that could not be done; reasons are in the table of failures."),
    Column("warnings", WHOLE, "", "Rows of this case in the table of warnings."),
)
_FAILURES = _keys(
    _SIDE,
    Column("step", _T, "", "Step that could not be done; empty where the whole case has no result."),
    Column("reason", _T, "", "Why, in a sentence."),
)
_WARNINGS = _keys(
    _SIDE,
    Column("step", _T, "", "Step that says it; empty for what was said while reading."),
    Column("warning", _T, "", "What a reader should know, in a sentence."),
)
COLUMNS = {HIPS: _HIPS, EXAMINATIONS: _EXAMINATIONS, FAILURES: _FAILURES, WARNINGS: _WARNINGS}
FEATURE_KEYS = _keys(_SIDE)

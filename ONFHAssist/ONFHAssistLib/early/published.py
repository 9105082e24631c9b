"""The formula that the DLR study printed, as a reference that refuses to predict.

"A single sequence MRI-based deep learning radiomics model in the diagnosis of early osteonecrosis of femoral head".
Twelve terms are printed where nine features are said to be selected, and the scaling of the inputs is not published,
so no probability can be computed from it.
"""

from __future__ import annotations

from ..tabular.linear_model import LinearModel

INTERCEPT = -0.2678082691039214
TERMS = {
    "DL_464": 0.440703,
    "log-sigma-2-0-mm-3D_glcm_Imc1": 0.444099,
    "DL_501": 0.576826,
    "wavelet-HLH_gldm_DependenceVariance": -0.026022,
    "wavelet-HHL_firstorder_Kurtosis": -0.590691,
    "log-sigma-2-0-mm-3D_firstorder_90Percentile": 0.253499,
    "DL_115": 0.377429,
    "log-sigma-5-0-mm-3D_glrlm_LongRunHighGrayLevelEmphasis": -0.238724,
    "wavelet-HLL_gldm_LargeDependenceHighGrayLevelEmphasis": -0.656008,
    "DL_490": 0.089201,
    "DL_508": 0.337023,
    "wavelet-HHH_glszm_LargeAreaEmphasis": -0.160717,
}
# features after each step, as the text gives them; the LASSO count differs between abstract and text
SELECTION_COUNTS = {
    "Rad": {
        "all": 1197,
        "Mann-Whitney": 983,
        "Pearson": 195,
        "mRMR": 30,
        "LASSO (text)": 12,
        "LASSO (abstract)": 15,
    },
    "DL": {
        "all": 512,
        "Mann-Whitney": 487,
        "Pearson": 35,
        "mRMR": 30,
        "LASSO (text)": 14,
        "LASSO (abstract)": 12,
    },
    "DLR": {
        "all": 1709,
        "Mann-Whitney": 1534,
        "Pearson": 244,
        "mRMR": 30,
        "LASSO (text)": 9,
        "LASSO (abstract)": 9,
    },
}
# patients of the study
PATIENTS = {"patients": 150, "healthy": 80, "early osteonecrosis": 70, "training part": 105, "test part": 45}
FEATURES_BY_CLASS = {
    "firstorder": 234,
    "glcm": 286,
    "glrlm": 208,
    "glszm": 208,
    "gldm": 182,
    "ngtdm": 65,
    "shape": 14,
    "deep": 512,
}
# (model, figure) -> value and, where published, its 95% interval; "train" is apparent, "test" is of the 45 test patients
FIGURES: dict[tuple[str, str], tuple[float, ...]] = {
    ("Rad", "AUC, training part"): (0.957,),
    ("DL", "AUC, training part"): (0.935,),
    ("DLR", "AUC, training part"): (0.956,),
    ("Rad", "AUC, test part"): (0.944, 0.862, 1.0),
    ("DL", "AUC, test part"): (0.930, 0.838, 1.0),
    ("DLR", "AUC, test part"): (0.968, 0.909, 1.0),
    ("DLR", "Sensitivity, test part"): (0.95,),
    ("DLR", "Specificity, test part"): (0.920,),
    ("Rad", "p, Hosmer-Lemeshow"): (0.446,),
    ("DL", "p, Hosmer-Lemeshow"): (0.051,),
    ("DLR", "p, Hosmer-Lemeshow"): (0.234,),
}


def published_dlr_formula() -> LinearModel:
    """The printed formula; ``applicable`` is False and ``predict_proba`` says why."""
    return LinearModel(
        name="DLR as published",
        feature_names=tuple(TERMS),
        mean=None,
        sd=None,
        coefficients=tuple(TERMS.values()),
        intercept=INTERCEPT,
        threshold=None,
        training={
            "patients": 150,
            "healthy": 80,
            "early_onfh": 70,
            "auc_test": {"value": 0.968, "low": 0.909, "high": 1.0},
            "note": "12 terms are printed where nine features are said to be selected; no scaling is published",
        },
    )

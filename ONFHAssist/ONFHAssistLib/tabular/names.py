"""Names of features, feature groups and classifiers, for those who must not import pandas or scikit-learn."""

from __future__ import annotations

import re

KEYS = ("case", "side")
GROUPS = ("Rad", "DL", "DLR")
CLASSIFIERS = ("LR", "SVM", "KNN", "RandomForest", "ExtraTrees", "XGBoost", "LightGBM", "MLP")
# PyRadiomics' names and DL_0 ... DL_511: nothing else of a table is ever taken for a feature, so that no outcome,
# stage or measurement slips into a model
FEATURE = re.compile(r"^DL_\d+$|_(firstorder|shape|shape2D|glcm|glrlm|glszm|gldm|ngtdm)_")


def is_feature(name: object) -> bool:
    """Whether a column is a radiomics or deep feature, by its name."""
    return FEATURE.search(str(name)) is not None

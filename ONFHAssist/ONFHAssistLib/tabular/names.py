"""Names of feature groups and classifiers, for those who must not import pandas or scikit-learn."""

from __future__ import annotations

GROUPS = ("Rad", "DL", "DLR")
CLASSIFIERS = ("LR", "SVM", "KNN", "RandomForest", "ExtraTrees", "XGBoost", "LightGBM", "MLP")

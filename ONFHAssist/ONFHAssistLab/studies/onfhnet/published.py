"""Figures that 3D-ONFHNet's study published, under the names of :mod:`.evaluation`.

The study gives an AUC of 95.41% in its abstract and 95.14% in its text, and for the second external set an accuracy of
87.60% in its abstract and 89.00% in its text; the text's are here. It has no scanner that its training had not seen.
"""

FIGURES = {
    "internal": {
        "macro_accuracy": 0.9383,
        "macro_sensitivity": 0.8944,
        "macro_specificity": 0.9556,
        "macro_f1": 0.8767,
        "macro_auc": 0.9514,
        "0_auc": 0.9819,
        "II_auc": 0.9681,
    },
    "external, prisma": {
        "macro_accuracy": 0.8776,
        "macro_sensitivity": 0.7989,
        "macro_specificity": 0.9202,
        "macro_f1": 0.7683,
    },
    "external, ingenia": {
        "macro_accuracy": 0.89,
        "macro_sensitivity": 0.8163,
        "macro_specificity": 0.9444,
        "macro_f1": 0.8342,
    },
}
EQUIPMENT = {
    "external, prisma": "first external set",
    "external, ingenia": "second external set",
}  # of B, C and D
STATEMENT = (
    "The paper's figures are of patients (381 heads of 209, four hospitals, two scanners); ours are on simulated "
    "patients, so that no figure here is a claim about patients. Which of the paper's two external sets belongs to which "
    "scanner is not public; they stand beside ours in the order of the text."
)

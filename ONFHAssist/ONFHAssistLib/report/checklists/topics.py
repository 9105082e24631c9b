"""Items of the reporting guidelines, named here in short; the full wording is in the papers.

TRIPOD+AI: Collins et al., BMJ 2024;385:e078378 (27 items in 52 parts). CLAIM 2024: Tejani et al., Radiol Artif Intell
2024;6:e240300 (44 items). PROBAST+AI: Moons et al., BMJ 2025;388:e082505; it asks 16 questions of a development and 18
of an evaluation in four domains, here prompts by domain and not its wording.
"""

from __future__ import annotations

TRIPOD_AI: dict[str, dict[str, str]] = {
    "Title and abstract": {
        "1": "Title names development or evaluation, population and outcome",
        "2": "Abstract by TRIPOD+AI for abstracts",
    },
    "Introduction": {
        "3a": "Healthcare context and existing models",
        "3b": "Target population, purpose and users",
        "3c": "Known health inequalities",
        "4": "Objectives: development, evaluation or both",
    },
    "Methods: data and participants": {
        "5a": "Sources of data, and why they represent the population",
        "5b": "Dates of the data",
        "6a": "Setting, number and place of centres",
        "6b": "Eligibility criteria",
        "6c": "Treatments received",
        "7": "Preparation and quality of the data, alike in groups",
    },
    "Methods: outcome and predictors": {
        "8a": "Outcome and time horizon, how assessed",
        "8b": "Assessors of a subjective outcome",
        "8c": "Blinding of the outcome's assessment",
        "9a": "Choice of the initial predictors",
        "9b": "Definition of all predictors, how and when measured",
        "9c": "Assessors of subjective predictors",
    },
    "Methods: analysis": {
        "10": "Sample size, for development and evaluation",
        "11": "Missing data",
        "12a": "How the data were used, and partitioned",
        "12b": "How predictors were handled",
        "12c": "Type of model, building steps, tuning, internal validation",
        "12d": "Heterogeneity between clusters",
        "12e": "Measures and plots of performance",
        "12f": "Model updating",
        "12g": "How predictions were calculated",
        "13": "Class imbalance, and re-calibration",
        "14": "Fairness of the model",
        "15": "Output of the model and its thresholds",
        "16": "Differences of development and evaluation data",
        "17": "Ethical approval",
    },
    "Open science": {
        "18a": "Funding",
        "18b": "Conflicts of interest",
        "18c": "Protocol",
        "18d": "Registration",
        "18e": "Data sharing",
        "18f": "Code sharing",
        "19": "Patient and public involvement",
    },
    "Results": {
        "20a": "Flow of participants, with and without outcome",
        "20b": "Characteristics of the participants",
        "20c": "Distribution of predictors in development and evaluation",
        "21": "Participants and events of each analysis",
        "22": "Full model, for predictions in individuals",
        "23a": "Performance with intervals, and in key subgroups",
        "23b": "Heterogeneity of performance between clusters",
        "24": "Results of updating",
    },
    "Discussion": {
        "25": "Interpretation, with fairness and earlier studies",
        "26": "Limitations",
        "27a": "Poor or unavailable input data when the model is used",
        "27b": "What users need to do, and their expertise",
        "27c": "Next steps for research",
    },
}

CLAIM_2024: dict[str, tuple[str, ...]] = {
    "Title and abstract": ("AI methodology and technology named", "Structured summary"),
    "Introduction": ("Background, intended use and clinical role", "Aims, objectives and hypotheses"),
    "Study design": ("Prospective or retrospective", "Goal of the study"),
    "Data": (
        "Data sources",
        "Inclusion and exclusion criteria",
        "Data pre-processing",
        "Selection of data subsets",
        "De-identification",
        "Missing data",
        "Image acquisition protocol",
    ),
    "Reference standard": (
        "How the reference standard was obtained",
        "Why this reference standard",
        "Source of its annotations",
        "Annotation of the test set",
        "Variability within and between raters",
    ),
    "Data partitions": ("How data were assigned to partitions", "Level at which partitions are disjoint"),
    "Testing data": ("Intended sample size",),
    "Model": (
        "Detailed description of the model",
        "Software libraries and packages",
        "Initialisation of parameters",
    ),
    "Training": ("Training approach", "Selection of the final model", "Ensembling"),
    "Evaluation": (
        "Metrics of performance",
        "Significance and uncertainty",
        "Robustness or sensitivity analysis",
        "Explainability or interpretability",
        "Evaluation on internal data",
        "Testing on external data",
        "Registration of a clinical trial",
    ),
    "Results: data": (
        "Numbers included and excluded",
        "Characteristics of the cases in each partition",
    ),
    "Results: model performance": (
        "Performance with uncertainty",
        "Diagnostic performance and its precision",
        "Analysis of failures",
    ),
    "Discussion": ("Limitations", "Implications for practice"),
    "Other information": (
        "Full protocol or further details",
        "Availability of software, model and data",
        "Funding",
    ),
}

PROBAST_AI: dict[str, dict[str, str]] = {
    "Participants and data sources": {
        "P1": "Is the source of the data suited to the question (cohort, registry, nested case-control)?",
        "P2": "Do in- and exclusions leave the hips that the model is meant for?",
        "P3": "Were hips chosen by what can only be known afterwards?",
    },
    "Predictors": {
        "R1": "Was every predictor measured alike in all hips (scanner, preset, reader)?",
        "R2": "Was it measured without knowledge of the outcome? An outline of the lesion knows it.",
        "R3": "Is it there when the model is to be used?",
    },
    "Outcome": {
        "O1": "Is the outcome a standard one, fixed beforehand?",
        "O2": "Was it determined alike in all hips, and without the predictors?",
        "O3": "Is the time between predictors and outcome right?",
    },
    "Analysis": {
        "A1": "Are there enough hips and events for the number of candidate predictors?",
        "A2": "Were all hips analysed, and missing values handled, not dropped?",
        "A3": "Were numbers kept as numbers, and predictors not chosen one by one by p?",
        "A4": "Were censoring, competing events and both hips of a patient accounted for?",
        "A5": "Was overfitting measured with every step of selection and tuning repeated inside?",
        "A6": "Does anything of the evaluation data leak into training?",
        "A7": "If classes were rebalanced, was the model re-calibrated?",
        "A8": "Are calibration, discrimination and usefulness given, with intervals?",
        "A9": "Was performance looked at in the groups that matter?",
        "A10": "Was the model tested on hips of another place or time?",
    },
}

"""Items of the reporting guidelines, named here in short; the full wording is in the papers.

TRIPOD+AI: Collins et al., BMJ 2024;385:e078378 (27 items in 52 parts). CLAIM 2024: Tejani et al., Radiol Artif Intell
2024;6:e240300 (44 items). PROBAST+AI: Moons et al., BMJ 2025;388:e082505; it asks 16 questions of a development and 18
of an evaluation in four domains. The prompts here follow its domains in this project's own words, written for hips; they
are no substitute for the tool, and their numbers are not its numbers.
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
    "Development: hips and where they come from": {
        "D1": "Does the source suit the question, such as all patients of a clinic over a time?",
        "D2": "Was any hip left out for a reason that could not be known when the model is used?",
        "D3": "Are the hips like those that the model is meant for: sex, age, cause, stage, scanner?",
    },
    "Development: predictors": {
        "D4": "Was each predictor measured and prepared alike in all hips: sequence, preset, reader?",
        "D5": "Could whoever measured it know the outcome? An outline of the lesion itself does.",
        "D6": "Will it be at hand at the moment at which the model is used?",
    },
    "Development: outcome": {
        "D7": "Is the outcome one that others accept, fixed before the hips were looked at?",
        "D8": "Was it determined alike in all hips, by somebody who did not see the predictors?",
        "D9": "Is there enough time between predictors and outcome, and as much for every hip?",
    },
    "Development: analysis": {
        "D10": "Are there enough hips with the outcome for all candidates that were looked at?",
        "D11": "Were hips with gaps kept, and the gaps filled without what a new hip would not have?",
        "D12": "Were numbers kept as numbers, and was the selection part of what was validated?",
        "D13": "Were both hips of a patient, censoring and competing events accounted for?",
        "D14": "If classes were weighted or drawn, were the probabilities brought back?",
        "D15": "Was optimism measured with every step of selection and tuning repeated?",
        "D16": "Is the model that is handed on the one that the methods describe, in full?",
    },
    "Evaluation: hips and where they come from": {
        "E1": "Were the hips apart from those of the development, patient by patient?",
        "E2": "Does their source suit the use that is claimed, other places or later times included?",
        "E3": "Was any hip left out for a reason that could not be known in use?",
    },
    "Evaluation: predictors": {
        "E4": "Were the predictors measured as in the development, and as they will be in use?",
        "E5": "Were they measured, and outlines drawn, without knowledge of the outcome?",
        "E6": "Were scaling, harmonisation and imputation learned from development hips alone?",
    },
    "Evaluation: outcome": {
        "E7": "Was the outcome determined as in the development, alike in all hips?",
        "E8": "Was it determined without the predictors and without the model's answer?",
        "E9": "Was every hip followed long enough for the horizon that is judged?",
    },
    "Evaluation: analysis": {
        "E10": "Are there enough hips with and without the outcome for intervals that decide anything?",
        "E11": "Were hips with gaps judged, with the gaps filled as the model would fill them in use?",
        "E12": "Were both hips of a patient, censoring and competing events accounted for?",
        "E13": "Was the model judged as it is, its threshold chosen before these hips were seen?",
        "E14": "Are discrimination, calibration and usefulness given, and none left out?",
        "E15": "Does each figure have an interval that knows the patients and the shared training hips?",
        "E16": "Was it judged in the groups that matter, and are they large enough to say so?",
        "E17": "Do single answers hold when the development is repeated on other draws of the hips?",
        "E18": "Was it held against what is in use, or a plain model, on the same hips?",
    },
}

"""One self-contained HTML page of a developed or tested classifier: figures, funnel, models, checklists, charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..early.performance import AREA, NAIVE
from ..tabular.protocol import NESTED
from .case_page import CasePage, Picture, Section, write_case_page
from .figure_texts import interval_text, p_text

if TYPE_CHECKING:
    import pandas as pd

    from ..early.develop import DevelopmentResult
    from ..tabular.linear_model import LinearModel
    from ..tabular.portable_classifier import PortableClassifier

BANNER = (
    "For research, not for diagnosis. Every figure comes from hips that were not used to choose the features, the "
    "classifier or the threshold of the model that it judges."
)
FIGURES = {
    "auc": "AUC",
    "accuracy": "Accuracy",
    "sensitivity": "Sensitivity",
    "specificity": "Specificity",
    "ppv": "PPV",
    "npv": "NPV",
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "brier": "Brier score",
}
_INTERVALS = (
    "95% intervals, the patient as the unit: AUC logit of DeLong's variance for hips of one patient (Obuchowski), Brier "
    "score logit of its variance by patient, the others Wilson for as many independent hips as the patients are worth."
)
_OF_FOLDS = (
    " The AUC is the mean of the folds', since scores of different folds come from different models; its interval knows "
    "that training parts share cases."
)
_TESTS = (
    "The patient is the unit: DeLong's test with Obuchowski's variance, McNemar's by exchange within patients "
    "(mid-p)."
)
_TESTS_OF_FOLDS = (
    "Differences inside each fold, averaged, with the t test corrected for shared training parts "
    "(Nadeau and Bengio)."
)
_CAPTIONS = {
    "roc": "ROC curves",
    "calibration": "Calibration",
    "decision": "Decision curves",
    "confusion": "Cases by outcome and answer",
    "lasso_path": "LASSO path",
    "lasso_error": "LASSO, cross-validated error",
    "weights": "Weights of the final model",
    "waterfall": "What drove the answer of one test hip",
}
_ORDER = tuple(_CAPTIONS)


def write_model_page(
    result: DevelopmentResult,
    folder: Path,
    provenance: Mapping[str, str],
    *,
    figures: Sequence[Path],
    title: str = "Early osteonecrosis: development of models",
    banner: str = "",
    before: Sequence[Section] = (),
    after: Sequence[Section] = (),
    warnings: Sequence[str] = (),
) -> Path:
    """Write ``index.html`` into a folder that :func:`.develop_files.write_development` filled.

    Args:
        figures: PNG files of this run, in any order.
        banner: one more sentence, such as that no patient stands behind the images.
        before, after: further sections, such as the paper's figures beside these.
    """
    page = CasePage(
        title=title,
        banner=f"{BANNER} {banner}".strip(),
        summary=(),
        sections=[
            Section("Cohort", _cohort(result)),
            *(
                [Section("Warnings", columns=("What to keep in mind",), rows=[(w,) for w in warnings])]
                if warnings
                else []
            ),
            *before,
            *performance_sections(result),
            *selection_section(result),
            *_comparisons(result),
            *_calibration(result),
            *(_model(group, model) for group, model in result.models.items()),
            _pictures(figures),
            *after,
            *_checklists(result),
        ],
        provenance=provenance,
        files=_files(folder),
    )
    return write_case_page(page, folder / "index.html")


def _cohort(result: DevelopmentResult) -> str:
    facts = result.facts
    counts = ", ".join(f"{name} {n}" for name, n in facts["features"].items())
    text = (
        f"{facts['cases']} hips of {facts['patients']} patients, {facts['events']} with the outcome "
        f"'{facts['outcome']}'. Features: {counts}. Hips of one patient were never split."
    )
    return text if result.complete else f"{text} The run was stopped; what was finished is below."


def _words(validation: str) -> str:
    from ..early.development_files import WORDS

    return WORDS[validation]


def performance_sections(result: DevelopmentResult) -> list[Section]:
    """For each validation: all figures of the chosen model of each group, and the AUC of every classifier."""
    sections = []
    for validation in result.chosen["validation"].drop_duplicates() if len(result.chosen) else ():
        chosen = result.chosen[result.chosen["validation"] == validation]
        models = [(row.group, row.classifier) for row in chosen.itertuples()]
        rows = [
            (
                words,
                *(interval_text(*result.figure(validation, group, name)) for group, _ in models),
            )
            for name, words in FIGURES.items()
        ]
        columns = ("", *(f"{group} ({classifier})" for group, classifier in models))
        note = _INTERVALS + (_OF_FOLDS if validation == NESTED else "")
        sections.append(Section(f"Figures, {_words(validation)}", columns=columns, rows=rows, note=note))
        every = result.performance[
            (result.performance["validation"] == validation)
            & (result.performance["metric"] == "auc")
            & (result.performance["interval"] == AREA)
        ]
        if len(every["classifier"].unique()) > 1:
            sections.append(_classifiers(every, validation))
    return sections


def _classifiers(every: pd.DataFrame, validation: str) -> Section:
    groups = list(every["group"].drop_duplicates())
    rows = []
    for classifier, part in every.groupby("classifier", sort=False):
        by_group = part.set_index("group")
        rows.append(
            (
                classifier,
                *(
                    interval_text(*by_group.loc[g, ["value", "low", "high"]]) if g in by_group.index else "–"
                    for g in groups
                ),
            )
        )
    return Section(f"AUC of every classifier, {_words(validation)}", columns=("", *groups), rows=rows)


def selection_section(result: DevelopmentResult) -> list[Section]:
    """Features after each step, in the training part of the split and on all hips."""
    sections = []
    for validation, part in result.funnel.groupby("validation", sort=False) if len(result.funnel) else ():
        steps = list(part["step"].drop_duplicates())
        rows = []
        for group, one in part.groupby("group", sort=False):
            counts = dict(zip(one["step"], one["came_out"], strict=True))
            rows.append((group, str(one["went_in"].iloc[0]), *(str(counts.get(s, "–")) for s in steps)))
        where = "all hips" if validation == "final" else "training part of the split"
        sections.append(
            Section(f"Features left after each step, {where}", columns=("", "all", *steps), rows=rows)
        )
    return sections


def _comparisons(result: DevelopmentResult) -> list[Section]:
    sections = []
    for validation, part in (
        result.comparisons.groupby("validation", sort=False) if len(result.comparisons) else ()
    ):
        rows = [
            (
                f"{row['first']} less {row['second']}{'' if row['test'] != NAIVE else f' ({NAIVE})'}",
                interval_text(row["auc_difference"], row["low"], row["high"]),
                p_text(row["p"]),
                f"{row['nri']:.3f} ({p_text(row['nri_p'])})",
                f"{row['idi']:.3f} ({p_text(row['idi_p'])})",
                p_text(row["mcnemar_p"]),
            )
            for row in part.to_dict("records")
        ]
        columns = ("", "AUC difference", "p", "NRI (p)", "IDI (p)", "p, accuracy")
        title = f"Models against each other, {_words(validation)}"
        note = _TESTS_OF_FOLDS if validation == NESTED else _TESTS
        sections.append(Section(title, columns=columns, rows=rows, note=note))
    return sections


def _calibration(result: DevelopmentResult) -> list[Section]:
    if not len(result.calibration):
        return []
    rows = [
        (
            f"{row['group']}, {_words(row['validation'])}",
            interval_text(row["slope"], row.get("slope_low"), row.get("slope_high"), 2),
            interval_text(row["intercept"], row.get("intercept_low"), row.get("intercept_high"), 2),
            f"{row['ece']:.3f}",
            p_text(row["hosmer_lemeshow_p"]),
        )
        for row in result.calibration.merge(result.chosen).to_dict("records")
    ]
    columns = ("", "Slope", "Intercept", "ECE", "p, Hosmer-Lemeshow")
    note = (
        "No slope where the model separates all cases. Intervals and test have the patient as their unit. ECE: expected "
        "calibration error, 10 bins."
    )
    return [Section("Calibration", columns=columns, rows=rows, note=note)]


def _model(group: str, model: LinearModel | PortableClassifier) -> Section:
    from ..tabular.linear_model import LinearModel

    if isinstance(model, LinearModel):
        pairs = sorted(zip(model.feature_names, model.coefficients, strict=True), key=lambda p: -abs(p[1]))
        rows = [(name, f"{weight:+.4f}") for name, weight in pairs]
        text = f"Logistic regression, intercept {model.intercept:+.4f}, on z-scored features."
        return Section(f"{group} model, fitted on all hips", text, ("", "log-odds for one SD"), rows)
    text = f"{model.classifier} with {dict(model.parameters)}."
    return Section(f"{group} model, fitted on all hips", text, ("Features",), [(n,) for n in model.terms])


def _pictures(figures: Sequence[Path]) -> Section:
    def kind(path: Path) -> str:
        return next((k for k in _ORDER if path.stem.startswith(k)), "")

    found = sorted(figures, key=lambda p: (_ORDER.index(kind(p)) if kind(p) else 99, p.stem))
    pictures = []
    for path in found:
        rest = path.stem.removeprefix(kind(path)).strip("_").replace("_", " ")
        pictures.append(Picture(path, f"{_CAPTIONS.get(kind(path), path.stem)}, {rest}".strip(", ")))
    return Section("Figures", columns=("",), pictures=pictures)


def _checklists(result: DevelopmentResult) -> list[Section]:
    from ..early.checklists import clear_checklist, metrics_checklist, metrics_score

    if not result.selection_logs:
        return []
    sections = []
    for name, make in (("CLEAR", clear_checklist), ("METRICS", metrics_checklist)):
        table = make(result)
        rows = [
            (
                f"{row.item}. {row.topic}",
                "to be filled in" if row.answer == "author" else row.answer,
                row.detail,
            )
            for row in table.itertuples()
        ]
        note = ""
        if name == "METRICS":
            low, high = metrics_score(table)
            note = (
                f"Score {low:.0f}% as it stands, {high:.0f}% if the author can say yes to all that is open."
            )
        sections.append(Section(name, columns=("Item", "Answer", "From this run"), rows=rows, note=note))
    return sections


def _files(folder: Path) -> dict[str, str]:
    meanings = {
        "tables/": "every table as CSV",
        "models/": "fitted models as JSON",
        "bundles/": "the same as checked bundles, for use on patients",
        "figures/": "every figure",
        "CLEAR.md": "checklist of radiomics reporting",
        "METRICS.md": "quality score of radiomics research",
    }
    return {name: text for name, text in meanings.items() if (folder / name).exists()}

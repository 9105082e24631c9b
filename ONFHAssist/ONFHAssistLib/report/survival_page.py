"""One self-contained HTML page of a developed survival model: figures honest and apparent, models, warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.language import sentence
from ..core.language import text as _
from ..core.names import is_feature
from ..evaluate.survival.outcome import follow_up, kaplan_meier
from ..survival.develop.development_files import calibration_table
from ..survival.names import TITLES, readable_covariate
from .case_page import CasePage, Picture, Section, write_case_page
from .figure_texts import interval_text, is_missing, p_text, range_text

if TYPE_CHECKING:
    import pandas as pd

    from ..survival.develop.development import Development

BANNER = (
    "For research, not for diagnosis. Judge the models by the honest figures, which come from hips that were not used to "
    "develop them; apparent figures are too good."
)
_CAPTIONS = {
    "kaplan_meier_all": "No-collapse survival of the cohort",
    "kaplan_meier": "No-collapse survival of the held-out low- and high-risk groups",
    "nomogram": "Nomogram",
    "calibration": "Calibration on held-out hips",
    "time_dependent_auc": "AUC over time, apparent",
    "decision_curve": "Net benefit on held-out hips",
    "lasso": "LASSO-Cox: path of the coefficients and cross-validated deviance",
}
_MAX_STABLE_ROWS = 20


def write_survival_page(
    development: Development,
    folder: Path,
    provenance: Mapping[str, str],
    further_sections: Sequence[Section] = (),
    last_sections: Sequence[Section] = (),
    further_warnings: Sequence[str] = (),
) -> Path:
    """Write ``index.html`` into a folder that :func:`.development_files.save_development` filled.

    ``further_sections`` follow the figures of performance, ``last_sections`` end the page.
    """
    page = CasePage(
        title="No-collapse survival: development of models",
        banner=BANNER,
        summary=(),
        sections=[
            _cohort(development),
            _warnings([*development.warnings, *further_warnings]),
            *_performance(development),
            _comparison(development.comparison),
            _calibration(calibration_table(development)),
            *further_sections,
            _univariate(development.univariate),
            _funnel(development),
            *(
                _model(name, model.cox.summary(), development.proportional_hazards[name])
                for name, model in development.models.items()
            ),
            _stability(development),
            _figures(folder / "figures"),
            *last_sections,
        ],
        provenance=provenance,
        files={
            f"{name}/": meaning
            for name, meaning in (
                ("models", "fitted models and signatures as JSON; ONFHSurvival loads them"),
                ("tables", "every table as CSV"),
                ("figures", "every figure; nomograms also as SVG"),
            )
        },
    )
    return write_case_page(page, folder / "index.html")


def _warnings(sentences: Sequence[str]) -> Section:
    rows = [(sentence,) for sentence in sentences]
    return Section("Warnings", "" if rows else "None.", columns=("What to keep in mind",), rows=rows)


def _equals(p: float) -> str:
    return p_text(p) if p < 0.001 else f"= {p_text(p)}"


def _cohort(development: Development) -> Section:
    outcome = development.cohort.outcome
    patients = int(development.cohort.patient_code.max()) + 1
    patient = development.cohort.patient
    middle, low, high = follow_up(outcome.time, outcome.event, patient)
    curve = kaplan_meier(outcome.time, outcome.event, patient)
    rows = [("Median follow-up, months (reverse Kaplan-Meier)", _months(middle, low, high))]
    for month in development.protocol.months:
        if month <= outcome.time.max():
            value, lowest, highest = (float(column[0]) for column in curve.at([month]))
            rows.append((f"No-collapse survival at {month:g} months", interval_text(value, lowest, highest)))
            rows.append(
                (f"Hips still followed at {month:g} months", str(int(curve.number_at_risk([month])[0])))
            )
    return Section(
        "Cohort",
        f"{len(outcome)} hips of {patients} patients, {outcome.events} collapses; follow-up up to "
        f"{outcome.time.max():.1f} months. Hips of one patient were never split.",
        columns=("", "All hips (95% interval)"),
        rows=rows,
    )


def _months(middle: float, low: float, high: float) -> str:
    ends = [sentence("not reached") if is_missing(v) else f"{v:.1f}" for v in (middle, low, high)]
    return _("{value} ({low} to {high})").format(value=ends[0], low=ends[1], high=ends[2])


def _performance(development: Development) -> list[Section]:
    """Honest and apparent figures, a row a figure and a column a model."""
    table = development.performance
    cross_validated = _by_model(table, "honest")
    if "bootstrap_632_plus" in table and table["bootstrap_632_plus"].notna().any():
        found = table[table["figure"] == "C-index"].set_index("model")["bootstrap_632_plus"]
        row = ("C-index, bootstrap .632+", *(interval_text(found.get(m), None, None) for m in _models(table)))
        cross_validated.insert(1, row)
    if development.permutation:
        row = ("p of C by permutation", *(p_text(development.permutation.get(m)) for m in _models(table)))
        cross_validated.insert(1, row)
    columns = ("", *(TITLES[name] for name in _models(table)))
    return [
        Section(
            "How good the models are: honest figures",
            "On hips of patients who were not used to develop the model that judged them.",
            columns=columns,
            rows=cross_validated,
            note=(
                "Nested cross-validation by patients, every selection repeated inside. C and AUC compare hips of one "
                "held-out fold only; 95% intervals by patients, with Nadeau and Bengio's (2003) correction for folds "
                "that share training hips. "
                ".632+: the bootstrap's estimate, everything developed again in each sample. Uno C does not depend on "
                "how long hips were followed. Brier scores: 0 is perfect, 0.25 is a coin."
            ),
        ),
        Section(
            "The same figures on the hips that made the models: apparent",
            "As the study reports them; too good, the more so the more features there were to choose from.",
            columns=columns,
            rows=_by_model(table, "apparent"),
        ),
    ]


def _models(table: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(table["model"]))


def _by_model(table: pd.DataFrame, kind: str) -> list[tuple[str, ...]]:
    cells: dict[str, dict[str, str]] = {}
    for row in table.to_dict("records"):
        figure = f"{row['figure']}{_at(row['month'])}"
        cells.setdefault(figure, {})[row["model"]] = interval_text(
            row[kind], row[f"{kind}_low"], row[f"{kind}_high"]
        )
    return [(figure, *(found.get(m, "–") for m in _models(table))) for figure, found in cells.items()]


def _univariate(table: pd.DataFrame) -> Section:
    rows = [
        (
            readable_covariate(row["covariate"]),
            row["form"] if not is_missing(row["p"]) else f"{row['form']}: not estimable",
            interval_text(row["hr"], row["low"], row["high"]),
            p_text(row["p"]),
            p_text(row.get("robust_p")),
        )
        for row in table.to_dict("records")
    ]
    note = (
        "The protocol takes the median split, as the study did; it throws information away and its cut follows the "
        "cohort, so the continuous forms stand beside it."
    )
    columns = ("", "Form", "Hazard ratio (95%)", "p", "p, clustered by patient")
    return Section("Clinical findings one by one", columns=columns, rows=rows, note=note)


def _funnel(development: Development) -> Section:
    steps = {
        "offered": "Offered",
        "repeatable": f"ICC of two readers at least {development.protocol.signature.icc_at_least:g}",
        "usable": "Complete, varying, without extreme outliers",
        "mann_whitney": f"Mann-Whitney p < {development.protocol.signature.mann_whitney_below:g}",
        "pearson": f"Of pairs with |r| > {development.protocol.signature.pearson_above:g} one",
        "lasso": "LASSO-Cox",
    }
    signatures = development.signatures
    rows = [
        (text, *(str(found.selection_counts.get(step, "–")) for found in signatures.values()))
        for step, text in steps.items()
    ]
    columns = ("Features that are left", *(TITLES[name] for name in signatures))
    return Section("From features to signatures", columns=columns, rows=rows if signatures else ())


def _stability(development: Development) -> Section:
    table = development.stability().head(_MAX_STABLE_ROWS)
    rows = [
        (name if is_feature(name) else readable_covariate(name), f"{row['selected_in']:.0%}")
        for name, row in table.iterrows()
    ]
    return Section(
        "What is chosen again",
        f"How often a finding or feature was chosen in {development.held_out.developments} developments of the "
        f"cross-validation; the {len(rows)} most often chosen. What is chosen rarely is there by chance.",
        columns=("", "Chosen in"),
        rows=rows,
    )


def _comparison(table: pd.DataFrame) -> Section:
    words = {"difference of C": "Difference of C", "continuous_nri": "Continuous NRI"}
    words |= {"categorical_nri": "NRI of risk groups", "idi": "IDI"}
    cells: dict[str, dict[str, str]] = {}
    for row in table.to_dict("records"):
        figure = f"{words[row['figure']]}{_at(row['month'])}"
        cells.setdefault(figure, {})[row["old"]] = interval_text(row["value"], row["low"], row["high"])
    old = list(dict.fromkeys(table["old"])) if len(table) else []
    return Section(
        "What DLRC adds, on held-out hips",
        "Above 0 speaks for DLRC; an interval that holds 0 leaves it open.",
        columns=("", *(f"against {TITLES[name]}" for name in old)),
        rows=[(figure, *(found.get(name, "–") for name in old)) for figure, found in cells.items()],
        note="NRI: net reclassification improvement. IDI: integrated discrimination improvement.",
    )


def _calibration(table: pd.DataFrame) -> Section:
    rows = [
        (
            f"{TITLES[row['model']]}{_at(row['month'])}",
            *(
                interval_text(*(row[f"{figure}{end}"] for end in ("", "_low", "_high")))
                for figure in ("observed_to_expected", "intercept", "slope", "ici")
            ),
            f"{row['diagonal_in_band']:.0%}",
        )
        for row in table.to_dict("records")
    ]
    return Section(
        "Whether predicted survival is what was seen, on held-out hips",
        columns=(
            "",
            "Observed : expected collapses",
            "Intercept",
            "Slope",
            "Mean distance from the diagonal (ICI)",
            "Diagonal in the 95% band",
        ),
        rows=rows,
        note="Observed : expected of 1 and an intercept of 0 are right in the large. A slope below 1 says that risks are "
        "too extreme (pseudo-observations, van Geloven 2022; intervals by patients, of models as they were in the "
        "cross-validation). A resampled curve strays more than the hips' own, so that the interval of its mean distance "
        "lies high, at times above it; a model is off where the lower end is large. The last column is the share of the "
        "curve.",
    )


def _at(month: float) -> str:
    return "" if month != month else f" at {month:g} months"  # noqa: PLR0124 - NaN


def _model(name: str, summary: pd.DataFrame, test: pd.DataFrame) -> Section:
    rows = [
        (
            readable_covariate(covariate),
            interval_text(row["hr"], row["low"], row["high"]),
            p_text(row["p"]),
            range_text(f"{row['robust_low']:.3f}", f"{row['robust_high']:.3f}"),
            p_text(row["robust_p"]),
            p_text(test.loc[covariate, "p"]),
        )
        for covariate, row in summary.iterrows()
    ]
    columns = (
        "",
        "Hazard ratio (95%)",
        "p",
        "Clustered by patient (95%)",
        "p, clustered",
        "p, proportional hazards",
    )
    note = f"Schoenfeld test of the whole model: p {_equals(test.loc['GLOBAL', 'p'])}."
    return Section(f"{TITLES[name]} model", columns=columns, rows=rows, note=note)


def _figures(folder: Path) -> Section:
    pictures = []
    own = ("subgroups", "instability", "timed_roc")  # shown in their sections
    for path in sorted((p for p in folder.glob("*.png") if not p.stem.startswith(own)), key=_place):
        kind = next((k for k in _CAPTIONS if path.stem.startswith(k)), None)
        rest = path.stem.removeprefix(kind or "").strip("_")
        detail = TITLES.get(rest, f"{rest} months" if rest else "")
        caption = sentence(_CAPTIONS[kind] if kind else path.stem)
        if detail:
            caption = _("{what}, {detail}").format(what=caption, detail=sentence(detail))
        pictures.append(Picture(path, caption))
    return Section("Figures", columns=("",), pictures=pictures)


def _place(path: Path) -> tuple[int, int, str]:
    """Kinds of figures in the order of their captions, DLRC first in each."""
    kind = next((n for n, k in enumerate(_CAPTIONS) if path.stem.startswith(k)), len(_CAPTIONS))
    return kind, 0 if path.stem.endswith("dlrc") else 1, path.stem

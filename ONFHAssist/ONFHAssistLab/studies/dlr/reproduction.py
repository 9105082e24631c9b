"""The DLR study again on simulated patients: both feature sets, three models, everything beside the paper's.

Each hip's features stay in the work folder and are not computed twice, so that an interrupted run goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.names import feature_class
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.early import published
from ONFHAssistLib.early.develop import DevelopmentResult, format_selection_counts
from ONFHAssistLib.evaluate.binary.discrimination import auc, auc_by_patient
from ONFHAssistLib.tabular.protocol import FINAL, NESTED, SPLIT

if TYPE_CHECKING:
    from ONFHAssistLib.report.case_page import Section
    from ONFHAssistLib.tabular.protocol import DlrProtocol
    from ONFHAssistLib.tabular.tables.feature_table import FeatureTable

OUTCOME = "early_onfh"
VOLUME = "original_shape_MeshVolume"
_STEPS = {"Mann-Whitney": "Mann-Whitney", "Pearson": "Pearson", "mRMR": "mRMR", "LASSO (text)": "LASSO"}
STATEMENT = (
    "Ours are figures of simulated patients, the paper's are of 150 patients of one hospital: that both stand side by "
    "side shows that the same protocol ran from images to figures, not that the model is as good on patients."
)
_SHARES = {"features": (0.0, 0.35), "models": (0.35, 0.85), "outlines": (0.85, 0.97)}


def reproduce_dlr(
    cohort: str | Path | None,
    out: str | Path,
    work: str | Path | None = None,
    *,
    seed: int = 0,
    preset: str | Path = "dlr-mri",
    study_outlines: bool = True,
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Reproduce the tables and figures of the DLR study on a simulated cohort.

    Args:
        cohort: folder of ``onfh simulate --protocol dlr``; None simulates the study's 150 patients into the work folder
            first, which takes long, and goes on there when it was interrupted.
        out: folder for the report.
        work: folder that keeps the features; ``out``/work by default.
        seed: of the simulated patients, where they are simulated here.
        preset: of the radiomics.
        study_outlines: extract the features a second time in the regions that the study outlined (the necrosis in
            diseased hips, the head in healthy ones) and show what they give away.
        options: of :func:`.dlr.develop_dlr`.
        progress: called with a share 0..1 and a text.

    Returns:
        As :func:`.dlr.develop_dlr`, with ``against_paper`` (path of the table), ``outlines`` (path, or None),
        ``beside`` (funnels, ours and the paper's, a line each a group) and ``statement``.

    Raises:
        InputError: no such cohort, hips that cannot be extracted, or as the development.
    """
    from ONFHAssistLib.develop.dlr import bundle_facts, protocol_from_options, run_protocol, write_study
    from ONFHAssistLib.develop.options import report_folder
    from ONFHAssistLib.develop.reporting.early import clinical_columns
    from ONFHAssistLib.tabular.tables.feature_table import read_feature_table

    from ...training.dlr import cohort_source

    options = dict(options or {})
    protocol = protocol_from_options(options)
    report = _ProgressShares(progress or (lambda _share, _text: None))
    out = report_folder(out)
    work = out / "work" if work is None else Path(work)
    cohort = _simulated(work / "cohort", seed, report) if cohort is None else Path(cohort)
    source, facts = cohort_source(
        cohort, OUTCOME, work, preset=preset, options=options, progress=report.of("features")
    )
    if not facts:
        raise InputError(
            f"{cohort} is no folder of 'onfh simulate --protocol dlr'; give one, or leave --cohort out."
        )
    table = read_feature_table(source)
    result = run_protocol(table, protocol, progress=report.of("models"))
    compared = compare_with_publication(result, table)
    tables = out / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    compared.to_csv(tables / "against_paper.csv", index=False)
    sections, outlines = [_publication_section(compared)], None
    if study_outlines:
        other, _ = cohort_source(
            cohort, OUTCOME, work / "study_outlines", preset=preset, region="study", options=options
        )
        leakage = outline_leakage(table, read_feature_table(other), protocol, report.of("outlines"))
        outlines = tables / "study_outlines.csv"
        leakage.to_csv(outlines, index=False)
        sections.append(_outline_section(leakage))
    report.of("outlines")(1.0, "Writing tables and figures")
    answer = write_study(
        result,
        out,
        source,
        facts=bundle_facts(source, table, {**facts, **options, "name": "reproduced"}),
        table=table,
        clinical=clinical_columns(source, cohort=cohort),
        title="The DLR study again, on simulated patients",
        before=sections,
        extra={"simulated cohort": str(facts["cohort_words"])},
    )
    report.done()
    paths = {"against_paper": str(tables / "against_paper.csv"), "outlines": outlines and str(outlines)}
    return {**answer, **paths, "statement": STATEMENT, "beside": selection_counts_beside_publication(result)}


class _ProgressShares:
    """Shares of the stages of the work."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def of(self, stage: str) -> Progress:
        low, high = _SHARES[stage]
        return lambda share, text: self._progress(low + (high - low) * share, text)

    def done(self) -> None:
        self._progress(1.0, "Done")


def _simulated(folder: Path, seed: int, report: _ProgressShares) -> Path:
    from ...simulate.cohort import simulate_cohort

    begun = (folder / "cohort.json").is_file()
    say = report.of("features")
    simulate_cohort(
        "dlr",
        None,
        seed,
        folder,
        resume=begun,
        progress=lambda done, total: say(0.0, f"Simulating patients: {done} of {total}"),
    )
    return folder


# beside the paper -------------------------------------------------------------------------------------------------


def compare_with_publication(result: DevelopmentResult, table: FeatureTable) -> pd.DataFrame:
    """A row for each published figure: the paper's, that of our split, and that of the nested cross-validation.

    Returns:
        Columns ``section``, ``what``, ``paper``, ``paper_low``, ``paper_high``, ``split``, ``split_low``,
        ``split_high``, ``nested``, ``nested_low``, ``nested_high``; funnel counts of "nested" are those of the final
        training on all hips.
    """
    rows = [*_patients(result), *_classes(table), *_funnel(result), *_figures(result, table)]
    ends = [f"{kind}{end}" for kind in ("paper", "split", "nested") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows).reindex(columns=["section", "what", *ends])


def _row(section: str, what: str, **figures: tuple[float, ...] | float | None) -> dict[str, Any]:
    row: dict[str, Any] = {"section": section, "what": what}
    for kind, value in figures.items():
        values = value if isinstance(value, tuple) else (value,)
        row |= dict(zip((kind, f"{kind}_low", f"{kind}_high"), values, strict=False))
    return row


def _patients(result: DevelopmentResult) -> list[dict[str, Any]]:
    facts = result.facts
    test = result.predictions[result.predictions["validation"] == SPLIT]["row"].nunique()
    ours = {
        "patients": facts["patients"],
        "healthy": facts["cases"] - facts["events"],
        "early osteonecrosis": facts["events"],
        "training part": facts["cases"] - test,
        "test part": test,
    }
    return [_row("Patients", name, paper=n, split=ours[name]) for name, n in published.PATIENTS.items()]


def _classes(table: FeatureTable) -> list[dict[str, Any]]:
    kinds = [feature_class(name) for name in table.features.columns]
    return [
        _row("Features", name, paper=n, split=kinds.count(name))
        for name, n in published.FEATURES_BY_CLASS.items()
    ]


def _funnel(result: DevelopmentResult) -> list[dict[str, Any]]:
    rows = []
    for group, counts in published.SELECTION_COUNTS.items():
        here = {
            kind: result.funnel[(result.funnel["validation"] == kind) & (result.funnel["group"] == group)]
            for kind in (SPLIT, FINAL)
        }
        if not all(map(len, here.values())):
            continue
        rows.append(
            _row(f"Funnel, {group}", "all", paper=counts["all"],
                 **{k: int(here[v]["went_in"].iloc[0]) for k, v in (("split", SPLIT), ("nested", FINAL))})
        )  # fmt: skip
        for name, start in _STEPS.items():
            found = {
                k: int(here[v].loc[here[v]["step"].str.startswith(start), "came_out"].iloc[0])
                for k, v in (("split", SPLIT), ("nested", FINAL))
            }
            rows.append(_row(f"Funnel, {group}", name, paper=counts[name], **found))
        rows.append(_row(f"Funnel, {group}", "LASSO (abstract)", paper=counts["LASSO (abstract)"]))
    return rows


def _figures(result: DevelopmentResult, table: FeatureTable) -> list[dict[str, Any]]:
    calibration = result.calibration.merge(result.chosen).set_index(["validation", "group"])
    rows = []
    for (group, what), paper in published.FIGURES.items():
        found: dict[str, Any]
        if what == "AUC, training part":
            found = {"split": _apparent(result, table, group)}
        elif what.startswith("p, "):
            found = {
                kind: float(calibration.loc[(kind, group), "hosmer_lemeshow_p"])
                for kind in (SPLIT, NESTED)
                if (kind, group) in calibration.index
            }
        else:
            metric = what.split(",")[0].lower()
            found = {
                kind: result.figure(kind, group, metric)
                for kind in (SPLIT, NESTED)
                if (kind, group) in calibration.index
            }
        rows.append(_row(f"{group} model", what, paper=paper, **found))
    return rows


def _apparent(result: DevelopmentResult, table: FeatureTable, group: str) -> tuple[float, ...]:
    """AUC of the split's model on the very hips that it was trained on."""
    held_out = set(result.predictions[result.predictions["validation"] == SPLIT]["row"])
    rows = [k for k in range(len(table.features)) if k not in held_out]
    probability = result.split_models[group].predict_proba(table.features.iloc[rows])
    found = auc_by_patient(
        table.outcome.iloc[rows].to_numpy(), probability.to_numpy(), table.patients.iloc[rows].to_numpy()
    )
    return found.value, found.low, found.high


def _publication_section(compared: pd.DataFrame) -> Section:
    from ONFHAssistLib.report.case_page import Section
    from ONFHAssistLib.report.figure_texts import interval_text

    def cell(row: Mapping[str, Any], kind: str) -> str:
        value = row[kind]
        if row["section"].startswith(("Patients", "Features", "Funnel")):
            return "–" if pd.isna(value) else str(int(value))
        return interval_text(value, row[f"{kind}_low"], row[f"{kind}_high"])

    rows = [
        (f"{row['section']}: {row['what']}", *(cell(row, kind) for kind in ("paper", "split", "nested")))
        for row in compared.to_dict("records")
    ]
    columns = ("", "Paper", "Here, same split 7:3", "Here, nested cross-validation (funnel: all hips)")
    note = (
        "The paper's curves (LASSO, ROC, calibration, decision) are pictures without numbers; ours are below. Its test "
        "part holds 45 patients, so its intervals are wide. It says that logistic regression won and prints 12 terms "
        "for nine selected features; its numbers of selected features differ between abstract and text."
    )
    return Section("Beside the paper", STATEMENT, columns, rows, note=note)


# what the study's outlines give away ------------------------------------------------------------------------------


def outline_leakage(
    heads: FeatureTable, study: FeatureTable, protocol: DlrProtocol, progress: Progress | None = None
) -> pd.DataFrame:
    """How well the outline alone tells the classes apart, with the head outlined in every hip and as the study did.

    Args:
        heads: features of the whole head in every hip. study: of the study's regions, on the same hips.
        protocol: its folds and seed are used, with logistic regression.

    Returns:
        Columns ``what``, ``head``, ``head_low``, ``head_high``, ``study``, ``study_low``, ``study_high``: AUC of the
        volume of the region alone, of the 14 shape features alone, and of the three models.
    """
    from ONFHAssistLib.early.develop import run_dlr_protocol

    quick = replace(
        protocol, classifiers=("LR",), test_share=0.0, bootstraps=100, outer_folds=protocol.outer_folds or 5
    )
    rows: list[dict[str, Any]] = []
    for number, (kind, table) in enumerate((("head", heads), ("study", study))):
        labels = table.outcome.to_numpy()
        volume = table.features[VOLUME].to_numpy()
        sign = 1.0 if auc(labels, volume) >= 0.5 else -1.0
        alone = auc_by_patient(labels, sign * volume, table.patients.to_numpy())
        shape = [c for c in table.features.columns if "_shape_" in str(c)]
        groups = {"Shape alone": shape, **table.groups}

        def report_share(share: float, text: str, done: int = number) -> None:
            if progress is not None:
                progress((done + share) / 2, text)

        result = run_dlr_protocol(table.features, table.outcome, table.patients, groups, quick, report_share)
        figures = {"Volume of the region alone": (alone.value, alone.low, alone.high)}
        figures |= {g: result.figure(NESTED, g, "auc", "LR") for g in groups}
        for what, values in figures.items():
            found = next((row for row in rows if row["what"] == what), None)
            if found is None:
                found = {"what": what}
                rows.append(found)
            found |= dict(zip((kind, f"{kind}_low", f"{kind}_high"), values, strict=True))
    return pd.DataFrame(rows)


def _outline_section(leakage: pd.DataFrame) -> Section:
    from ONFHAssistLib.report.case_page import Section
    from ONFHAssistLib.report.figure_texts import interval_text

    rows = [
        (
            row["what"],
            *(
                interval_text(row[kind], row[f"{kind}_low"], row[f"{kind}_high"])
                for kind in ("head", "study")
            ),
        )
        for row in leakage.to_dict("records")
    ]
    text = (
        "The study outlined the necrosis in diseased hips and the head in healthy ones. The outline then knows the "
        "answer before any grey value is read. Every other figure of this page uses the whole head in every hip."
    )
    columns = ("AUC (nested, logistic regression)", "Whole head in every hip", "As the study outlined")
    return Section("What the study's outlines give away", text, columns, rows)


def selection_counts_beside_publication(result: DevelopmentResult) -> list[str]:
    """Our funnel and the paper's, one line each a group."""
    ours = dict(line.split(": ") for line in format_selection_counts(result).splitlines())
    lines = []
    for group, counts in published.SELECTION_COUNTS.items():
        paper = " -> ".join(str(counts[name]) for name in ("all", *_STEPS))
        lines.append(f"{group}: {ours.get(group, '-')} (paper: {paper})")
    return lines

"""A probability bundle on hips with a known outcome: ``onfh evaluate dlr`` and *Validate* of ONFHPredict.

Joins the rooms early and report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.progress import Progress
from ..evaluate.estimate import json_figure
from .dlr import LIMITS, collect_warnings, study_provenance
from .options import report_folder, whole_numbers

if TYPE_CHECKING:
    import pandas as pd

    from ..report.case_page import Section
    from ..tabular.tables.feature_table import TableSource


def validate_dlr(arguments: Mapping[str, Any], progress: Progress | None = None) -> dict[str, Any]:
    """:func:`evaluate_dlr` as the worker calls it.

    Args:
        arguments: JSON values. ``cohort`` (path), ``bundle`` (name or folder), ``outcome`` (column), ``out`` (folder);
            optional ``patient``, ``scanner``, ``centre`` (columns), ``features`` (paths), ``against``, ``bootstraps``,
            ``seed``.
        progress: called with a share 0..1 and a text.
    """
    report = progress or (lambda _share, _text: None)
    report(0.1, "Judging")
    optional = {
        name: arguments[name]
        for name in ("patient", "scanner", "centre", "features", "against", "bootstraps", "seed")
        if arguments.get(name) is not None
    }
    found = evaluate_dlr(
        arguments["bundle"],
        arguments["cohort"],
        arguments["out"],
        outcome=str(arguments["outcome"]),
        **optional,
    )
    report(1.0, "Done")
    return found


def evaluate_dlr(
    bundle: str | Path,
    table: str | Path,
    out: str | Path,
    *,
    outcome: str = "early_onfh",
    patient: str | None = None,
    scanner: str | None = None,
    features: Sequence[str | Path] = (),
    bootstraps: int = 1000,
    seed: int = 0,
    naive: bool = False,
    against: str | Path | None = None,
    centre: str | None = None,
) -> dict[str, Any]:
    """Apply a bundle to a table of features with a known outcome, with every figure and a report.

    Args:
        against: another bundle, head to head on the same hips.
        centre: column of the hospital, for the figures of each and over them.

    Returns:
        ``report``, ``folder``, ``metrics`` (name -> value, low, high), ``tables`` (name -> path), ``bundle`` (name and
        version), ``hips``, ``patients``, ``events``, ``warnings``.

    Raises:
        InputError: as :func:`.external_validation.evaluate_bundle` and the reading of the table.
    """
    from ..bundles.patients import LEARNED_PATIENTS, caution_of_patients
    from ..early.development_files import write_development
    from ..early.external_validation import evaluate_bundle, load_model_bundle
    from ..early.head_to_head import head_to_head, observed_to_expected, refuse_units_of
    from ..early.model_bundle import collect_metrics
    from ..report.case_page import Section
    from ..report.model_page import write_model_page
    from ..tabular.tables.feature_table import TableSource, read_feature_table

    out = report_folder(out)
    whole_numbers({"bootstraps": bootstraps}, {"bootstraps": LIMITS["bootstraps"]})
    source = TableSource(Path(table), outcome, patient, tuple(Path(p) for p in features), scanner=scanner)
    read = read_feature_table(source)
    refuse_units_of(load_model_bundle(bundle)[1], read)
    checked, result, prevalence = evaluate_bundle(bundle, read, bootstraps, seed=seed, naive=naive)
    written = write_development(result, out)
    path = written["performance"].with_name("prevalence.csv")
    prevalence.to_csv(path, index=False)
    rows = [
        (f"{row.prevalence:.0%}", f"{row.ppv:.3f}", f"{row.npv:.3f}", f"{row.net_benefit:.3f}")
        for row in prevalence.itertuples()
    ]
    section = Section("At other prevalences", columns=("Prevalence", "PPV", "NPV", "Net benefit"), rows=rows)
    record = study_provenance(source, result) | {
        "bundle": f"{checked.name} {checked.version}",
        "bundle_sha256": checked.sha256,
    }
    known = read.patients
    told = caution_of_patients(checked.name, checked.metadata.get(LEARNED_PATIENTS), known)
    if against is not None:
        other = load_model_bundle(against)[0]
        told += caution_of_patients(other.name, other.metadata.get(LEARNED_PATIENTS), known)
    told += [*collect_warnings(result), str(checked.metadata["training_data"])]
    title = f"{checked.name} on {source.path.name}"
    after, more = [section], {"prevalence": path}
    seen = result.predictions
    ratio = observed_to_expected(
        seen["outcome"].to_numpy(float),
        seen["probability"].to_numpy(),
        seen["patient"].to_numpy(),
        bootstraps,
        seed,
    )
    further = {"observed to expected": json_figure(ratio.value, ratio.low, ratio.high)}
    if against is not None:
        pairs = head_to_head(bundle, against, read, bootstraps, seed)
        more["comparison"] = path.with_name("comparison.csv")
        pairs.to_csv(more["comparison"], index=False)
        further |= {row.figure: json_figure(row.value, row.low, row.high) for row in pairs.itertuples()}
        after.append(_comparison(pairs, str(against), checked.name))
    if centre is not None:
        sections, per_centre, pooled = _by_centre(source, centre, result.predictions, out, told)
        after += sections
        more |= per_centre
        further |= pooled
    figures = [p for n, p in written.items() if n.startswith("figure ")]
    page = write_model_page(result, out, record, figures=figures, title=title, after=after, warnings=told)
    kinds = ("figure", "model", "run")
    metrics: dict[str, dict[str, Any]] = {
        name.split(" ", 2)[2]: m for name, m in collect_metrics(result).items()
    }
    row = result.calibration.iloc[0]
    for name in ("slope", "intercept", "ece", "hosmer_lemeshow_p"):
        metrics[name] = json_figure(row[name], row.get(f"{name}_low"), row.get(f"{name}_high"))
    metrics |= further
    return {
        "report": str(page),
        "folder": str(out),
        "bundle": f"{checked.name} {checked.version}",
        "metrics": metrics,
        "warnings": told,
        "tables": {n: str(p) for n, p in {**written, **more}.items() if not n.startswith(kinds)},
        "hips": result.facts["cases"],
        "patients": result.facts["patients"],
        "events": result.facts["events"],
    }


def _comparison(pairs: pd.DataFrame, second: str, first: str) -> Section:
    from ..report.case_page import Section
    from ..report.figure_texts import interval_text, p_text

    rows = [
        (row.figure, interval_text(row.value, row.low, row.high), p_text(row.p)) for row in pairs.itertuples()
    ]
    note = f"Above 0 speaks for {second}, of the Brier score below 0. Hips of one patient are one unit."
    return Section(f"{second} against {first}", columns=("", "Difference (95%)", "p"), rows=rows, note=note)


def _by_centre(
    source: TableSource, centre: str, predictions: pd.DataFrame, out: Path, told: list[str]
) -> tuple[list[Section], dict[str, Path], dict[str, dict[str, float | None]]]:
    """Sections, tables and metrics of the bundle at each centre and over them."""
    from ..early.centres import judge_centres
    from ..evaluate.centres import names_of_centres
    from ..report.centres_page import centre_sections
    from .centres import centre_metrics, centres_of

    labels = centres_of(source, centre)
    names_of_centres(labels[predictions["row"]], predictions["patient"].to_numpy())  # refuses
    found = judge_centres(predictions, labels)
    told += found.warnings
    over, each, tables = centre_sections(found, out)
    return [over, each], tables, centre_metrics(found)

"""A bundle from a cohort's images or features, and a bundle on other hips: ``onfh train dlr``, ``onfh evaluate dlr``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.develop.dlr import (
    LIMITS,
    bundle_facts,
    collect_warnings,
    protocol_from_options,
    run_protocol,
    study_provenance,
    with_bundle_name,
    write_study,
)
from ONFHAssistLib.develop.options import report_folder, whole_numbers
from ONFHAssistLib.evaluate.estimate import json_figure

if TYPE_CHECKING:
    import pandas as pd

    from ONFHAssistLib.report.case_page import Section
    from ONFHAssistLib.tabular.tables.feature_table import TableSource


def train_dlr(
    cohort: str | Path,
    out: str | Path,
    *,
    outcome: str = "early_onfh",
    work: str | Path | None = None,
    report: str | Path | None = None,
    group: str = "DLR",
    preset: str | Path = "dlr-mri",
    deep: bool = True,
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """From a cohort's images and outlines, or a table that already holds features, to a validated bundle.

    Args:
        cohort: folder or CSV file of :func:`.cohort_features.read_cases`; a CSV file without the column
            ``image`` must hold features.
        out: folder of the bundle. Its name is the bundle's; a name that begins with ``dlr-`` or ``rad-`` in
            Resources/Models is offered by ONFHPredict.
        work: keeps the features, so that an interrupted run goes on; ``out`` with "-work" by default.
        report: folder of the report; ``out`` with "-report" by default.
        group: Rad, DL or DLR, whose final model the bundle holds.
        deep: False leaves the deep features out; then only Rad can be the group.
        options: of :func:`develop_dlr`, and ``command``.

    Returns:
        As :func:`develop_dlr`, with ``bundle`` (path).
    """
    from ONFHAssistLib.develop.reporting.early import Further, clinical_columns
    from ONFHAssistLib.develop.reporting.plan import read_plan
    from ONFHAssistLib.early.model_bundle import save_dlr_bundle
    from ONFHAssistLib.tabular.tables.feature_table import read_feature_table

    options = dict(options or {})
    plan = read_plan(options.get("plan"), "dlr")
    protocol = protocol_from_options(options)
    say = progress or (lambda _share, _text: None)
    out = Path(out)
    work = out.with_name(f"{out.name}-work") if work is None else Path(work)
    folder = report_folder(out.with_name(f"{out.name}-report") if report is None else report)
    source, facts = cohort_source(
        cohort,
        outcome,
        work,
        preset=preset,
        deep=deep,
        options=options,
        progress=lambda s, t: say(0.5 * s, t),
    )
    table = read_feature_table(source)
    if group not in table.groups:
        raise InputError(
            f"The cohort gives {', '.join(table.groups)}; the group '{group}' is not among them."
        )
    result = run_protocol(table, protocol, progress=lambda s, t: say(0.5 + 0.45 * s, t))
    given = bundle_facts(source, table, {**facts, **options, "name": "own"})
    clinical = clinical_columns(source, options.get("describe"), cohort)
    answer = write_study(
        result,
        folder,
        source,
        facts=given,
        table=table,
        clinical=clinical,
        plan=plan,
        asked=Further.of(options),
    )
    notes = _notes(answer["warnings"], given.backbone if deep else "")
    bundle = save_dlr_bundle(result, group, out, with_bundle_name(given, out.name), notes)
    say(1.0, "Bundle written")
    chosen = {name: m for name, m in answer["metrics"].items() if name.startswith(f"{group} ")}
    return {**answer, "bundle": str(bundle.path), "metrics": chosen, "all_metrics": answer["metrics"]}


def _notes(warnings: Sequence[str], backbone: str) -> str:
    """For the model card: what to keep in mind, and what the backbone of the deep features has seen."""
    from ONFHAssistLib.bundles.bundle import load_bundle

    told = [f"- {sentence}" for sentence in warnings]
    if backbone:
        learned = load_bundle(backbone).metadata["training_data"]
        told.append(f"- The backbone of the deep features learned from other hips beforehand: {learned}")
    return "\n".join(["## What to keep in mind", "", *told]) if told else ""


def cohort_source(
    cohort: str | Path,
    outcome: str,
    work: str | Path,
    *,
    preset: str | Path = "dlr-mri",
    deep: bool = True,
    region: str = "head",
    segmentation: str = "segmentation",
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> tuple[TableSource, dict[str, Any]]:
    """Where the features of a cohort are, extracted first where it holds images; and what the folder says of itself."""
    import json

    from ONFHAssistLib.case.cohort_features import extract_feature_sets, read_cases, table_source
    from ONFHAssistLib.core.names import is_feature
    from ONFHAssistLib.tabular.tables.feature_table import TableSource
    from ONFHAssistLib.tabular.tables.reader import read_csv

    options = options or {}
    path = Path(cohort)
    columns = {name: options.get(name) for name in ("patient", "scanner", "split")}
    groups = tuple(options.get("groups") or ())
    more = [Path(p) for p in options.get("features") or ()]
    if path.is_file() and (more or any(is_feature(c) for c in read_csv(path).columns)):
        return TableSource(path, outcome, features=tuple(more), groups=groups, **columns), {}
    cases = read_cases(path, outcome, segmentation)
    files = extract_feature_sets(
        cases,
        outcome,
        work,
        preset,
        deep=deep,
        region=region,
        workers=int(options.get("workers") or 1),
        progress=progress,
    )
    facts: dict[str, Any] = {}
    manifest = path / "cohort.json"
    if path.is_dir() and manifest.is_file():
        made = json.loads(manifest.read_text(encoding="utf-8"))
        patients = len(set(cases["case"]))
        words = f"{patients} simulated patients of protocol {made.get('protocol')}, seed {made.get('seed')}"
        facts = {"simulated": True, "cohort_words": words, "sequence": ["T2 FS"]}
    return table_source(cases, files, outcome, work, groups=groups, **columns), facts


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
) -> dict[str, Any]:
    """Apply a bundle to a table of features with a known outcome, with every figure and a report.

    Args:
        against: another bundle, head to head on the same hips.

    Returns:
        ``report``, ``folder``, ``metrics`` (name -> value, low, high), ``tables`` (name -> path), ``bundle`` (name and
        version), ``hips``, ``patients``, ``events``, ``warnings``.

    Raises:
        InputError: as :func:`.external_validation.evaluate_bundle` and the reading of the table.
    """
    from ONFHAssistLib.early.development_files import write_development
    from ONFHAssistLib.early.external_validation import evaluate_bundle, load_model_bundle
    from ONFHAssistLib.early.head_to_head import head_to_head, observed_to_expected, refuse_units_of
    from ONFHAssistLib.early.model_bundle import collect_metrics
    from ONFHAssistLib.report.case_page import Section
    from ONFHAssistLib.report.model_page import write_model_page
    from ONFHAssistLib.tabular.tables.feature_table import TableSource, read_feature_table

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
    told = [*collect_warnings(result), str(checked.metadata["training_data"])]
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
    from ONFHAssistLib.report.case_page import Section
    from ONFHAssistLib.report.figure_texts import interval_text, p_text

    rows = [
        (row.figure, interval_text(row.value, row.low, row.high), p_text(row.p)) for row in pairs.itertuples()
    ]
    note = f"Above 0 speaks for {second}, of the Brier score below 0. Hips of one patient are one unit."
    return Section(f"{second} against {first}", columns=("", "Difference (95%)", "p"), rows=rows, note=note)

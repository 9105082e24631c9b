"""A bundle from a cohort's images or features: ``onfh train dlr``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.develop.dlr import (
    bundle_facts,
    protocol_from_options,
    run_protocol,
    with_bundle_name,
    write_study,
)
from ONFHAssistLib.develop.options import report_folder

if TYPE_CHECKING:
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

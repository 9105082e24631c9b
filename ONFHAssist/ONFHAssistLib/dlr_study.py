"""The DLR study's work from files to files: develop models on a cohort, train a bundle, test a bundle on other hips.

Joins the rooms predict and report; the command line, the worker and the module ONFHPredict call it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import InputError

if TYPE_CHECKING:
    from .predict.develop import DevelopmentResult
    from .predict.feature_table import FeatureTable, TableSource
    from .predict.protocol import Protocol
    from .report.case_page import Section

Progress = Callable[[float, str], None]
SIMULATED_BANNER = (
    "All hips here are simulated: no patient stands behind them, and the figures say nothing about patients."
)
_TRAINED = 0.9  # share of the work before files are written
_LIMITS = {
    # option -> (default, lowest, highest)
    "k": (30, 1, 500),
    "outer_folds": (5, 0, 20),
    "inner_folds": (5, 2, 20),
    "bootstraps": (1000, 100, 100_000),
    "seed": (0, 0, 2**31 - 1),
    "workers": (1, 1, 256),
}


def develop_dlr(arguments: Mapping[str, Any], progress: Progress | None = None) -> dict[str, Any]:
    """Develop and validate models of every feature group on a table of features, and write report and bundles.

    Args:
        arguments: JSON values. ``cohort`` (CSV path), ``outcome`` (column), ``out`` (folder); optional ``patient``,
            ``scanner``, ``split`` (columns), ``features`` (further CSV paths), ``groups`` (of Rad, DL, DLR), ``name`` (of
            the bundles), ``simulated`` (bool), ``stop`` (path: when this file appears, the run ends after the training
            under way and keeps what is done), and the options of the protocol: ``classifiers``, ``alpha``, ``adjust``,
            ``limit``, ``k``, ``rule``, ``outer_folds``, ``inner_folds``, ``test_share``, ``bootstraps``, ``seed``,
            ``workers``.
        progress: called with a share 0..1 and a text.

    Returns:
        ``report`` (path of index.html), ``folder``, ``metrics`` (name -> value, low, high), ``warnings``, ``models``,
        ``bundles`` and ``tables`` (name -> path), ``funnel`` (group -> counts), ``hips``, ``patients``, ``events``,
        ``complete``.

    Raises:
        InputError: every mistake of the table or the protocol, by name.
    """
    from .predict.feature_table import TableSource, read_feature_table

    protocol = protocol_of(arguments)
    out = report_folder(arguments["out"])
    report = progress or (lambda _share, _text: None)
    report(0.0, "Reading the table")
    source = TableSource(
        Path(arguments["cohort"]),
        str(arguments["outcome"]),
        arguments.get("patient"),
        tuple(Path(p) for p in arguments.get("features") or ()),
        tuple(arguments.get("groups") or ()),
        arguments.get("scanner"),
        arguments.get("split"),
    )
    table = read_feature_table(source)
    result = run(table, protocol, arguments.get("stop"), lambda s, text: report(_TRAINED * s, text))
    report(_TRAINED, "Writing tables, figures and bundles")
    facts = bundle_facts(source, table, arguments)
    answer = write_study(result, out, source, facts=facts)
    report(1.0, "Done" if result.complete else "Stopped; what was finished is kept")
    return answer


def run(
    table: FeatureTable, protocol: Protocol, stop: str | Path | None = None, progress: Progress | None = None
) -> DevelopmentResult:
    """The protocol on a table that was read; ends early, with what is done, once the file ``stop`` exists."""
    from .predict.develop import run_dlr_protocol

    return run_dlr_protocol(
        table.features,
        table.outcome,
        table.patients,
        table.groups,
        protocol,
        progress,
        None if stop is None else Path(stop).exists,
        scanner=table.scanner,
        split=table.split,
    )


def protocol_of(arguments: Mapping[str, Any]) -> Protocol:
    """The protocol of the options in ``arguments``; those that are absent or None keep the study's value.

    Raises:
        InputError: an option out of range, an unknown classifier, one whose package is missing.
    """
    from .predict.protocol import Protocol

    chosen: dict[str, Any] = {}
    for name, (usual, low, high) in _LIMITS.items():
        value = usual if arguments.get(name) is None else int(arguments[name])
        if not low <= value <= high:
            raise InputError(f"The option {name} is {value}; {low} to {high} is accepted.")
        chosen[name] = value
    for name in ("alpha", "limit", "test_share"):
        if arguments.get(name) is not None:
            chosen[name] = float(arguments[name])
    for name, known in (("adjust", ("none", "bh")), ("rule", ("min", "1se"))):
        value = arguments.get(name)
        if value is not None:
            if value not in known:
                raise InputError(f"The option {name} is '{value}'; {' or '.join(known)} is accepted.")
            chosen[name] = None if value == "none" else value
    if arguments.get("classifiers"):
        chosen["classifiers"] = tuple(arguments["classifiers"])
    protocol = Protocol(**chosen)
    if not protocol.test_share and not protocol.outer_folds:
        raise InputError(
            "The protocol has neither a test part nor outer folds; a model needs one of them to be judged."
        )
    protocol.keys  # noqa: B018 - asks for the packages before the work starts
    return protocol


def report_folder(path: str | Path) -> Path:
    """The folder of a report; refused where a file is in its place."""
    out = Path(path)
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file; choose a folder for the report.")
    return out


def bundle_facts(source: TableSource, table: FeatureTable, arguments: Mapping[str, Any]) -> Any:
    """What goes into the bundles beside the run itself."""
    from .predict.dlr_bundle import BundleFacts

    simulated = bool(arguments.get("simulated"))
    return BundleFacts(
        name=str(arguments.get("name") or "own"),
        cohort=str(arguments.get("cohort_words") or f"the cohort '{source.path.stem}'"),
        simulated=simulated,
        sequence=tuple(arguments.get("sequence") or ()),
        backbone=str(arguments.get("backbone") or _backbone_name(table)),
        backbone_sha256=table.backbones[0] if table.backbones else "",
        command=str(arguments.get("command") or ""),
    )


def _backbone_name(table: FeatureTable) -> str:
    """The bundled backbone where it is the one that made the deep features, else nothing."""
    from .bundles.bundle import load_bundle

    if not table.backbones:
        return ""
    bundled = load_bundle("backbone-resnet18")
    return bundled.name if bundled.sha256 == table.backbones[0] else ""


def write_study(
    result: DevelopmentResult,
    out: Path,
    source: TableSource,
    *,
    facts: Any,
    title: str = "Early osteonecrosis: development of models",
    before: Sequence[Section] = (),
    after: Sequence[Section] = (),
    extra: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Tables, figures, models, bundles and the page of a development; see :func:`develop_dlr` for what comes back."""
    from .predict.develop import format_funnel
    from .predict.develop_files import write_development
    from .predict.dlr_bundle import metrics_of, save_dlr_bundle
    from .report.model_page import write_model_page

    written = write_development(result, out)
    bundles = {}
    for group in result.models:
        name = f"{group.lower()}-{facts.name}"
        bundles[group] = str(save_dlr_bundle(result, group, out / "bundles" / name, _named(facts, name)).path)
    told = doubts(result)
    page = write_model_page(
        result,
        out,
        {**study_record(source, result), **(extra or {})},
        title=title,
        banner=SIMULATED_BANNER if facts.simulated else "",
        before=before,
        after=after,
        warnings=told,
    )
    kinds = ("figure", "model", "CLEAR", "METRICS", "run")
    lines = format_funnel(result).splitlines() if len(result.funnel) else []
    return {
        "report": str(page),
        "folder": str(out),
        "metrics": metrics_of(result),
        "warnings": told,
        "models": {n.removeprefix("model "): str(p) for n, p in written.items() if n.startswith("model ")},
        "bundles": bundles,
        "tables": {n: str(p) for n, p in written.items() if not n.startswith(kinds)},
        "funnel": dict(line.split(": ") for line in lines),
        "hips": result.facts["cases"],
        "patients": result.facts["patients"],
        "events": result.facts["events"],
        "complete": result.complete,
    }


def _named(facts: Any, name: str) -> Any:
    from dataclasses import replace

    return replace(facts, name=name)


def doubts(result: DevelopmentResult) -> list[str]:
    """What the reader of the figures should keep in mind."""
    facts, told = result.facts, []
    if facts["preset_sha256"] is None:
        told.append(
            "The table does not say with which preset its features were made; the models cannot refuse another one."
        )
    smaller = min(facts["events"], facts["cases"] - facts["events"])
    most = max((len(m.feature_names) for m in result.models.values()), default=0)
    if most and smaller < 10 * most:
        told.append(
            f"The largest model has {most} features for {smaller} hips in the smaller class; ten hips a feature are "
            "asked for."
        )
    for validation, group, _ in result.chosen.itertuples(index=False) if len(result.chosen) else ():
        value, low, _high = result.figure(validation, group, "auc", interval="DeLong")
        if value == 1.0 or (value > 0.99 and low > 0.97):
            told.append(
                f"{group} tells the classes apart almost without error ({validation} AUC {value:.3f}): look for a column or "
                "an outline that knows the answer, or for hips that are easier than patients are."
            )
    return told


def study_record(source: TableSource, result: DevelopmentResult) -> dict[str, str]:
    """Provenance of the page."""
    from .provenance import provenance, sha256_of_file

    return dict(
        provenance(
            packages=("pandas", "scikit-learn", "scipy"),
            cohort=source.path.name,
            cohort_sha256=sha256_of_file(source.path),
            preset_sha256=result.facts["preset_sha256"] or "not known",
            protocol=repr(result.protocol),
        )
    )


# a bundle from images, and a bundle on other hips -----------------------------------------------------------------


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
        cohort: folder or CSV file of :func:`.predict.cohort_features.read_cases`; a CSV file without the column
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
    from .predict.dlr_bundle import save_dlr_bundle
    from .predict.feature_table import read_feature_table

    options = dict(options or {})
    protocol = protocol_of(options)
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
    result = run(table, protocol, progress=lambda s, t: say(0.5 + 0.45 * s, t))
    given = bundle_facts(source, table, {**facts, **options, "name": "own"})
    answer = write_study(result, folder, source, facts=given)
    bundle = save_dlr_bundle(result, group, out, _named(given, out.name))
    say(1.0, "Bundle written")
    chosen = {name: m for name, m in answer["metrics"].items() if name.startswith(f"{group} ")}
    return {**answer, "bundle": str(bundle.path), "metrics": chosen, "all_metrics": answer["metrics"]}


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

    from .predict.cohort_features import extract_feature_sets, read_cases, table_source
    from .predict.feature_table import TableSource, is_feature, read_csv

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
        words = f"{len(set(cases['case']))} simulated patients (protocol {made.get('protocol')}, seed {made.get('seed')})"
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
) -> dict[str, Any]:
    """Apply a bundle to a table of features with a known outcome, with every figure and a report.

    Returns:
        ``report``, ``folder``, ``metrics`` (name -> value, low, high), ``tables`` (name -> path), ``bundle`` (name and
        version), ``hips``, ``patients``, ``events``, ``warnings``.

    Raises:
        InputError: as :func:`.predict.external.evaluate_bundle` and the reading of the table.
    """
    from .predict.develop_files import write_development
    from .predict.dlr_bundle import metrics_of
    from .predict.external import evaluate_bundle
    from .predict.feature_table import TableSource, read_feature_table
    from .report.case_page import Section
    from .report.model_page import write_model_page

    out = report_folder(out)
    if not _LIMITS["bootstraps"][1] <= bootstraps <= _LIMITS["bootstraps"][2]:
        raise InputError(f"The option bootstraps is {bootstraps}; 100 to 100000 is accepted.")
    source = TableSource(Path(table), outcome, patient, tuple(Path(p) for p in features), scanner=scanner)
    read = read_feature_table(source)
    checked, result, prevalence = evaluate_bundle(bundle, read, bootstraps, seed=seed)
    written = write_development(result, out)
    path = written["performance"].with_name("prevalence.csv")
    prevalence.to_csv(path, index=False)
    rows = [
        (f"{row.prevalence:.0%}", f"{row.ppv:.3f}", f"{row.npv:.3f}", f"{row.net_benefit:.3f}")
        for row in prevalence.itertuples()
    ]
    section = Section("At other prevalences", columns=("Prevalence", "PPV", "NPV", "Net benefit"), rows=rows)
    record = study_record(source, result) | {
        "bundle": f"{checked.name} {checked.version}",
        "bundle_sha256": checked.sha256,
    }
    told = [*doubts(result), str(checked.metadata["training_data"])]
    title = f"{checked.name} on {source.path.name}"
    page = write_model_page(result, out, record, title=title, after=[section], warnings=told)
    kinds = ("figure", "model", "run")
    metrics = {name.split(" ", 2)[2]: m for name, m in metrics_of(result).items()}
    row = result.calibration.iloc[0]
    for name in ("slope", "intercept", "ece", "hosmer_lemeshow_p"):
        ends = (row[name], row.get(f"{name}_low"), row.get(f"{name}_high"))
        metrics[name] = dict(zip(("value", "low", "high"), map(_or_none, ends), strict=True))
    return {
        "report": str(page),
        "folder": str(out),
        "bundle": f"{checked.name} {checked.version}",
        "metrics": metrics,
        "warnings": told,
        "tables": {n: str(p) for n, p in {**written, "prevalence": path}.items() if not n.startswith(kinds)},
        "hips": result.facts["cases"],
        "patients": result.facts["patients"],
        "events": result.facts["events"],
    }


def _or_none(value: Any) -> float | None:
    return None if value is None or value != value else float(value)  # noqa: PLR0124 - NaN

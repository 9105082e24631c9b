"""The DLR study's work from files to files: a table of features to validated models, report and bundles.

Joins the rooms early and report; the command line, the worker and the module ONFHPredict call it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import InputError
from ..core.progress import Progress
from .options import number_or_share, one_of, report_folder, whole_numbers

if TYPE_CHECKING:
    import pandas as pd

    from ..early.develop import DevelopmentResult
    from ..report.case_page import Section
    from ..tabular.protocol import DlrProtocol
    from ..tabular.tables.feature_table import FeatureTable, TableSource
    from .reporting.early import Further
    from .reporting.plan import AnalysisPlan

PAINTED_BANNER = (
    "The diseased hips here are simulated, or real ones with painted disease: no patient with osteonecrosis stands "
    "behind them, and the figures say little about patients."
)
SIMULATED_BANNER = (
    "All hips here are simulated: no patient stands behind them, and the figures say nothing about patients."
)
_VALIDATION = 100  # of each class (Vergouwe et al., J Clin Epidemiol 2005;58:475)
_TRAINED = 0.9  # share of the work before files are written
LIMITS = {
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
            the bundles), ``describe`` (columns of Table 1 and of the subgroups), ``plan`` (path: the analysis that was
            written down beforehand), those of :class:`.reporting.early.Further`, ``simulated`` (bool),
            ``stop`` (path: when this file appears, the run ends after the training under way and keeps what is done), and
            the options of the protocol: ``classifiers``, ``alpha``, ``adjust``, ``limit``, ``k``, ``rule``,
            ``components``, ``outer_folds``, ``inner_folds``, ``test_share``, ``bootstraps``, ``seed``, ``workers``,
            ``naive``.
        progress: called with a share 0..1 and a text.

    Returns:
        ``report`` (path of index.html), ``folder``, ``metrics`` (name -> value, low, high), ``warnings``, ``models``,
        ``bundles`` and ``tables`` (name -> path), ``funnel`` (group -> counts), ``hips``, ``patients``, ``events``,
        ``complete``.

    Raises:
        InputError: every mistake of the table or the protocol, by name.
    """
    from ..tabular.tables.feature_table import TableSource, read_feature_table
    from .reporting.early import Further, clinical_columns
    from .reporting.plan import read_plan

    protocol = protocol_from_options(arguments)
    plan = read_plan(arguments.get("plan"), "dlr")
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
    clinical = clinical_columns(source, arguments.get("describe"))
    result = run_protocol(table, protocol, arguments.get("stop"), lambda s, text: report(_TRAINED * s, text))
    report(_TRAINED, "Writing tables, figures and bundles")
    facts = bundle_facts(source, table, arguments)
    answer = write_study(
        result,
        out,
        source,
        facts=facts,
        table=table,
        clinical=clinical,
        plan=plan,
        asked=Further.of(arguments),
    )
    report(1.0, "Done" if result.complete else "Stopped; what was finished is kept")
    return answer


def run_protocol(
    table: FeatureTable,
    protocol: DlrProtocol,
    stop: str | Path | None = None,
    progress: Progress | None = None,
) -> DevelopmentResult:
    """The protocol on a table that was read; ends early, with what is done, once the file ``stop`` exists."""
    from ..early.develop import run_dlr_protocol

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


def protocol_from_options(arguments: Mapping[str, Any]) -> DlrProtocol:
    """The protocol of the options in ``arguments``; those that are absent or None keep the study's value.

    Raises:
        InputError: an option out of range, an unknown classifier, one whose package is missing.
    """
    from ..tabular.protocol import DlrProtocol

    chosen: dict[str, Any] = whole_numbers(arguments, LIMITS)
    for name in ("alpha", "limit", "test_share"):
        if arguments.get(name) is not None:
            chosen[name] = float(arguments[name])
    for name, known in (("adjust", ("none", "bh")), ("rule", ("min", "1se"))):
        value = one_of(arguments, name, known)
        if value is not None:
            chosen[name] = None if value == "none" else value
    chosen["naive"] = bool(arguments.get("naive"))
    chosen["components"] = number_or_share(arguments, "components")
    if arguments.get("classifiers"):
        chosen["classifiers"] = tuple(arguments["classifiers"])
    protocol = DlrProtocol(**chosen)
    if not protocol.test_share and not protocol.outer_folds:
        raise InputError(
            "The protocol has neither a test part nor outer folds; a model needs one of them to be judged."
        )
    protocol.keys  # noqa: B018 - asks for the packages before the work starts
    return protocol


def bundle_facts(source: TableSource, table: FeatureTable, arguments: Mapping[str, Any]) -> Any:
    """What goes into the bundles beside the run itself."""
    from ..early.model_bundle import BundleFacts

    simulated = bool(arguments.get("simulated"))
    return BundleFacts(
        name=str(arguments.get("name") or "own"),
        cohort=str(arguments.get("cohort_words") or f"the cohort '{source.path.stem}'"),
        simulated=simulated,
        real=str(arguments.get("real") or ""),
        sequence=tuple(arguments.get("sequence") or ()),
        backbone=str(arguments.get("backbone") or _backbone_name(table)),
        backbone_sha256=table.backbones[0] if table.backbones else "",
        command=str(arguments.get("command") or ""),
        patients=() if simulated else tuple(sorted(set(map(str, table.patients)))),
    )


def _backbone_name(table: FeatureTable) -> str:
    """The bundled backbone where it is the one that made the deep features, else nothing."""
    from ..bundles.bundle import load_bundle, same_model
    from ..bundles.defaults import default_backbone

    if not table.backbones:
        return ""
    bundled = load_bundle(default_backbone())
    return bundled.path.name if same_model(bundled.sha256, table.backbones[0]) else ""


def write_study(
    result: DevelopmentResult,
    out: Path,
    source: TableSource,
    *,
    facts: Any,
    table: FeatureTable | None = None,
    clinical: pd.DataFrame | None = None,
    plan: AnalysisPlan | None = None,
    asked: Further | None = None,
    title: str = "Early osteonecrosis: development of models",
    before: Sequence[Section] = (),
    after: Sequence[Section] = (),
    extra: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Tables, figures, models, bundles and the page of a development; see :func:`develop_dlr` for what comes back.

    Args:
        table: the hips, for the waterfall of one of them and for the further sections.
        clinical: what describes the hips (:func:`.reporting.early.clinical_columns`), for Table 1 and subgroups.
        plan: the analysis that was written down beforehand, beside which the report lists what was done otherwise.
        asked: what the report holds on request, since it takes longer.
    """
    from ..early.develop import format_selection_counts
    from ..early.development_files import write_development, write_waterfalls
    from ..early.model_bundle import collect_metrics, save_dlr_bundle
    from ..report.model_page import write_model_page
    from .reporting.early import early_sections
    from .reporting.parts import TABLE_1

    written = write_development(result, out) | write_waterfalls(result, table, out)
    bundles = {}
    for group in result.models:
        name = f"{group.lower()}-{facts.name}"
        bundles[group] = str(
            save_dlr_bundle(result, group, out / "bundles" / name, with_bundle_name(facts, name)).path
        )
    further: list[Section] = []
    left_out: list[str] = []
    if table is not None and clinical is not None:
        further, left_out = early_sections(result, table, clinical, out, source, plan, asked)
    warnings = [*collect_warnings(result), *left_out]
    page = write_model_page(
        result,
        out,
        {**study_provenance(source, result), **(extra or {})},
        figures=[p for n, p in written.items() if n.startswith("figure ")],
        title=title,
        banner=PAINTED_BANNER if facts.real else SIMULATED_BANNER if facts.simulated else "",
        before=[*(one for one in further if one.title.startswith(TABLE_1)), *before],
        after=[*after, *(one for one in further if not one.title.startswith(TABLE_1))],
        warnings=warnings,
    )
    kinds = ("figure", "model", "CLEAR", "METRICS", "run")
    lines = format_selection_counts(result).splitlines() if len(result.funnel) else []
    return {
        "report": str(page),
        "folder": str(out),
        "metrics": collect_metrics(result),
        "warnings": warnings,
        "models": {n.removeprefix("model "): str(p) for n, p in written.items() if n.startswith("model ")},
        "bundles": bundles,
        "tables": {n: str(p) for n, p in written.items() if not n.startswith(kinds)},
        "funnel": dict(line.split(": ") for line in lines),
        "hips": result.facts["cases"],
        "patients": result.facts["patients"],
        "events": result.facts["events"],
        "complete": result.complete,
    }


def with_bundle_name(facts: Any, name: str) -> Any:
    from dataclasses import replace

    return replace(facts, name=name)


def collect_warnings(result: DevelopmentResult) -> list[str]:
    """What the reader of the figures should keep in mind."""
    from ..tabular.protocol import EXTERNAL

    facts, warnings = result.facts, []
    if facts["preset_sha256"] is None:
        warnings.append(
            "The table does not say with which preset its features were made; the models cannot refuse another one."
        )
    smaller = min(facts["events"], facts["cases"] - facts["events"])
    elsewhere = len(result.chosen) > 0 and (result.chosen["validation"] == EXTERNAL).all()
    if elsewhere and smaller < _VALIDATION:
        warnings.append(
            f"There are {smaller} hips in the smaller class; a validation on other patients is asked to have "
            f"{_VALIDATION} of each, so that the intervals are wide."
        )
    most = max((len(m.terms) for m in result.models.values()), default=0)
    # hips on which a finished model is judged trained nothing
    if most and smaller < 10 * most and not elsewhere:
        warnings.append(
            f"The largest model has {most} features for {smaller} hips in the smaller class; ten hips a feature are "
            "asked for."
        )
    for validation, group, _ in result.chosen.itertuples(index=False) if len(result.chosen) else ():
        value, low, _high = result.figure(validation, group, "auc")
        if value == 1.0 or (value > 0.99 and low > 0.97):
            warnings.append(
                f"{group} tells the classes apart almost without error ({validation} AUC {value:.3f}): look for a "
                "column or an outline that knows the answer, or for hips that are easier than patients are."
            )
    return warnings


def study_provenance(source: TableSource, result: DevelopmentResult) -> dict[str, str]:
    """Provenance of the page."""
    from ..core.provenance import provenance, sha256_of_file

    return dict(
        provenance(
            packages=("pandas", "scikit-learn", "scipy"),
            cohort=source.path.name,
            cohort_sha256=sha256_of_file(source.path),
            preset_sha256=result.facts["preset_sha256"] or "not known",
            protocol=repr(result.protocol),
        )
    )

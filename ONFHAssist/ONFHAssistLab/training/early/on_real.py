"""``onfh train dlr --on FOLDER``: early osteonecrosis on T1, T2, T2 FS, STIR and PD FS, learned from real hips too.

One bundle, two models: one for bright marrow, one for suppressed (:mod:`.parts`). They learn from simulated
patients of the hard DLR plan and from real hips, as they are and with painted disease, all read at the heads that the
shipped networks outline (:mod:`.hips`). The cross-validation is by patient, so that each real hip is judged by models
that never saw its patient, though the networks that outline may have; the last scanner of the simulated patients is left
out of every training.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.names import is_deep, is_feature
from ONFHAssistLib.core.progress import Progress, part_of
from ONFHAssistLib.tabular.by_sequence import ModelBySequence, SequencePart
from ONFHAssistLib.tabular.tables.feature_table import FeatureTable, TableSource, read_feature_table

from ...simulate.acquisition.protocols import SEQUENCES
from .bundle import save_real_bundle, study_result, write_real_report
from .figures import Figure, calibration, figures_of
from .hips import PRESET, REAL, SIMULATED, UNSEEN, outlined_hips, sources
from .parts import PARTS, cross_validated, developed

OUTCOME = "early_onfh"
KNOWN = (
    "case",
    "side",
    "patient",
    OUTCOME,
    "kind",
    "sequence",
    "scanner",
    "plane",
    "stage",
    "shows",
    "necrosis_ml",
)
WITH_DEEP = ("DL", "DLR")


@dataclass(frozen=True)
class RealDlrPlan:
    """How much is done.

    Attributes:
        patients: simulated, both hips in two scans each.
        painted: images with painted disease of every real patient, beside the one as it is.
        seed: of everything.
        group: Rad, DL or DLR.
        credit: the real images in words with their licence.
        folds: of the outer cross-validation.
    """

    patients: int = 150
    painted: int = 6
    seed: int = 2030
    group: str = "DLR"
    credit: str = ""
    folds: int = 5


def train_dlr_on_real(
    folder: str | Path,
    out: str | Path,
    work: str | Path | None = None,
    plan: RealDlrPlan | None = None,
    report: str | Path | None = None,
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Read the hips, develop, judge, write report and bundle.

    Args:
        folder: of real hips with known heads (:func:`...simulate.hybrid.real_hips.read_real_heads`).
        out: folder of the bundle.
        work: keeps scans and features; ``out`` with "-work" by default.
        report: folder of the report; ``out`` with "-report" by default.
        options: ``workers``, ``bootstraps`` and ``command``.

    Returns:
        As :func:`..dlr.train_dlr`; ``metrics`` are the figures by parts.
    """
    from ONFHAssistLib.develop.dlr import bundle_facts
    from ONFHAssistLib.develop.options import report_folder

    plan, out, say = plan or RealDlrPlan(), Path(out), progress or (lambda _share, _text: None)
    if plan.folds < 2:
        raise InputError(f"{plan.folds} folds were asked for; real hips are judged by at least 2.")
    options = dict(options or {})
    odd = [name for name in options.get("classifiers") or () if name != "LR"]
    if odd:
        raise InputError(
            f"On real hips the models are penalised logistic regressions (LR); {odd[0]} cannot be asked for."
        )
    work = out.with_name(f"{out.name}-work") if work is None else Path(work)
    page = report_folder(out.with_name(f"{out.name}-report") if report is None else report)
    chosen = sources(folder, plan.patients, plan.painted, plan.seed)
    hips = outlined_hips(chosen, work, int(options.get("workers") or 1), part_of(say, 0.0, 0.6))
    found = hips[hips["found"]]
    learn, unseen = (found[(found["scanner"] == UNSEEN) == last] for last in (False, True))
    source = _written(learn, work / f"table-{plan.group}", plan.group)
    table = read_feature_table(source)
    model, answers = develop_parts(table, learn, plan, part_of(say, 0.6, 0.9))
    figures, note = judged(model, answers, table, unseen)
    result = study_result(
        model, answers, table, plan.folds, plan.seed, int(options.get("bootstraps") or 1000)
    )
    given = {
        **options,
        "name": out.name,
        "simulated": True,
        "sequence": list(SEQUENCES),
        "cohort_words": _words(learn, plan),
        "real": plan.credit or "real patients",
    }
    lost = f"Heads that the networks did not find: {int((~hips['found']).sum())} of {len(hips)}."
    bundle = save_real_bundle(
        result, model, out, bundle_facts(source, table, given), f"{note}\n\n{lost}", figures
    )
    answer = write_real_report(result, page, source, figures)
    say(1.0, "Bundle written")
    return {**answer, "bundle": str(bundle.path), "metrics": {f["what"]: _interval(f) for f in figures}}


def develop_parts(
    table: FeatureTable, learn: pd.DataFrame, plan: RealDlrPlan, progress: Progress
) -> tuple[ModelBySequence, pd.DataFrame]:
    """The final models of all parts, and the held-out answers.

    Args:
        learn: facts of the hips of ``table``, in any order.

    Returns:
        The model; and the facts in the order of the table with ``part``, ``fold``, ``probability``, ``threshold``.
    """
    hips = learn.set_index(["case", "side"])[list(KNOWN[2:])].loc[table.features.index]
    features = table.features[table.groups[plan.group]].astype(float)
    parts, answers = [], []
    for number, (title, sequences) in enumerate(PARTS.items()):
        rows = hips["sequence"].isin(sequences).to_numpy()
        own, facts = features[rows], hips[rows]
        progress(number / len(PARTS), f"Model for {title}")
        held = cross_validated(own, facts, plan.folds, plan.seed)
        answers.append(facts.assign(part=title, **held))
        fitted, line = developed(own, facts, plan.seed)
        said = {
            "cases": len(facts),
            "patients": int(facts["patient"].nunique()),
            "events": int(facts[OUTCOME].sum()),
            "features": fitted.setting.features,
            "penalty": f"ridge, C = {fitted.setting.strength:g}",
            "seed": plan.seed,
        }
        preset = features.attrs.get("preset_sha256") or table.features.attrs.get("preset_sha256")
        parts.append(SequencePart(title, sequences, fitted.with_line(line, plan.group, preset, said)))
    model = ModelBySequence(plan.group, tuple(parts))
    return model, pd.concat(answers).loc[table.features.index]


def judged(
    model: ModelBySequence, answers: pd.DataFrame, table: FeatureTable, unseen: pd.DataFrame
) -> tuple[list[Figure], str]:
    """Figures of the held-out hips and of the unseen scanner, and their Markdown.

    Args:
        answers: of :func:`develop_parts`. unseen: hips of the scanner that no training saw.
    """
    held = [*figures_of(answers), *_calibration_of_parts(answers)]
    parts, figures = [_markdown("Held out by patient", held)], held
    if len(unseen):
        features = unseen[list(model.feature_names)].astype(float)
        features.attrs.update(table.features.attrs)
        probability = model.predict_proba(features, unseen["sequence"]).to_numpy()
        threshold = model.thresholds(features, unseen["sequence"])
        seen = unseen.assign(probability=probability, threshold=threshold)
        others = [{**f, "what": f"Scanner never trained: {f['what']}"} for f in figures_of(seen)]
        figures = [*held, *others]
        parts.append(_markdown("On a scanner that no training saw", others))
    return figures, "\n\n".join(parts)


def _calibration_of_parts(answers: pd.DataFrame) -> list[Figure]:
    """Of each part, and of the study's own sequence alone."""
    groups = {title.capitalize(): answers["part"] == title for title in PARTS} | {
        "T2 FS": answers["sequence"] == "T2 FS"
    }
    return [
        {**figure, "what": f"{name}: {str(figure['what'])[0].lower()}{str(figure['what'])[1:]}"}
        for name, rows in groups.items()
        for figure in (calibration(answers[rows]) if rows.any() else ())
    ]


def _markdown(title: str, figures: list[Figure]) -> str:
    from ONFHAssistLib.bundles.cards import markdown_table

    rows = [
        (f["what"], f["hips"], f["patients"], f"{f['value']:.3f} ({f['low']:.3f} to {f['high']:.3f})")
        for f in figures
    ]
    return f"### {title}\n\n{markdown_table(('', 'hips', 'patients', 'figure (95% interval)'), rows)}"


def _interval(figure: Figure) -> dict[str, float]:
    return {name: float(figure[name]) for name in ("value", "low", "high")}


def _written(learn: pd.DataFrame, folder: Path, group: str) -> TableSource:
    """The hips and their features as the tables that a development reads, with what made them."""
    from ONFHAssistLib.extract.deep import load_backbone
    from ONFHAssistLib.extract.presets import load_preset

    deep = group in WITH_DEEP
    names = [c for c in learn.columns if is_feature(c) and (deep or not is_deep(c))]
    folder.mkdir(parents=True, exist_ok=True)
    hips, features = folder / "hips.csv", folder / "features.csv"
    write_text(hips, learn[list(KNOWN)].to_csv(index=False, lineterminator="\n"))
    write_text(features, learn[["case", "side", *names]].to_csv(index=False, lineterminator="\n"))
    made = {"preset_sha256": load_preset(PRESET).sha256} | (
        {"backbone_sha256": load_backbone().sha256} if deep else {}
    )
    made["table_sha256"] = hashlib.sha256(features.read_bytes()).hexdigest()
    write_text(folder / "manifest.json", json.dumps(made, indent=1) + "\n")
    return TableSource(hips, OUTCOME, "patient", (features,), (group,))


def _words(learn: pd.DataFrame, plan: RealDlrPlan) -> str:
    """Whose hips the models learned from."""
    simulated = learn.loc[learn["kind"] == SIMULATED, "patient"].nunique()
    real = learn.loc[learn["kind"] != SIMULATED, "patient"].nunique()
    bare = int((learn["kind"] == REAL).sum())
    credit = f" ({plan.credit})" if plan.credit else ""
    return (
        f"{simulated} simulated patients and {real} real ones without known disease of the hips{credit}, the latter's as "
        f"they are ({bare} hips) and with simulated disease painted into them"
    )

"""``onfh train dlr --on FOLDER``: a model of early osteonecrosis for T1, T2, T2 FS, STIR and PD FS, on real hips too.

One model answers on every sequence and is not told which it is. It learns from simulated patients of the hard DLR plan
and from real hips, as they are and with painted disease, all read at the heads that the shipped networks outline
(:mod:`.dlr_hips`). The nested cross-validation is by patient, so that each real hip is judged by models that never saw
its patient; the last scanner of the simulated patients is left out of every training.
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
from ONFHAssistLib.early.develop import CHOSEN_INSIDE, DevelopmentResult
from ONFHAssistLib.tabular.protocol import NESTED
from ONFHAssistLib.tabular.tables.feature_table import FeatureTable, TableSource, read_feature_table

from ..simulate.acquisition.protocols import SEQUENCES
from .dlr_figures import CLASSIFIERS, Figure, cross_fitted, figures_of, fit_line, recalibrated
from .dlr_hips import PRESET, REAL, SIMULATED, UNSEEN, outlined_hips, sources

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
    """

    patients: int = 150
    painted: int = 6
    seed: int = 2030
    group: str = "DLR"
    credit: str = ""


def train_dlr_on_real(
    folder: str | Path,
    out: str | Path,
    work: str | Path | None = None,
    plan: RealDlrPlan | None = None,
    report: str | Path | None = None,
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Read the hips, develop, recalibrate, judge, write report and bundle.

    Args:
        folder: of real hips with known heads (:func:`..simulate.hybrid.real_hips.read_real_heads`).
        out: folder of the bundle.
        work: keeps scans and features; ``out`` with "-work" by default.
        report: folder of the report; ``out`` with "-report" by default.
        options: of :func:`ONFHAssistLib.develop.dlr.develop_dlr`, and ``command``.

    Returns:
        As :func:`.dlr.train_dlr`; ``metrics`` are the figures by parts.
    """
    from ONFHAssistLib.develop.dlr import bundle_facts, protocol_from_options, run_protocol, write_study
    from ONFHAssistLib.develop.options import report_folder
    from ONFHAssistLib.early.model_bundle import save_dlr_bundle

    plan, out, say = plan or RealDlrPlan(), Path(out), progress or (lambda _share, _text: None)
    options = {"classifiers": ["LR"], "test_share": 0.0, "seed": plan.seed, **dict(options or {})}
    odd = [name for name in options["classifiers"] if name not in CLASSIFIERS]
    if odd:
        raise InputError(
            f"The classifier {odd[0]} cannot be recalibrated; choose from {', '.join(CLASSIFIERS)}."
        )
    protocol = protocol_from_options(options)
    work = out.with_name(f"{out.name}-work") if work is None else Path(work)
    page = report_folder(out.with_name(f"{out.name}-report") if report is None else report)
    chosen = sources(folder, plan.patients, plan.painted, plan.seed)
    hips = outlined_hips(chosen, work, int(options.get("workers") or 1), part_of(say, 0.0, 0.6))
    found = hips[hips["found"]]
    learn, unseen = (found[(found["scanner"] == UNSEEN) == last] for last in (False, True))
    source = _written(learn, work / f"table-{plan.group}", plan.group)
    table = read_feature_table(source)
    result = run_protocol(table, protocol, progress=part_of(say, 0.6, 0.9))
    figures, note = judged(result, table, learn, unseen, plan.group)
    facts = bundle_facts(
        source,
        table,
        {
            **options,
            "name": out.name,
            "simulated": True,
            "sequence": list(SEQUENCES),
            "cohort_words": _words(learn, plan),
            "real": plan.credit or "real patients",
        },
    )
    lost = f"Heads that the networks did not find: {int((~hips['found']).sum())} of {len(hips)}."
    notes = f"{note}\n\n{lost}\n\n{_HOW}"
    answer = write_study(result, page, source, facts=facts, table=table)
    bundle = save_dlr_bundle(
        result, plan.group, out, facts, notes, {f["what"]: _interval(f) for f in figures}
    )
    pd.DataFrame(figures).to_csv(page / "tables" / "by_parts.csv", index=False)
    say(1.0, "Bundle written")
    metrics = {figure["what"]: _interval(figure) for figure in figures}
    return {**answer, "bundle": str(bundle.path), "metrics": metrics}


_HOW = (
    "Every hip is read at the head that the shipped networks outline. The model is not told the sequence. Parts: held "
    "out by patient in the nested cross-validation, recalibrated and called at a threshold from the other folds; every "
    "interval has the patient as its unit."
)


def judged(
    result: DevelopmentResult, table: FeatureTable, learn: pd.DataFrame, unseen: pd.DataFrame, group: str
) -> tuple[list[Figure], str]:
    """Recalibrate the final model in place; figures of the held-out hips and of the unseen scanner, and their Markdown.

    Args:
        learn: the hips of the development, rows as in ``table``. unseen: of the scanner that no training saw.
    """
    held = result.predictions
    held = held[
        (held["validation"] == NESTED) & (held["group"] == group) & (held["classifier"] == CHOSEN_INSIDE)
    ]
    held = held.sort_values("row")
    outcome, raw = held["outcome"].to_numpy(), held["probability"].to_numpy()
    at = learn.set_index(["case", "side"]).loc[table.features.index[held["row"]]].reset_index()
    probability, threshold = cross_fitted(outcome, raw, held["fold"].to_numpy())
    figures = figures_of(at.assign(probability=probability, threshold=threshold))
    model = recalibrated(result.models[group], fit_line(outcome, raw))
    result.models[group] = model
    parts = [_markdown("Held out by patient", figures)]
    if len(unseen):
        features = unseen[list(model.feature_names)].astype(float)
        features.attrs.update(table.features.attrs)
        new = model.predict_proba(features).to_numpy()
        others = figures_of(unseen.assign(probability=new, threshold=model.threshold))
        others = [{**figure, "what": f"Scanner never trained: {figure['what']}"} for figure in others]
        figures = [*figures, *others]
        parts.append(_markdown("On a scanner that no training saw", others))
    return figures, "\n\n".join(parts)


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
    """Whose hips the model learned from."""
    simulated = learn.loc[learn["kind"] == SIMULATED, "patient"].nunique()
    real = learn.loc[learn["kind"] != SIMULATED, "patient"].nunique()
    bare = int((learn["kind"] == REAL).sum())
    credit = f" ({plan.credit})" if plan.credit else ""
    return (
        f"{simulated} simulated patients and {real} real ones without known disease of the hips{credit}, the latter's as "
        f"they are ({bare} hips) and with simulated disease painted into them"
    )

"""3D-ONFHNet again on simulated patients: train or load, judge inside and outside, everything beside the paper's figures.

``onfh evaluate stage`` is the second half of it on any cohort. Steps leave their files in the work folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.atomic_files import write_json, write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.core.provenance import provenance
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.report.case_page import Section
from ONFHAssistLib.stage.evaluation import (
    STAGES,
    classwise_error,
    read_readers,
    stage_metrics,
)
from ONFHAssistLib.stage.readers_compared import compare_readers
from ONFHAssistLib.stage.stager import DEFAULT_BUNDLE, Stager, load_stager
from ONFHAssistLib.tabular.tables.reader import read_csv

from ...training.stage.card import require_same_cohort
from ...training.stage.chain import (
    SETS,
    Randomisation,
    evaluate_cohort,
    heat_summary,
    intensity_baseline,
    randomisation_test,
)
from . import published as paper
from .baseline import cohort_section, cohort_table

SHOWN_FIGURES = (
    "macro_auc",
    "macro_accuracy",
    "macro_sensitivity",
    "macro_specificity",
    "macro_f1",
    "share_right",
    "share_exact",
    "share_i_or_ii",
    "exact_right",
    "stage_or_both_right",
    "necrosis_accuracy",
    "necrosis_sensitivity",
    "necrosis_specificity",
    "ece",
)
FURTHER_SET = "internal, further"
MAX_INTENSITY_AUC = 0.8  # macro AUC that thresholding of the mean intensity must not reach


def reproduce_onfhnet(
    out: str | Path,
    cohort: str | Path | None = None,
    bundle: str | Path = DEFAULT_BUNDLE,
    work: str | Path | None = None,
    *,
    train: bool = False,
    detect: bool = True,
    readers: str | Path | None = None,
    resamples: int = 1000,
    seed: int = 2026,
    further: str | Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Simulate, train or load, judge, write the report.

    Args:
        out: folder for ``index.html``, tables and figures.
        cohort: folder of ``onfh simulate --protocol onfhnet``; None simulates the study's 209 patients into ``work``.
        bundle: by name or folder; with ``train`` the folder of the new bundle, ``out``/bundle by default.
        work: keeps what takes long; ``out``/work by default.
        train: train on the cohort first instead of loading.
        detect: find the heads with the detector; False takes the cohort's own.
        readers: CSV of up to three readers' stages.
        further: another simulated cohort of which nothing was trained on; all its internal patients are judged as
            well, since the study's split leaves only some 30 hips for the internal test.

    Returns:
        ``report``, ``table``, ``against_paper`` (paths), ``metrics`` (set -> figure -> value, low, high), ``baseline``,
        ``heat``, ``randomisation``, ``readers``, ``warnings``.
    """
    report = progress or (lambda _fraction, _text: None)
    out = Path(out)
    work = Path(work) if work is not None else out / "work"
    cohort = _cohort(cohort, work, seed, lambda f, t: report(0.3 * f, t))
    if train:
        from ...training.stage.protocol import train_stage

        bundle = out / "bundle" if str(bundle) == DEFAULT_BUNDLE else bundle
        train_stage(cohort, bundle, work, progress=lambda f, t: report(0.3 + 0.4 * f, t))
    return evaluate_stage(
        cohort, bundle, out, detect=detect, readers=readers, resamples=resamples, further=further, work=work,
        progress=lambda f, t: report(0.7 + 0.3 * f, t), title="3D-ONFHNet on simulated patients", with_publication=True,
    )  # fmt: skip


def _cohort(cohort: str | Path | None, work: Path, seed: int, report: Progress) -> Path:
    if cohort is not None:
        return Path(cohort)
    from ...simulate.cohort import simulate_cohort

    folder = work / "cohort"
    simulate_cohort(
        "onfhnet", None, seed, folder, resume=folder.exists() and any(folder.iterdir()),
        progress=lambda done, cases: report(done / cases, f"Patient {done} of {cases}"),
    )  # fmt: skip
    return folder


def evaluate_stage(
    cohort: str | Path,
    bundle: str | Path,
    out: str | Path,
    *,
    detect: bool = True,
    readers: str | Path | None = None,
    sets: Iterable[str] = tuple(SETS),
    resamples: int = 1000,
    progress: Progress | None = None,
    title: str = "Staging of early osteonecrosis",
    with_publication: bool = False,
    further: str | Path | None = None,
    work: str | Path | None = None,
) -> dict[str, Any]:
    """Judge a bundle on the patients of a cohort that it was not trained on; see :func:`reproduce_onfhnet`."""
    from .page import write_stage_page

    readings = read_readers(readers) if readers is not None else None
    stager = load_stager(bundle)
    opened = bundle_of(stager)
    out = Path(out)
    table = _evaluate_sets(cohort, further, stager, sets, detect, work, progress)
    answered = table[table["called"] != ""]
    if answered.empty:
        raise InputError(f"No hip of {cohort} could be staged; the first reason: {table['problem'].iloc[0]}")
    metrics = {
        name: _metrics(part, resamples, stager.certainty)
        for name, part in sets_apart(answered)
        if len(part) > 1 and (name in set(answered["set"]) or part["truth"].nunique() == len(STAGES))
    }
    check = _randomisation(cohort, stager)
    result: dict[str, Any] = {
        "metrics": metrics,
        "baseline": intensity_baseline(table[table["set"] != "unseen scanner"]),
        "heat": {name: heat_summary(part) for name, part in sets_apart(answered)},
        "randomisation": {**check.facts, "cascade": check.cascade} if check else {},
        "readers": compare_readers(_read_sets(answered), readings) if readings is not None else [],
        "warnings": _warnings(table, stager, cohort),
        "bundle": f"{opened.name} {opened.version}",
    }
    (out / "tables").mkdir(parents=True, exist_ok=True)
    _write_tables(out / "tables", table, result, with_publication)
    draw_figures(out / "figures", cohort, answered, stager, check)
    record = provenance(
        None, ("torch", "monai", "scipy", "pandas"), bundle=result["bundle"], bundle_sha256=opened.sha256,
        cohort=str(Path(cohort).name),
    )  # fmt: skip
    described = _cohort_sections(out / "tables", cohort)
    page = write_stage_page(result, out, record, title, with_publication, described)
    write_json(out / "metrics.json", _json_ready(result))
    paths = {"report": page, "table": out / "tables/answers.csv"}
    if with_publication:
        paths["against_paper"] = out / "tables/against_paper.csv"
    return {**result, **paths}


def _cohort_sections(folder: Path, cohort: str | Path) -> list[Section]:
    """Table 1 of the sets, where the cohort's table says which hip is in which."""
    path = Path(cohort) / "cohort.csv" if Path(cohort).is_dir() else Path(cohort)
    rows = read_csv(path)
    rows = rows[rows["included"].astype(int) == 1] if "included" in rows else rows
    if not {"case", "split"} <= set(rows.columns) or len(set(rows["split"])) < 2:
        return []
    table = cohort_table(rows.reset_index(drop=True))
    write_text(folder / "baseline.csv", table.to_csv(index=False, lineterminator="\n"))
    return [cohort_section(table)]


def sets_apart(answered: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Each set by name; the external hospitals together and, as in the study, as two sets by their scanner."""
    parts = [(str(name), part) for name, part in answered.groupby("set", sort=False)]
    outside = answered[answered["set"] == "external"]
    return parts + [(f"external, {scanner}", part) for scanner, part in outside.groupby("scanner")]


def _read_sets(answered: pd.DataFrame) -> pd.DataFrame:
    """The sets on which readers are compared, the two external ones apart."""
    own = answered[answered["set"].isin(("internal", "external"))]
    outside = own["set"] == "external"
    return own.assign(set=own["set"].where(~outside, own["set"] + ", " + own["scanner"]))


def _evaluate_sets(
    cohort: str | Path,
    further: str | Path | None,
    stager: Stager,
    sets: Iterable[str],
    detect: bool,
    work: str | Path | None,
    progress: Progress | None,
) -> pd.DataFrame:
    """The table of :func:`.chain.evaluate_cohort`, with the further patients as the set :data:`FURTHER_SET`."""
    report = progress or (lambda _fraction, _text: None)
    share = 1.0 if further is None else 0.6
    table = evaluate_cohort(
        cohort, stager, sets, detect, work=work, progress=lambda f, t: report(share * f, t)
    )
    if further is None:
        return table
    more = evaluate_cohort(
        further, stager, ("internal",), detect, unseen=True, work=work,
        progress=lambda f, t: report(share + (1 - share) * f, f"further {t}"),
    )  # fmt: skip
    return pd.concat([table, more.assign(set=FURTHER_SET)], ignore_index=True)


def _json_ready(value: Any) -> Any:
    """NaN and infinity as None, which JSON has."""
    if isinstance(value, dict):
        return {key: _json_ready(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json_ready(item) for item in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _metrics(part: pd.DataFrame, resamples: int, certainty: float) -> dict[str, dict[str, float]]:
    stages = part["truth"].map(STAGES.index).to_numpy()
    probability = part[[f"p_{s}" for s in STAGES]].to_numpy(float)
    found = stage_metrics(stages, probability, part["case"].to_numpy(), resamples, certainty=certainty)
    found["hips"] = {"value": float(len(part)), "low": np.nan, "high": np.nan}
    found["classwise_ece"] = {"value": classwise_error(stages, probability), "low": np.nan, "high": np.nan}
    return found


def _randomisation(cohort: str | Path, stager: Stager) -> Randomisation | None:
    try:
        return randomisation_test(cohort, stager)
    except InputError:  # no validation hip with osteonecrosis
        return None


def _warnings(table: pd.DataFrame, stager: Stager, cohort: str | Path) -> list[str]:
    sentences = (
        ["Ours is on simulated patients; it says nothing about real ones."] if _simulated(stager) else []
    )
    try:
        require_same_cohort(bundle_of(stager).metadata, cohort)
    except InputError:
        sentences.append(
            "The bundle was trained on another cohort than this one; make sure that no patient judged here was in it."
        )
    missing = table[table["called"] == ""]
    if len(missing):
        reasons = "; ".join(f"{n} x {reason}" for reason, n in missing["problem"].value_counts().items())
        sentences.append(f"{len(missing)} of {len(table)} hips were not staged: {reasons}")
    answered = table[table["called"] != ""]
    for name, part in answered.groupby("set", sort=False):
        flagged = int((part["distance"].astype(float) > 1.0).sum())
        if flagged:
            sentences.append(f"{flagged} of {len(part)} hips of the {name} set were flagged as out of scope.")
    return sentences


def _simulated(stager: Stager) -> bool:
    return "simulated" in stager.statement


def _write_tables(folder: Path, table: pd.DataFrame, result: dict[str, Any], with_publication: bool) -> None:
    write_text(folder / "answers.csv", table.to_csv(index=False, lineterminator="\n", float_format="%.6g"))
    rows = [
        {"set": name, "figure": figure, **values}
        for name, figures in result["metrics"].items()
        for figure, values in figures.items()
    ]
    write_text(folder / "figures.csv", pd.DataFrame(rows).to_csv(index=False, lineterminator="\n"))
    if result["readers"]:
        write_text(
            folder / "readers.csv", pd.DataFrame(result["readers"]).to_csv(index=False, lineterminator="\n")
        )
    if with_publication:
        text = pd.DataFrame(publication_rows(result["metrics"])).to_csv(index=False, lineterminator="\n")
        write_text(folder / "against_paper.csv", text)


def publication_rows(metrics: dict[str, Any]) -> list[dict[str, Any]]:
    """``set``, ``figure``, ``paper``, ``ours``, ``low``, ``high``: the study's table beside ours."""
    rows = []
    pairs = [(name, published) for name, published in paper.FIGURES.items()]
    if FURTHER_SET in metrics:
        pairs.insert(1, (FURTHER_SET, paper.FIGURES["internal"]))
    for name, published in pairs:
        own = metrics.get(name)
        for figure, value in published.items():
            found = own.get(figure) if own else None
            rows.append(
                {
                    "set": name,
                    "figure": figure,
                    "paper": value,
                    **{
                        key: found[end] if found else float("nan")
                        for key, end in (("ours", "value"), ("low", "low"), ("high", "high"))
                    },
                }
            )
    return rows


def draw_figures(
    folder: Path,
    cohort: str | Path,
    answered: pd.DataFrame,
    stager: Stager,
    check: Randomisation | None = None,
) -> None:
    """ROC, confusion and calibration of each set, heat over example hips, and the randomisation check."""
    from ONFHAssistLib.evaluate.figures.binary import draw_calibration, draw_roc, save_figure

    from ...training.stage.figures import draw_heat, draw_randomisation, draw_stage_confusion

    for name, part in sets_apart(answered):
        stages = part["truth"].map(STAGES.index).to_numpy()
        probability = part[[f"p_{s}" for s in STAGES]].to_numpy(float)
        present = [k for k in range(3) if 1 < np.count_nonzero(stages == k) < len(stages) - 1]
        if not present:
            continue
        scores = {f"stage {STAGES[k]}": ((stages == k).astype(int), probability[:, k]) for k in present}
        tail = name.replace(",", "").replace(" ", "_")
        save_figure(draw_roc(scores, f"Each stage against the rest, {name}"), folder / f"roc_{tail}.png", 150)
        save_figure(
            draw_stage_confusion(stages, probability.argmax(axis=1), name.capitalize()),
            folder / f"confusion_{tail}.png",
            150,
        )
        with suppress(InputError):  # too few hips for a curve
            save_figure(
                draw_calibration(scores, f"Calibration, {name}"), folder / f"calibration_{tail}.png", 150
            )
    cases = heat_examples(cohort, answered, stager)
    if cases:
        save_figure(draw_heat(cases), folder / "heat.png", 150)
    if check is not None:
        figure = draw_randomisation(check.examples, check.cascade, check.facts["ssim_between_members"])
        save_figure(figure, folder / "randomisation.png", 150)


def heat_examples(cohort: str | Path, answered: pd.DataFrame, stager: Stager, most: int = 6) -> list[tuple]:
    """Crop, heat, necrosis and caption of the first hips staged I and II, right and wrong, for the figure."""
    from ONFHAssistLib.imaging.files import read_mask
    from ONFHAssistLib.imaging.labels import NECROSIS
    from ONFHAssistLib.stage.head_crop import crop_grid, crop_head
    from ONFHAssistLib.stage.heatmaps import ensemble_heat

    from ...training.stage.chain import crop_input
    from ...training.stage.data import head_of, read_rows

    folder = Path(cohort) if Path(cohort).is_dir() else Path(cohort).parent
    rows = {(row["case"], row["side"]): row for row in read_rows(cohort)}
    positive = answered[(answered["set"].isin(("internal", "external"))) & (answered["called"] != "0")]
    examples = []
    for stage in ("I", "II"):
        own = positive[positive["called"] == stage]
        right = own[own["truth"] == stage].head(most // 2 - (own["truth"] != stage).any())
        examples += [*right.itertuples(), *own[own["truth"] != stage].head(1).itertuples()]
    result = []
    for found in examples:
        row = rows[(found.case, found.side)]
        head = head_of(row)
        x = crop_input(read_image(folder / row["image"]), head, stager)
        heat = ensemble_heat(stager.network.networks, x, STAGES.index(found.called), *stager.heat)
        necrosis = np.zeros(heat.shape, bool)
        if row.get("segmentation"):
            cut = crop_head(
                read_mask(folder / row["segmentation"]), crop_grid(head, stager.margin), "nearest"
            )
            necrosis = cut.array == NECROSIS[head.side]
        result.append((x[0, 0].numpy(), heat, necrosis, f"given {found.called}, true {found.truth}"))
    return result

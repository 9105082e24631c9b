"""One self-contained HTML page of a judged stager: figures by set, beside the paper's, readers, heat, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ONFHAssistLib.report.case_page import CasePage, Picture, Section, write_case_page
from ONFHAssistLib.report.figure_texts import p_text

BANNER = "For research, not for diagnosis. No patient judged here was trained on."
FIGURES = {
    "hips": "Hips",
    "macro_auc": "AUC, macro",
    "macro_accuracy": "Accuracy, macro (one against rest)",
    "weighted_accuracy": "Accuracy, weighted",
    "share_right": "Hips staged right",
    "share_exact": "Hips given one stage",
    "share_i_or_ii": "Hips called I or II",
    "exact_right": "Right of those given one stage",
    "stage_or_both_right": "Right, I or II counted as right of either",
    "necrosis_accuracy": "Necrosis or none told right",
    "necrosis_sensitivity": "Necrotic hips called necrotic",
    "necrosis_specificity": "Healthy hips called 0",
    "macro_sensitivity": "Sensitivity, macro",
    "macro_specificity": "Specificity, macro",
    "macro_f1": "F1, macro",
    "weighted_f1": "F1, weighted",
    "ece": "Calibration error (ECE)",
    "ece_if_calibrated": "ECE if every probability were true, as many hips",
    "classwise_ece": "Calibration error, mean of stages",
}
STAGES = ("0", "I", "II")
NO_BREAK_DASH = "\u2060\u2013\u2060"  # between word joiners, so that an interval stays on one line
_CAPTIONS = {"roc": "ROC", "confusion": "Hips by true and given stage", "calibration": "Calibration"}


def write_stage_page(
    result: Mapping[str, Any],
    folder: Path,
    provenance: Mapping[str, str],
    title: str,
    with_publication: bool,
    described: Sequence[Section] = (),
) -> Path:
    """Write ``index.html`` from what :func:`.predict.reproduce_onfhnet.evaluate_stage` gathered."""
    tested = {
        name: result["metrics"][name]
        for name in sorted(result["metrics"], key=_place)
        if name != "validation"
    }
    sections = [
        *([_paper(tested)] if with_publication else []),
        _figures(tested),
        _by_stage(tested),
        *(_readers(result["readers"]) if result["readers"] else []),
        *described,
        _checks(result),
        *_wide_pictures(folder / "figures"),
        _pictures(folder / "figures"),
    ]
    if result["warnings"]:
        rows = [(sentence,) for sentence in result["warnings"]]
        sections.insert(0, Section("Warnings", columns=("What to keep in mind",), rows=rows))
    page = CasePage(
        title=title,
        banner=BANNER,
        summary=(),
        sections=sections,
        provenance=provenance,
        files={"tables/": "every table as CSV, one row a hip in answers.csv", "figures/": "every figure"},
    )
    return write_case_page(page, folder / "index.html")


def _place(name: str) -> tuple[bool, bool, str]:
    """Internal sets first, then external ones, then the unseen scanner."""
    return not name.startswith("internal"), name.startswith("unseen"), name


def _text(figure: Mapping[str, float] | None, name: str = "") -> str:
    if figure is None or figure["value"] != figure["value"]:
        return "–"
    if name == "hips":
        return f"{figure['value']:.0f}"
    if figure["low"] != figure["low"]:
        return f"{figure['value']:.3f}"
    return f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})".replace(
        " to ", NO_BREAK_DASH
    )


def _figures(metrics: Mapping[str, Any]) -> Section:
    rows = [
        (words, *(_text(figures.get(name), name) for figures in metrics.values()))
        for name, words in FIGURES.items()
    ]
    note = (
        "95% intervals by patient: shares Wilson, AUC logit, F1 as the share behind it, means over stages from the "
        "bounds of their stages, the calibration error by resampling. Macro: mean over the stages, each against the "
        "rest. The unseen scanner has scanned the external patients again; no model was trained or tuned on it."
    )
    return Section("Figures", columns=("", *metrics), rows=rows, note=note)


def _by_stage(metrics: Mapping[str, Any]) -> Section:
    rows = []
    for stage in STAGES:
        for name, words in (
            ("auc", "AUC"),
            ("sensitivity", "sensitivity"),
            ("specificity", "specificity"),
            ("f1", "F1"),
        ):
            values = (_text(figures.get(f"{stage}_{name}")) for figures in metrics.values())
            rows.append((f"Stage {stage}, {words}", *values))
    return Section("Each stage", columns=("", *metrics), rows=rows)


def _paper(metrics: Mapping[str, Any]) -> Section:
    """One row a figure; for each set the paper's value and ours beside it."""
    from .published import EQUIPMENT, FIGURES, STATEMENT

    columns, values = ["Figure"], []
    for name, published in FIGURES.items():
        columns.append(f"Paper, {EQUIPMENT.get(name, name)}")
        values.append({figure: f"{value:.3f}" for figure, value in published.items()})
        for own in metrics:
            if own in (name, f"{name}, further"):
                hips = metrics[own].get("hips", {"value": float("nan")})["value"]
                columns.append(f"Ours, {own} ({hips:.0f} hips)")
                values.append({figure: _text(found) for figure, found in metrics[own].items()})
    named = {figure: _named(figure) for published in FIGURES.values() for figure in published}
    rows = [(words, *(one.get(figure, "–") for one in values)) for figure, words in named.items()]
    return Section("Beside the paper", STATEMENT, columns, rows)


def _named(figure: str) -> str:
    """ "macro_auc" as "AUC, macro", "II_auc" as "AUC, stage II"."""
    of, _, what = figure.partition("_")
    words = {"auc": "AUC", "f1": "F1"}.get(what, what.capitalize())
    return f"{words}, {of if of == 'macro' else 'stage ' + of}"


def _readers(readers: list[Mapping[str, Any]]) -> list[Section]:
    """Two rows a set and reader, the reader's figures and the stager's on the same hips; and the tests between them."""
    words = {
        "right": "Right",
        "sensitivity": "Sensitivity",
        "specificity": "Specificity",
        "f1": "F1",
        "kappa": "Kappa",
    }

    def figures(row: Mapping[str, Any], who: str) -> tuple[str, ...]:
        ends = (("value", ""), ("low", "_low"), ("high", "_high"))
        return tuple(_text({end: row[f"{who}_{name}{tail}"] for end, tail in ends}) for name in words)

    rows: list[tuple[str, ...]] = []
    tests: list[tuple[str, ...]] = []
    for row in readers:
        where = f"{row['set']}: " if row["set"] else ""
        rows.append((f"{where}reader {row['reader']}", str(row["hips"]), *figures(row, "reader")))
        rows.append((f"{where}stager, the same hips", str(row["hips"]), *figures(row, "stager")))
        alone = (str(row["only_stager"]), str(row["only_reader"]))
        tests.append((f"{where}reader {row['reader']}", str(row["hips"]), *alone, p_text(row["p_mid"])))
    note = (
        "Sets of patients apart. Sensitivity, specificity and F1: mean over the stages, each against the rest. Kappa "
        "against the reference standard. 95% intervals by patient (right: Wilson; else bootstrap, bias-corrected)."
    )
    heads = ("", "Hips", "Right by the stager alone", "Right by the reader alone", "p")
    tested = "McNemar's test, reader and stager exchanged within patients (mid-p)."
    return [
        Section("Against readers", columns=("", "Hips", *words.values()), rows=rows, note=note),
        Section("Against readers: who is right alone", columns=heads, rows=tests, note=tested),
    ]


def _checks(result: Mapping[str, Any]) -> Section:
    rows = []
    base = result["baseline"]
    rows.append(
        (
            "Macro AUC of the mean grey value of the head alone (raw / relative to the image)",
            f"{base['head_mean']:.3f} / {base['head_relative']:.3f}",
            "under 0.8: brightness alone does not tell the stages"
            if max(base.values()) < 0.8
            else "0.8 or more: the hips are too easy",
        )
    )
    for name, heat in result["heat"].items():
        if heat.get("hips"):
            rows.append(
                (
                    f"Heat of {heat['hips']} true-positive hips, {name}",
                    f"{heat['mass_in_head']:.0%} of the heat inside the head; 70% or more in "
                    f"{heat['share_with_70_percent']:.0%} of hips; peak within 5 mm of the necrosis in "
                    f"{heat['peak_within_5_mm']:.0%}",
                    f"Dice of region and necrosis {heat['dice']:.2f}",
                )
            )
    check = result["randomisation"]
    if check:
        differs = check["ssim"] < 0.5
        rows.append(
            (
                f"Heat of re-initialised networks on the same {check['hips']} hips (Adebayo et al. 2018)",
                f"SSIM {check['ssim']:.2f}, rank correlation {check['rank_correlation']:.2f} "
                f"(two trained members: SSIM {check['ssim_between_members']:.2f})",
                "the heat depends on what was learned"
                if differs
                else "the heat hardly depends on what was learned",
            )
        )
    return Section("Checks", columns=("Check", "Figure", "Reading"), rows=rows)


WIDE = {
    "heat": (
        "Heat over hips",
        "Crops as the stager sees them, heat from 0.25, true necrosis in cyan",
    ),
    "randomisation": (
        "Heat of networks with new weights",
        "Left: heat of the trained networks and of the same networks with random weights. Right: how alike the heatmaps "
        "remain when the weights are new from the answer down to each part (Adebayo et al. 2018)",
    ),
}


def _wide_pictures(folder: Path) -> list[Section]:
    found = [(folder / f"{stem}.png", *words) for stem, words in WIDE.items()]
    return [
        Section(title, columns=("",), pictures=[Picture(path, caption)])
        for path, title, caption in found
        if path.is_file()
    ]


def _pictures(folder: Path) -> Section:
    pictures = []
    for path in sorted(folder.glob("*.png"), key=lambda p: (_place(p.stem.partition("_")[2]), p.stem)):
        kind, _, rest = path.stem.partition("_")
        if kind in _CAPTIONS:
            pictures.append(Picture(path, f"{_CAPTIONS[kind]}, {rest.replace('_', ' ')}"))
    return Section("Figures as pictures", columns=("",), pictures=pictures)

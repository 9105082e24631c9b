"""The DLRC study again on simulated patients: features of both readers, all models, everything beside the paper's.

Each step leaves its files in the work folder and is not done twice, so that an interrupted run goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.names import HIP_KEYS
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.tabular.tables.reader import read_csv

from .publication import compare_with_publication, publication_sections, risk_group_survival

if TYPE_CHECKING:
    from ONFHAssistLib.report.case_page import Section
    from ONFHAssistLib.survival.develop.development import Development

FINDINGS = (
    "arco_stage",
    "bone_marrow_oedema",
    "combined_necrotic_angle_deg",
    "necrosis_degree_index",
    "jic_type",
    "age",
    "sex",
    "bmi",
    "aetiology",
    "symptom_months",
    "bisphosphonate",
    "laterality",
)
_SHARES = {"radiomics": (0.0, 0.35), "radiomics_reader2": (0.35, 0.6), "models": (0.65, 1.0)}


def reproduce_dlrc(
    cohort: str | Path | None,
    out: str | Path,
    work: str | Path | None = None,
    *,
    seed: int = 0,
    preset: str | Path = "dlrc-xray",
    deep: bool = True,
    workers: int = 1,
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Reproduce the tables and figures of the DLRC study on a simulated cohort.

    Args:
        cohort: folder of ``onfh simulate --protocol dlrc``; None simulates the study's 144 patients into the work
            folder first, which takes long, and goes on there when it was interrupted.
        out: folder for the report.
        work: folder that keeps the features; ``out``/work by default.
        seed: of the simulated patients, where they are simulated here.
        preset: of the radiomics.
        deep: extract deep features with the bundled backbone. Without it the DL signature is missing, and a warning
            says so.
        workers: processes for the radiomics.
        options: of the development, such as ``bootstraps``; see :func:`.survival_study.develop_survival`.
        progress: called with a share 0..1 and a text.

    Returns:
        As :func:`.survival_study.develop_survival`, and ``against_paper``: path of the table.

    Raises:
        InputError: no such cohort, no hip with osteonecrosis in it, or as the development.
    """
    from ONFHAssistLib.develop.survival import develop_survival

    report = progress or (lambda _share, _text: None)
    out = Path(out)
    work = out / "work" if work is None else Path(work)
    cohort = _simulated(work / "cohort", seed, report) if cohort is None else Path(cohort)
    hips = _hips(cohort)
    work.mkdir(parents=True, exist_ok=True)
    features = [_radiomics(hips, cohort, work, "radiomics", "segmentation", preset, workers, report)]
    reader = _radiomics(
        hips, cohort, work, "radiomics_reader2", "segmentation_reader2", preset, workers, report
    )
    readings = [reader]
    if deep:
        features.append(_deep(hips, cohort, work, "deep", "segmentation", report))
        readings.append(_deep(hips, cohort, work, "deep_reader2", "segmentation_reader2", report))
    table = work / "hips.csv"
    kept = [name for name in FINDINGS if len(hips[name].unique()) > 1]
    hips[[*HIP_KEYS, *kept, "follow_up_months", "collapse"]].to_csv(table, index=False)
    arguments = {
        "cohort": table,
        "patient": "case",
        "time": "follow_up_months",
        "event": "collapse",
        "unit": "months",
        "out": out,
        "features": features,
        "readings": readings,
        **(options or {}),
    }
    low, high = _SHARES["models"]
    tables: list[pd.DataFrame] = []

    def publication(development: Development) -> list[Section]:
        tables.append(compare_with_publication(development.performance, risk_group_survival(development)))
        return publication_sections(development, tables[0])

    result = develop_survival(arguments, lambda s, text: report(low + (high - low) * s, text), publication)
    path = Path(result["tables"]["performance"]).with_name("against_paper.csv")
    write_text(path, tables[0].to_csv(index=False))
    return {**result, "against_paper": str(path)}


def _simulated(folder: Path, seed: int, report: Progress) -> Path:
    from ONFHAssistLab.simulate.cohort import simulate_cohort

    begun = (folder / "cohort.json").is_file()
    simulate_cohort(
        "dlrc",
        None,
        seed,
        folder,
        resume=begun,
        progress=lambda done, total: report(0.0, f"Simulating patients: {done} of {total}"),
    )
    return folder


def _hips(cohort: Path) -> pd.DataFrame:
    path = cohort / "cohort.csv"
    if not path.is_file():
        raise InputError(f"{cohort} holds no cohort.csv; make one with 'onfh simulate --protocol dlrc'.")
    table = read_csv(path)
    lacking = [
        c for c in (*HIP_KEYS, "included", "collapse", "segmentation_reader2", *FINDINGS) if c not in table
    ]
    if lacking:
        raise InputError(
            f"{path} lacks the column '{lacking[0]}'; it is no cohort of 'onfh simulate --protocol dlrc'."
        )
    hips = table[table["included"] == 1].reset_index(drop=True)
    if hips.empty or hips["follow_up_months"].isna().all():
        raise InputError(f"{path} holds no hip with a follow-up; simulate the protocol dlrc.")
    return hips


def _radiomics(
    hips: pd.DataFrame,
    cohort: Path,
    work: Path,
    name: str,
    column: str,
    preset: str | Path,
    workers: int,
    report: Progress,
) -> Path:
    """Features of one reader's outlines; :func:`.extract_cohort` keeps each case that is done."""
    from ONFHAssistLib.extract.cohort import extract_cohort

    table = pd.DataFrame(
        {
            "case": hips["case"],
            "side": hips["side"],
            "image": [str((cohort / p).resolve()) for p in hips["image"]],
            "segmentation": [str((cohort / p).resolve()) for p in hips[column]],
        }
    )
    low, high = _SHARES[name]
    result = extract_cohort(
        table, preset, work / name, workers, None, lambda s, text: report(low + (high - low) * s, text)
    )
    if result.failed:
        first = read_csv(result.failures).iloc[0]
        raise InputError(
            f"{result.failed} hips have no radiomics, first {first['case']} {first['side']}: {first['reason']}"
        )
    return result.table


def _deep(hips: pd.DataFrame, cohort: Path, work: Path, name: str, column: str, report: Progress) -> Path:
    """Deep features of one reader's outlines, kept with the hash of the backbone that made them."""
    from ONFHAssistLib.extract.deep import extract_deep, load_backbone
    from ONFHAssistLib.imaging.files import read_image, read_mask
    from ONFHAssistLib.imaging.labels import HEAD, NECROSIS

    path, stamp = work / f"{name}.csv", work / f"{name}.json"
    backbone = load_backbone()
    facts = {"backbone_sha256": backbone.sha256, "hips": [f"{c} {s}" for c, s in _pairs(hips)]}
    if path.is_file() and stamp.is_file() and json.loads(stamp.read_text(encoding="utf-8")) == facts:
        return path
    rows = []
    for number, hip in enumerate(hips.to_dict("records")):
        report(0.6, f"Deep features, {column}: {number + 1} of {len(hips)}")
        image, mask = read_image(cohort / hip["image"]), read_mask(cohort / hip[column])
        values = extract_deep(image, mask, (HEAD[hip["side"]], NECROSIS[hip["side"]]), backbone)
        rows.append({"case": hip["case"], "side": hip["side"], **values})
    write_text(path, pd.DataFrame(rows).to_csv(index=False))
    write_text(stamp, json.dumps(facts))
    return path


def _pairs(hips: pd.DataFrame) -> Iterable[tuple[str, str]]:
    return zip(hips["case"], hips["side"], strict=True)

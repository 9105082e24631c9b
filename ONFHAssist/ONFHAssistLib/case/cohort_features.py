"""From a cohort's images and outlines to a feature table: radiomics and deep features of every hip, resumable.

Each hip that is done is one file, kept by the content that made it, so that a run which was stopped goes on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ..core.atomic_files import write_text
from ..core.errors import InputError
from ..core.progress import Progress
from ..extract.cohort import CohortCase, extract_cohort, read_cohort
from ..imaging.labels import HEAD, NECROSIS, SIDES
from ..tabular.tables.feature_table import TableSource
from ..tabular.tables.reader import read_csv

HEAD_REGION, STUDY_REGION = "head", "study"
REGIONS = {
    HEAD_REGION: "the whole femoral head, necrosis included, in every hip",
    STUDY_REGION: "the necrosis in hips with osteonecrosis and the head in healthy ones, as the study outlined",
}
_RADIOMICS_SHARE = 0.6  # of the time


def read_cases(cohort: str | Path, outcome: str, segmentation: str = "segmentation") -> pd.DataFrame:
    """The hips of a cohort with absolute paths.

    Args:
        cohort: folder with ``cohort.csv`` (as ``onfh simulate`` makes it), or a CSV file with the columns ``case``,
            ``side``, ``image``, the outcome and ``segmentation`` (this project's labels). A column ``included`` with 1
            and 0 chooses the hips.
        outcome: column of 0 and 1.
        segmentation: column of the outlines, such as ``segmentation_reader2``.

    Raises:
        InputError: no such file or column, no hip that is included, a side that is not R or L.
    """
    path = Path(cohort)
    if path.is_dir():
        if not (path / "cohort.csv").is_file():
            raise InputError(f"{path} holds no cohort.csv; give a folder with one, or a CSV file.")
        path = path / "cohort.csv"
    table = read_csv(path)
    lacking = [name for name in ("case", "side", "image", segmentation, outcome) if name not in table]
    if lacking:
        raise InputError(
            f"{path} lacks the column '{lacking[0]}'; it has {', '.join(map(str, table.columns[:12]))}."
        )
    if "included" in table:
        table = table[table["included"] == 1]
    if table.empty:
        raise InputError(f"{path} includes no hip; set 'included' to 1 for the hips of the study.")
    odd = table[~table["side"].isin(SIDES)]
    if len(odd):
        raise InputError(
            f"{path}: the side of case {odd.iloc[0]['case']} is '{odd.iloc[0]['side']}'; R or L."
        )
    table = table.reset_index(drop=True)
    for name in ("image", segmentation):
        table[name] = [str((path.parent / str(p)).resolve()) for p in table[name]]
    return table.rename(columns={segmentation: "segmentation"})


def extract_feature_sets(
    cases: pd.DataFrame,
    outcome: str,
    work: str | Path,
    preset: str | Path = "dlr-mri",
    *,
    backbone: str | Path | None = None,
    deep: bool = True,
    region: str = HEAD_REGION,
    workers: int = 1,
    progress: Progress | None = None,
) -> list[Path]:
    """Radiomics and deep features of every hip.

    Args:
        cases: from :func:`read_cases`.
        outcome: column; looked at with ``region="study"`` only.
        work: folder that keeps the features.
        backbone: bundle of the deep features; None takes the one that comes with the extension.
        deep: leave out the deep features where False.
        region: "head" or "study", see :data:`REGIONS`. The study's region knows the answer before any feature is
            computed; it is for showing that, and for nothing else.
        workers: processes of the radiomics.

    Returns:
        CSV files with ``case``, ``side`` and the features, each with a ``manifest.json`` beside it.

    Raises:
        InputError: a region that is not known, an outline without a head; hips that cannot be extracted, by name.
    """
    if region not in REGIONS:
        raise InputError(f"The region '{region}' is not known; choose from {', '.join(REGIONS)}.")
    report = progress or (lambda _share, _text: None)
    work = Path(work)
    table = pd.DataFrame(
        {
            "case": cases["case"].astype(str),
            "side": cases["side"],
            "image": cases["image"],
            "mask": cases["segmentation"],
            "label": [_label(*row, region) for row in zip(cases["side"], cases[outcome], strict=True)],
        }
    )
    share = _RADIOMICS_SHARE if deep else 1.0
    result = extract_cohort(
        table,
        preset,
        work / "radiomics",
        workers,
        None,
        lambda s, text: report(share * s, f"Radiomics: {text}"),
    )
    if result.failed:
        first = read_csv(result.failures).iloc[0]
        raise InputError(
            f"{result.failed} hips have no radiomics, first {first['case']} {first['side']}: {first['reason']}"
        )
    if not deep:
        return [result.table]
    found = _deep(
        read_cohort(table), work / "deep", backbone, lambda s, text: report(share + (1 - share) * s, text)
    )
    return [result.table, found]


def table_source(
    cases: pd.DataFrame,
    features: list[Path],
    outcome: str,
    work: str | Path,
    *,
    patient: str | None = None,
    groups: tuple[str, ...] = (),
    scanner: str | None = None,
    split: str | None = None,
) -> TableSource:
    """Write the hips with their outcome into ``work`` and say where everything is."""
    path = Path(work) / "hips.csv"
    wanted = dict.fromkeys(("case", "side", patient or "case", outcome, scanner, split))
    columns = [name for name in wanted if name is not None]
    absent = [name for name in columns if name not in cases]
    if absent:
        raise InputError(
            f"The cohort lacks the column '{absent[0]}'; it has {', '.join(cases.columns[:12])}."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, cases[columns].to_csv(index=False, lineterminator="\n"))
    return TableSource(path, outcome, patient, tuple(features), groups, scanner, split)


def _label(side: str, outcome: Any, region: str) -> str:
    if region == STUDY_REGION:
        return str(NECROSIS[side] if int(outcome) == 1 else HEAD[side])
    return f"{HEAD[side]}+{NECROSIS[side]}"


def _deep(cases: list[CohortCase], folder: Path, bundle: str | Path | None, report: Progress) -> Path:
    """Deep features of every hip, one file a hip, then the table with its manifest."""
    from ..extract.deep import extract_deep, load_backbone
    from ..imaging.files import read_image, read_mask

    backbone = load_backbone(bundle or None)
    (folder / "cases").mkdir(parents=True, exist_ok=True)
    rows = []
    for number, case in enumerate(cases, start=1):
        path = folder / "cases" / case.result_name(backbone.sha256, "deep")
        if not path.is_file():
            try:
                image = read_image(case.image)
                values = extract_deep(image, read_mask(case.mask, image), case.label, backbone)
            except InputError as error:
                raise InputError(f"Hip {case.title} has no deep features: {error}") from error
            write_text(path, json.dumps(values))
        rows.append({"case": case.case, "side": case.side, **json.loads(path.read_text(encoding="utf-8"))})
        report(number / len(cases), f"Deep features: {number} of {len(cases)}")
    table = folder / "features.csv"
    write_text(table, pd.DataFrame(rows).to_csv(index=False, lineterminator="\n"))
    facts: Mapping[str, object] = {
        "backbone": backbone.name,
        "backbone_sha256": backbone.sha256,
        "cases_done": len(rows),
        "table_sha256": hashlib.sha256(table.read_bytes()).hexdigest(),
    }
    write_text(folder / "manifest.json", json.dumps(facts, indent=1) + "\n")
    return table

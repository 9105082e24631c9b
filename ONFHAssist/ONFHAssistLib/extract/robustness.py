"""Which features survive a second reader, or another position and outline of the same hip.

The perturbations are those of :mod:`.perturbation`; a hip's repetitions are compared with the spread between hips.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..core.errors import InputError
from ..core.progress import Progress
from ..evaluate.intraclass import intraclass_correlation
from ..imaging import labels as lab
from ..imaging.image import Image
from ..segment.outline_sides import check_sides
from .perturbation import PerturbationLimits, Perturber, draw_perturbations
from .presets import Preset, load_preset
from .radiomics import DEFAULT_ENGINE, RadiomicsResult, extract_radiomics

THRESHOLD = 0.75  # of the DLRC study
SUBJECT = ("case", "side")
FEWEST, MOST = 2, 200  # perturbations


# tables -------------------------------------------------------------------------------------------------------------


def agreement_table(
    frame: pd.DataFrame,
    rater: str = "reader",
    subject: Sequence[str] = SUBJECT,
    kind: str = "2,1",
    threshold: float = THRESHOLD,
) -> pd.DataFrame:
    """ICC of every feature of a cohort's table.

    Args:
        frame: one row a subject and rater, as :func:`~.cohort.extract_cohort` writes it.
        rater: column that tells the ratings of a subject apart (reader, or repetition).
        subject: columns that name a subject.
        kind: "1,1", "2,1" or "3,1".
        threshold: least ICC that survives.

    Returns:
        Indexed by feature: ``icc``, ``low``, ``high``, ``survives``; subjects that some rater lacks are left out, and
        ``attrs["subjects"]`` tells how many remain.

    Raises:
        InputError: a column is missing, a rating is there twice, or fewer than two subjects have all ratings.
    """
    subject = [name for name in subject if name in frame.columns]
    if rater not in frame.columns or not subject:
        wanted = rater if rater not in frame.columns else "case"
        raise InputError(f"The table lacks the column {wanted!r}, which tells the ratings apart.")
    known = {*subject, rater, "label", "reader", "repetition"}
    features = [
        name for name in frame.columns if name not in known and pd.api.types.is_numeric_dtype(frame[name])
    ]
    if frame.duplicated([*subject, rater]).any():
        twice = frame[frame.duplicated([*subject, rater])].iloc[0]
        raise InputError(
            f"{' '.join(str(twice[s]) for s in subject)} has two ratings by {rater} {twice[rater]}."
        )
    raters = list(dict.fromkeys(frame[rater]))
    ordered = frame.set_index([*subject, rater]).sort_index()
    complete = frame.groupby(subject)[rater].nunique()
    subjects = list(complete[complete == len(raters)].index)
    if len(subjects) < 2 or len(raters) < 2:
        raise InputError(
            f"Agreement needs two subjects that {rater} rated twice or more; {len(subjects)} have all of {len(raters)}."
        )
    pick = [[(*(one if isinstance(one, tuple) else (one,)), each) for each in raters] for one in subjects]
    ratings = np.stack([ordered.loc[rows, features].to_numpy(float) for rows in pick])
    found = intraclass_correlation(ratings, kind)
    table = pd.DataFrame(
        {"icc": found.icc, "low": found.low, "high": found.high, "survives": found.icc >= threshold},
        index=pd.Index(features, name="feature"),
    )
    table.attrs.update(subjects=len(subjects), raters=len(raters), kind=kind, threshold=threshold)
    return table


# perturbed hips -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Robustness:
    """How far the features of hips depend on position and outline.

    Attributes:
        table: indexed by feature: ``icc`` (ICC(1,1): share of the variance that is between the hips), ``low`` and
            ``high`` (its 95% interval), all NaN with a single hip; ``survives`` (``icc`` reaches the threshold).
        variation: indexed by feature, a column a hip ("R", "L", or "case R"): standard deviation of the repetitions over
            the size of their mean, NaN where that is 0.
        unperturbed: hip to its features as they are.
        failures: hip to the sentence why it was left out.
        record: count, seed, limits, preset and its hash, engine, threshold: what a repetition of the work needs.
        seconds: of all extractions.
    """

    table: pd.DataFrame
    variation: pd.DataFrame
    unperturbed: Mapping[str, RadiomicsResult]
    failures: Mapping[str, str] = field(default_factory=dict)
    record: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def surviving(self) -> list[str]:
        """Names of the features that reach the threshold."""
        return list(self.table.index[self.table["survives"]])


Case = tuple[str, Callable[[], tuple[Image, Image]]]


def feature_robustness(
    cases: Sequence[Case],
    preset: str | Path | Preset = "dlr-mri",
    count: int = 10,
    seed: int = 0,
    limits: PerturbationLimits | None = None,
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
    threshold: float = THRESHOLD,
) -> Robustness:
    """Extract the features of each outlined femoral head from ``count`` perturbed copies of image and outline.

    Args:
        cases: name ("" for the only one) and what reads image and label image (values of :mod:`..imaging.labels`).
        preset: as for :func:`.radiomics.extract_radiomics`.
        count: perturbations of each hip. ``seed``: of their random numbers.
        limits: how far each perturbation may go.
        threshold: least ICC that survives.

    Raises:
        InputError: too few or too many perturbations, no femoral head at all, sides that the place contradicts,
            or no hip that can be extracted.
        Cancelled: raised by ``progress``.
    """
    if not FEWEST <= count <= MOST:
        raise InputError(f"The number of perturbations is {count}; {FEWEST} to {MOST} are accepted.")
    started, preset, limits = time.perf_counter(), load_preset(preset), limits or PerturbationLimits()
    rows: list[dict[str, Any]] = []
    unperturbed: dict[str, RadiomicsResult] = {}
    failures: dict[str, str] = {}
    for number, (name, read) in enumerate(cases):
        image, labels = read()
        image.require_same_grid(labels, "the image", "The segmentation")
        check_sides(labels, image)
        sides = [side for side in lab.SIDES if lab.head_mask(labels.array, side).any()]
        if not sides:
            failures[name] = "The segmentation holds no femoral head (labels 1 right, 2 left)."
        for place, side in enumerate(sides):
            hip = f"{name} {side}".strip()

            def report(
                share: float, text: str, done: float = number + place / len(sides), of: int = len(sides)
            ) -> None:
                if progress:
                    progress((done + share / of) / len(cases), text)

            region = image.like(lab.head_mask(labels.array, side).astype(np.uint8))
            changes = draw_perturbations(count, seed, limits, len(unperturbed) + len(failures))
            try:
                found = _repetitions(image, region, changes, preset, engine, hip, report)
            except InputError as error:
                failures[hip] = str(error)
                continue
            unperturbed[hip] = found[0]
            rows += [
                {"case": name, "side": side, "repetition": k, **r.features} for k, r in enumerate(found[1:])
            ]
    if not rows:
        raise InputError(next(iter(failures.values()), "There is no case."))
    frame = pd.DataFrame(rows)
    record = {
        "perturbations": str(count), "perturbation_seed": str(seed),
        **{f"perturbation_{name}": f"{value:g}" for name, value in vars(limits).items()},
        "preset": preset.name, "preset_sha256": preset.sha256, "engine": engine, "icc": "1,1",
        "icc_threshold": f"{threshold:g}",
    }  # fmt: skip
    table, variation = _agreement(frame, threshold), _variation(frame)
    return Robustness(table, variation, unperturbed, failures, record, time.perf_counter() - started)


def _repetitions(
    image: Image,
    region: Image,
    changes: Sequence[Any],
    preset: Preset,
    engine: str,
    hip: str,
    report: Progress,
) -> list[RadiomicsResult]:
    """The features as they are, then of every perturbed copy."""
    total = len(changes) + 1
    report(0.0, f"Hip {hip}: as it is")
    found = [extract_radiomics(image, region, preset, 1, engine)]
    perturber = Perturber(image, region.array > 0)
    for number, change in enumerate(changes, 1):
        report(number / total, f"Hip {hip}: perturbation {number} of {len(changes)}")
        found.append(extract_radiomics(*perturber.apply(change), preset, 1, engine))
    return found


def _agreement(frame: pd.DataFrame, threshold: float) -> pd.DataFrame:
    if len(frame.drop_duplicates(list(SUBJECT))) > 1:
        return agreement_table(frame, "repetition", SUBJECT, "1,1", threshold)
    names = frame.columns.drop([*SUBJECT, "repetition"])
    empty = {"icc": np.nan, "low": np.nan, "high": np.nan, "survives": False}
    return pd.DataFrame(empty, index=pd.Index(names, name="feature"))


def _variation(frame: pd.DataFrame) -> pd.DataFrame:
    hips = frame["case"].str.cat(frame["side"], sep=" ").str.strip()
    grouped = frame.drop(columns=[*SUBJECT, "repetition"]).groupby(hips, sort=False)
    spread, mean = grouped.std(), grouped.mean().abs()
    return (spread / mean.where(mean > 0)).T.rename_axis("feature")

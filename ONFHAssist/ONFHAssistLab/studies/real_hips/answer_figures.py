"""Figures of stage and probability: of the answers that were given, and of what it had been, were none withheld."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from .figure_maker import ANSWERS, WITH_WITHHELD, FigureMaker, RealFigure, Wanted, column, flag
from .table import HEALTHY

Judge = Callable[[pd.DataFrame, pd.Series], pd.Series]
Judgements = Sequence[tuple[pd.DataFrame, Judge, str, str, Wanted | None]]


def answer_figures(make: FigureMaker, hips: pd.DataFrame, images: pd.DataFrame) -> list[RealFigure]:
    """Of both answers, and of the contrast; see :func:`.figures.real_figures`."""
    found = hips[hips["found"].astype(bool)]
    healthy, sick = found[found["truth"] == HEALTHY], found[found["truth"] != HEALTHY]
    over_2 = sick[pd.to_numeric(column(sick, "true_necrosis_ml")) > 2.0]
    staged = sick[column(sick, "true_stage").fillna("") != ""]
    wanted = Wanted(0.95)
    figures: list[RealFigure] = []
    for rows, name, words in ((healthy, "healthy", "healthy hips"), (sick, "necrotic", "necrotic hips")):
        given = _text(rows, "stage") != ""
        held = _text(rows, "stage_withheld") != ""
        figures += [
            make(rows, given.astype(float), f"stage_given_{name}", f"Stage given, {words}", ANSWERS),
            make(rows, held.astype(float), f"stage_withheld_{name}", f"Stage withheld, {words}", ANSWERS),
        ]
    of_stage: Judgements = (
        (healthy, _is_zero, "healthy_stage_0", "Healthy hips: stage 0", wanted),
        (sick, _is_not_zero, "necrotic_not_stage_0", "Necrotic hips: not stage 0", None),
        (over_2, _is_not_zero, "necrotic_not_stage_0_over_2_ml", "Necrosis over 2 ml: not stage 0", wanted),
        (staged, _is_right, "stage_right", "Necrotic hips: exactly the stage of the table", None),
        (staged, _is_among, "stage_right_or_among", "Necrotic hips: that stage, or one of two named", None),
    )
    figures += _both(make, of_stage, ("stage", "stage_withheld"))
    for rows, name, words in ((healthy, "healthy", "healthy hips"), (sick, "necrotic", "necrotic hips")):
        given, held = (column(rows, c).notna() for c in ("probability", "probability_withheld"))
        figures += [
            make(
                rows, given.astype(float), f"probability_given_{name}", f"Probability given, {words}", ANSWERS
            ),
            make(
                rows,
                held.astype(float),
                f"probability_withheld_{name}",
                f"Probability withheld, {words}",
                ANSWERS,
            ),
        ]
    of_probability: Judgements = (
        (
            healthy,
            _is_below,
            "healthy_probability_below",
            "Healthy hips: probability below its threshold",
            wanted,
        ),
        (
            sick,
            _is_above,
            "necrotic_probability_above",
            "Necrotic hips: probability from its threshold on",
            None,
        ),
        (
            over_2,
            _is_above,
            "necrotic_probability_above_over_2_ml",
            "Necrosis over 2 ml: probability from its threshold on",
            wanted,
        ),
    )
    figures += _both(make, of_probability, ("probability", "probability_withheld"))
    figures.append(
        make(
            images,
            column(images, "contrast_recognised"),
            "contrast_recognised",
            "Contrast of the image recognised",
            ANSWERS,
        )
    )
    return figures


def _both(
    make: FigureMaker,
    judged: Judgements,
    columns: tuple[str, str],
) -> list[RealFigure]:
    """Each figure twice: of the answers that were given, and as it would have been with those withheld."""
    given, held = columns
    figures = []
    for rows, judge, name, words, wanted in judged:
        answer = column(rows, given)
        answer = answer.where(answer.notna() & (answer != ""))
        both = answer.where(answer.notna(), column(rows, held))
        both = both.where(both.notna() & (both != ""))
        figures += [
            make(rows, flag(judge(rows, answer), answer.notna()), name, words, ANSWERS, wanted=wanted),
            make(
                rows,
                flag(judge(rows, both), both.notna()),
                name + WITH_WITHHELD,
                f"{words}, withheld ones included",
                ANSWERS,
            ),
        ]
    return figures


def _text(rows: pd.DataFrame, name: str) -> pd.Series:
    return column(rows, name).fillna("").astype(str)


def _is_zero(_rows: pd.DataFrame, stage: pd.Series) -> pd.Series:
    return stage == "0"


def _is_not_zero(_rows: pd.DataFrame, stage: pd.Series) -> pd.Series:
    return stage != "0"


def _is_right(rows: pd.DataFrame, stage: pd.Series) -> pd.Series:
    return stage == rows["true_stage"]


def _is_among(rows: pd.DataFrame, stage: pd.Series) -> pd.Series:
    """ "I or II" names the true stage among two."""
    named = [str(one).split(" or ") for one in stage]
    pairs = zip(rows["true_stage"], named, strict=True)
    return pd.Series([true in names for true, names in pairs], rows.index, dtype=bool)


def _is_below(rows: pd.DataFrame, probability: pd.Series) -> pd.Series:
    return pd.to_numeric(probability) < pd.to_numeric(column(rows, "threshold"))


def _is_above(rows: pd.DataFrame, probability: pd.Series) -> pd.Series:
    return pd.to_numeric(probability) >= pd.to_numeric(column(rows, "threshold"))

"""A case's result as files: what ``onfh predict`` and ``onfh run`` leave in their folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..core.atomic_files import write_json, write_text
from ..core.serial import to_json_value
from .features import feature_rows_as_csv
from .result import PROBABILITY, STAGE, CaseResult, HipResult, Withheld
from .rows import rows_of


def write_features(result: CaseResult, out: Path, case: str) -> list[Path]:
    """``radiomics.csv`` and ``deep.csv``, one row a hip, where there are features."""
    radiomics = {hip.side: hip.radiomics.features for hip in result.hips if hip.radiomics is not None}
    deep = {hip.side: hip.deep.features for hip in result.hips if hip.deep is not None}
    return [
        write_text(Path(out) / f"{name}.csv", feature_rows_as_csv(case, features))
        for name, features in (("radiomics", radiomics), ("deep", deep))
        if features
    ]


def write_measurements(result: CaseResult, out: Path, case: str) -> Path | None:
    """``measurements.csv``, one row a hip; None where nothing was measured."""
    rows = [{"case": case, **row} for row in rows_of(result, "measurements")]
    if not rows:
        return None
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return write_text(Path(out) / "measurements.csv", stream.getvalue())


def write_prediction(result: CaseResult, out: Path, case: str, found: Sequence[str] = ()) -> dict[str, Any]:
    """The files of ``onfh predict``: features, ``prediction.json``, and of a linear model each hip's waterfall.

    Args:
        found: what the search for the heads warned of, where they were found just now: a guessed side, a cut head.

    Returns:
        What the command prints: ``hips``, ``out_of_scope``, ``withheld``, ``warnings``, ``statement``, ``provenance``.
    """
    probability, stage = result.steps[PROBABILITY], result.steps.get(STAGE)
    answer = {
        "hips": [_prediction_of(hip) for hip in result.hips],
        "out_of_scope": [*(stage.out_of_scope if stage else ()), *probability.out_of_scope],
        "stage_out_of_scope": list(stage.out_of_scope if stage else ()),
        "model_out_of_scope": list(probability.out_of_scope),
        "withheld": [
            {"side": side, "answer": step, **_withheld(held)} for side, step, held in result.withheld
        ],
        "warnings": list(dict.fromkeys([*found, *_warnings(result)])),
        "statement": " ".join(dict.fromkeys(r.statement for r in (probability, stage) if r and r.statement)),
        "provenance": dict(probability.provenance),
        "stage_provenance": dict(stage.provenance) if stage else {},
    }
    write_features(result, out, case)
    _draw_waterfalls(result, out)
    write_json(Path(out) / "prediction.json", answer)
    return answer


def _warnings(result: CaseResult) -> list[str]:
    probability, stage = result.steps[PROBABILITY], result.steps.get(STAGE)
    problems = [hip.failures[STAGE] for hip in result.hips if STAGE in hip.failures]
    said = [f"Out of scope for the stage: {text}" for text in (stage.out_of_scope if stage else ())]
    said += [*probability.out_of_scope, *probability.warnings]
    if stage is not None:
        said += [
            *([f"There is no stage: {stage.failure}"] if stage.failure else []),
            *problems,
            *stage.warnings,
        ]
    said += result.reading.notes
    return list(dict.fromkeys(said))


def _prediction_of(hip: HipResult) -> dict[str, Any]:
    """One hip as ``onfh predict`` prints it; what is withheld is null here and stands under ``withheld`` by its step."""
    given, staged = hip.probability, hip.stage
    stage = (
        to_json_value(staged)
        if staged
        else dict.fromkeys(("stage", "probabilities", "uncertainty", "distance", "heatmap", "heat"))
    )
    return {
        "side": hip.side,
        **stage,
        "stage_problem": hip.failures.get(STAGE),
        "dlr_probability": None if given is None else given.probability,
        "dlr_threshold": None if given is None else given.threshold,
        "threshold": None if given is None else given.threshold,
        "intercept": None if given is None else given.intercept,
        "answer": None if given is None else given.reading,
        "contributions": [] if given is None else to_json_value(given.contributions),
        "withheld": {step: _withheld(held) for step, held in hip.withheld.items()},
    }


def _withheld(held: Withheld) -> dict[str, Any]:
    """What was computed and is no answer, and why."""
    return {"reasons": list(held.reasons), **to_json_value(held.answer)}


def _draw_waterfalls(result: CaseResult, out: Path) -> None:
    import pandas as pd

    from ..evaluate.figures.binary import draw_contributions, save_figure

    for hip in result.hips:
        answer = hip.probability
        if answer is not None and answer.intercept is not None:
            rows = pd.DataFrame(to_json_value(answer.contributions))
            title = f"What drove the probability, hip {hip.side}"
            figure = draw_contributions(rows, answer.intercept, title)
            save_figure(figure, Path(out) / f"contributions_{hip.side}.png", dpi=150)

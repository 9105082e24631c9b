"""The survival of a measured hip: what the images tell of the findings, what has to be assumed, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import InputError
from ..core.provenance import sha256_of_file
from ..stage.answer import I_OR_II
from ..survival.answer import SurvivalAnswer
from ..survival.calculator import Calculator, published_calculator
from ..survival.published.clinical import ClinicalInput

if TYPE_CHECKING:
    from ..measure.findings import HipFindings
    from ..stage.answer import StageAnswer

PUBLISHED = "DLRC clinical, as published"
ARCO_ASSUMED = "II"  # the published model gives stages I and II the same risk; IIIA needs a reader's eye


def assumed_findings(
    angle_deg: float, oedema_suggested: bool | None, stage: StageAnswer | str | None
) -> tuple[ClinicalInput, str]:
    """The three findings of the clinical model, as far as the images tell, and in words what is assumed.

    Args:
        angle_deg: combined necrotic angle.
        oedema_suggested: by the signal; None where the images cannot tell.
        stage: that was given, or its name; None without one, or where it is withheld.
    """
    stage_name = stage if isinstance(stage, str) or stage is None else stage.stage
    arco = stage_name if stage_name in ("I", "II") else ARCO_ASSUMED
    named = I_OR_II if stage_name == I_OR_II else arco  # one risk
    assumed = [f"ARCO {named}, no subchondral fracture (set IIIA by hand if there is one)"]
    if oedema_suggested is None:
        assumed.append("no marrow oedema (the images do not tell)")
    else:
        assumed.append(f"marrow oedema {'suggested' if oedema_suggested else 'not seen'} by the signal")
    return ClinicalInput(arco, bool(oedema_suggested), float(angle_deg)), "; ".join(assumed)


def answer_of_findings(findings: ClinicalInput) -> SurvivalAnswer:
    """One hip on the published clinical model."""
    calculator = published_calculator()
    return _answer(calculator, calculator.from_findings(findings), facts_of_findings(findings))


def answer_of_values(calculator: Calculator, values: Mapping[str, float]) -> SurvivalAnswer:
    """One hip on a model that was developed, from the values of all its covariates."""
    return _answer(calculator, values, facts_of_values(calculator, values))


def facts_of_findings(findings: ClinicalInput) -> dict[str, str]:
    """What a survival of the published model says of its input."""
    return {
        "model": PUBLISHED,
        "arco_stage": findings.arco,
        "bone_marrow_oedema": "yes" if findings.oedema else "no",
        "combined_necrotic_angle_deg": f"{findings.angle_deg:g}",
    }


def facts_of_values(calculator: Calculator, values: Mapping[str, float]) -> dict[str, str]:
    """What a survival of a developed model says of its input."""
    return {
        "model": calculator.title,
        "model_sha256": sha256_of_file(Path(calculator.source)),
        **{name: f"{value:g}" for name, value in values.items()},
    }


def answer_of_hip(
    findings: HipFindings,
    stage: StageAnswer | str | None,
    radiograph_features: Mapping[str, float] | None = None,
    model: str = "",
) -> SurvivalAnswer | None:
    """The survival of a measured hip; None where it has no necrotic angle.

    Args:
        stage: that was given, or its name.
        radiograph_features: radiomics and deep features of this hip on its radiograph: with them the nomogram of
            ``model`` answers, else the published clinical model.

    Raises:
        InputError: the features are not those that the model asks for.
    """
    angle = findings.measurement.combined_necrotic_angle
    if not angle > 0:
        return None
    suggested = None if findings.oedema is None else findings.oedema.suggested
    clinical, assumed = assumed_findings(angle, suggested, stage)
    if radiograph_features is None:
        answer = answer_of_findings(clinical)
    else:
        answer = _by_nomogram(clinical, radiograph_features, model)
    return SurvivalAnswer(
        answer.model, answer.findings, answer.estimate, answer.curve, answer.references, assumed, float(angle)
    )


def _by_nomogram(clinical: ClinicalInput, features: Mapping[str, float], model: str) -> SurvivalAnswer:
    from ..survival.calculator import load_calculator, signature_values

    calculator = load_calculator(model)
    scores, lacking = signature_values(calculator, features)
    if lacking:
        raise InputError(lacking[0])
    values = {**calculator.usual_values(), **scores, **calculator.from_findings(clinical)}
    return answer_of_values(calculator, values)


def _answer(calculator: Calculator, values: Mapping[str, float], facts: Mapping[str, str]) -> SurvivalAnswer:
    curve = calculator.curve(values)
    references = {name: tuple(points) for name, points in calculator.references(curve.months).items()}
    return SurvivalAnswer(calculator.title, facts, calculator.estimate(values), curve, references)

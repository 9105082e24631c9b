"""What the ONFHSurvival panel says of one hip: values, sentences, and which model answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from slicer.i18n import tr as _

from ...bundles.bundle import same_model
from ...core.errors import InputError
from ...core.language import sentence
from ..packages import missing_packages
from ..texts import percent_exactly

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode

    from ...survival.calculator import Calculator
    from ...survival.published.clinical import ClinicalInput


_ROUNDING = 1e-6


def caveat() -> str:
    """What the figures of the published model rest on."""
    return _(
        "The published clinical model: 144 patients, 212 hips, 64 collapses after multiple drilling. The findings are "
        "taken as independent; the intervals carry the published intervals of the hazard ratios and of the overall "
        "survival, not the difference between that hospital and yours."
    )


@dataclass(frozen=True)
class HipOnModel:
    """What the panel shows of one hip.

    Attributes:
        calculator: the model; the published one where the chosen one cannot be used, and then ``notes[0]`` says why.
        values: of all covariates. ``movable``: those that the user may set.
        notes: rich sentences on what stands in for what.
        answer, alternatives: rich texts.
    """

    calculator: Calculator
    values: dict[str, float]
    movable: set[str]
    notes: list[str]
    answer: str
    alternatives: str


def hip_on_model(
    model: str,
    findings: ClinicalInput,
    side: str,
    moved: Mapping[str, float],
    images: Sequence[vtkMRMLScalarVolumeNode | None] = (),
) -> HipOnModel:
    """One hip on the published model ("") or on the developed one at the path ``model``.

    Args:
        model: file or folder, as :func:`.survival.calculator.load_calculator` takes it.
        findings: the three clinical ones.
        side: "R" or "L", whose features are taken from the scene.
        moved: covariates that the user set in the nomogram.
        images: MRI and radiograph of the patient, whose features are taken.
    """
    calculator, problem = calculator_or_published(model)
    values, movable, notes = values_of_hip(calculator, findings, side, moved, images)
    return HipOnModel(
        calculator,
        values,
        movable,
        [*filter(None, (problem, sentence(calculator.statement))), *notes],
        _answer(calculator, values),
        _alternatives(calculator, values, findings),
    )


def calculator_or_published(path: str) -> tuple[Calculator, str]:
    """The model at ``path``, the published one for "", and "" or the sentence why the published one stands in."""
    from ...survival import calculator

    if not path:
        return calculator.published_calculator(), ""
    missing = missing_packages("survival model")
    if missing:
        told = _(
            "A developed model needs {names}; 'Develop models' installs it. The published model answers."
        )
        return calculator.published_calculator(), told.format(names=", ".join(missing))
    try:
        return _loaded(path, calculator.stamp_of(path)), ""
    except InputError as error:
        told = _("{problem} The published model answers meanwhile.")
        return calculator.published_calculator(), told.format(problem=sentence(str(error)))


@lru_cache(maxsize=4)
def _loaded(path: str, _stamp: str) -> Calculator:
    from ...survival.calculator import load_calculator

    return load_calculator(path)


def values_of_hip(
    calculator: Calculator,
    findings: ClinicalInput,
    side: str,
    moved: Mapping[str, float],
    images: Sequence[vtkMRMLScalarVolumeNode | None] = (),
) -> tuple[dict[str, float], set[str], list[str]]:
    """Values of the model's covariates for one hip.

    The three findings come first, then what the user ``moved`` in the nomogram, then signatures from Extract's tables in
    the scene, then what is usual in the model's cohort.

    Returns:
        Values; the covariates that the user may move; sentences on what stands in for what.
    """
    from ...survival.calculator import signature_values

    known = calculator.from_findings(findings)
    movable = set(calculator.ranges) - set(known)
    values, notes = calculator.usual_values(), []
    if calculator.source and movable:
        features, doubts = features_in_scene(images, side, calculator.accepts)
        scores, _lacking = signature_values(calculator, features)
        values |= scores
        notes += doubts
        for name in sorted(movable - set(scores) - set(moved)):
            label = calculator.labels.get(name, name)
            notes.append(
                _(
                    "<b>{label}</b> is not known of this hip: {value:.3g} stands in. Set it in the table{extract}."
                ).format(
                    label=label,
                    value=values[name],
                    extract=_(", or extract its features") if name.endswith("_signature") else "",
                )
            )
    values |= {name: value for name, value in moved.items() if name in movable}
    values |= known
    notes += [
        _(
            "<b>{label}</b> of {value:.3g} lies outside the model's cohort ({low:.3g} to {high:.3g}): read with care."
        ).format(label=calculator.labels.get(name, name), value=values[name], low=low, high=high)
        for name, (low, high, _usual) in calculator.ranges.items()
        if not low - _ROUNDING <= values[name] <= high + _ROUNDING
    ]
    return values, movable, notes


def features_in_scene(
    images: Sequence[vtkMRMLScalarVolumeNode | None], side: str, accepts: Mapping[str, str] | None = None
) -> tuple[dict[str, float], list[str]]:
    """Radiomics and deep features that ONFHExtract put into the scene for a hip of these images, by name, and doubts.

    Those of a radiograph, which the DLRC study used, take the place of those of an MRI with the same name. Tables that
    were made with another preset or backbone than a bundle ``accepts`` are passed over, and a sentence says so.
    """
    from ...scene.attributes import read_attributes
    from ...scene.images.ownership import find_node
    from ...scene.results.features_and_prediction import FEATURE_ROLES, ON_RADIOGRAPH
    from ...scene.tables import columns_of

    found: dict[str, float] = {}
    doubts: list[str] = []
    roles = (*FEATURE_ROLES, *(f"{ON_RADIOGRAPH}{role}" for role in FEATURE_ROLES))
    for role in roles:
        tables = (find_node("vtkMRMLTableNode", role, image) for image in images if image is not None)
        for node in filter(None, tables):
            table, made = columns_of(node), read_attributes(node)
            if side not in table:
                continue
            wrong = _made_otherwise(made, accepts or {})
            if wrong:
                doubts.append(_("The table '{name}' {wrong}.").format(name=node.GetName(), wrong=wrong))
            else:
                found |= dict(zip(table["feature"], table[side], strict=True))
    return found, ([] if found else doubts)


def _made_otherwise(made: Mapping[str, str], accepts: Mapping[str, str]) -> str:
    preset, backbone = accepts.get("preset_sha256"), accepts.get("backbone_sha256")
    if preset and "preset_sha256" in made and made["preset_sha256"] != preset:
        return _("was extracted with {had}, the model takes {wants}: it is passed over").format(
            had=made.get("preset", ""), wants=accepts.get("preset", "")
        )
    if backbone and "bundle_sha256" in made and not same_model(made["bundle_sha256"], backbone):
        return _("comes from another backbone than the model's: it is passed over")
    return ""


def _answer(calculator: Calculator, values: Mapping[str, float]) -> str:
    estimate = calculator.estimate(values)
    rows = zip(estimate.months, estimate.survival, estimate.low, estimate.high, strict=True)
    lines = [
        _("<b>{s}</b> at {month:.0f} months (95% interval {low} to {high})").format(
            s=percent_exactly(s), month=month, low=percent_exactly(low), high=percent_exactly(high)
        )
        for month, s, low, high in rows
    ]
    group = calculator.risk_group(values)
    if group is not None:
        lines.append(
            _("Above the median risk of the model's cohort: high risk.")
            if group == "high"
            else _("Below the median risk of the model's cohort: low risk.")
        )
    return "<br>".join(lines)


def _alternatives(calculator: Calculator, values: Mapping[str, float], findings: ClinicalInput) -> str:
    """What would change it; the published model knows by how much the angle would have to differ."""
    if calculator.source:
        others = calculator.alternatives(values)
    else:
        from ...survival.published.clinical import alternatives

        others = [(other.change, other.estimate) for other in alternatives(findings)]
    changes = [
        f"{sentence(change)}: {_(' and ').join(percent_exactly(s) for s in estimate.survival)}"
        for change, estimate in others
    ]
    if not changes:
        return ""
    months = _(" and ").join(f"{month:g}" for month in calculator.months)
    return "<br>".join([_("At {months} months it would be").format(months=months) + ":", *changes])

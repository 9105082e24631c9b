"""The steps of the pipeline: each takes the work so far, adds to its result, and says what the reader should know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..core.errors import InputError
from ..core.progress import Progress, part_of
from ..core.provenance import provenance
from ..extract.presets import load_preset
from ..extract.radiomics import DEFAULT_ENGINE, RadiomicsResult
from .result import (
    EXTRACT,
    MEASURE,
    PROBABILITY,
    RADIOGRAPH,
    STAGE,
    SURVIVAL,
    DeepFeatures,
    HipResult,
    StepRecord,
    Withheld,
)

if TYPE_CHECKING:
    from ..imaging.head import FemoralHead
    from ..stage.answer import StageAnswer
    from .work import Work


def segment(work: Work, progress: Progress) -> StepRecord:
    """Find and outline both femoral heads."""
    from ..segment.pipeline import segment_hips, segmentation_provenance

    case = work.case
    found = segment_hips(case.image, twice=work.settings.twice, progress=progress, name=case.name)
    labels, fine = found.segmentation.labels, found.segmentation.fine
    work.case = case = case.with_labels(labels, fine)
    for head in found.segmentation.heads:
        work.keep(HipResult(head.side, head=head))
    work.result = replace(
        work.result,
        segmentation=work.write("segmentation", labels),
        segmentation_fine=None if fine is None else work.write("segmentation_fine", fine),
        content_sha256=case.content_sha256,
        outlines_sha256=case.outlines_sha256,
        hip_outlines=case.hip_outlines,
        hip_content=case.hip_content,
    )
    return StepRecord(
        warnings=tuple(found.segmentation.warnings), provenance=dict(segmentation_provenance(case.image))
    )


def measure(work: Work, progress: Progress) -> StepRecord:
    """Measurements, acetabular edge and suggestion of oedema of each outlined hip.

    Of a hip whose outline is as an examination left it, the arcs that all series showed are kept.
    """
    from ..measure.findings import after_examination, findings

    progress(0.0, "Measuring")
    case, settings = work.case, work.settings
    edges = {side: np.asarray(edge, float) for side, edge in case.edges.items()}
    same = {hip.side for hip in _hips_of_same_content(work)}
    notes = {}
    for now in findings(case.image, case.outlines, edges, settings.sagittal, settings.find_edges, case.fine):
        side = now.measurement.side
        earlier = work.known.hip(side).findings if work.known is not None else None
        found, lost = after_examination(earlier, now, side in same, settings.find_edges)
        work.keep(replace(work.result.hip(side), findings=found))
        own = tuple(
            note for note in (*found.notes, lost) if note and note not in case.side_warnings
        )  # those stand with the case
        if own:
            notes[side] = own
    return StepRecord(of_hips=notes, provenance=dict(provenance(case.image)))


def extract(work: Work, progress: Progress) -> StepRecord:
    """Radiomics, and deep features where they are wanted, of each outlined hip."""
    from .features import deep_features

    settings = work.settings
    radiomics = _radiomics(work, settings.preset, settings.engine, part_of(progress, 0.0, 0.9))
    deep: Mapping[str, DeepFeatures] = {}
    if settings.deep:
        progress(0.9, "Deep features")
        deep = _known_deep(work, tuple(radiomics)) or deep_features(
            work.case.image, work.case.outlines, tuple(radiomics)
        )
    for side, result in radiomics.items():
        work.keep(replace(work.result.hip(side), radiomics=result, deep=deep.get(side)))
    return StepRecord(provenance=dict(provenance(work.case.image)))


def predict(work: Work, progress: Progress) -> StepRecord:
    """Probability of early osteonecrosis of each outlined hip; withheld where the image is out of scope."""
    from ..early.predictor import load_predictor
    from .features import deep_features

    case = work.case
    predictor = load_predictor(work.settings.predictor)
    radiomics = _radiomics(work, predictor.preset, DEFAULT_ENGINE, part_of(progress, 0.0, 0.9))
    sides, deep = tuple(radiomics), {}
    if predictor.backbone is not None:
        progress(0.9, "Deep features")
        deep = _known_deep(work, sides, predictor.backbone.sha256) or deep_features(
            case.image, case.outlines, sides, predictor.backbone
        )
    heads = _heads_or_none(work)
    scope = predictor.scope(case.image, heads)
    told = predictor.for_image(case.image, heads)
    against = scope.out_of_scope
    for side, features in radiomics.items():
        answer = told.answer(features, deep[side].features if side in deep else {})
        hip = replace(
            work.result.hip(side), radiomics=features, deep=deep.get(side, work.result.hip(side).deep)
        )
        if against:
            withheld = {**hip.withheld, PROBABILITY: Withheld(against, answer)}
            work.keep(replace(hip, probability=None, withheld=withheld))
        else:
            work.keep(replace(hip, probability=answer))
    first = next(iter(radiomics.values()))
    return StepRecord(
        against,
        scope.warnings,
        statement=told.statement,
        provenance=told.provenance(case.image, first.engine),
    )


def stage(work: Work, progress: Progress) -> StepRecord:
    """Stage and heatmap of each hip; heads are found where none is outlined. Withheld where out of scope."""
    from ..stage.case_staging import stage_case
    from ..stage.stager import load_stager

    case = work.case
    stager = load_stager(work.settings.stager)
    heads, found_warnings = _heads_to_stage(work, progress)
    staged = stage_case(
        case.image,
        heads,
        stager,
        lambda side, heat: work.write(f"heatmap_{side}", heat),
        case.labels,
        part_of(progress, 0.1, 1.0),
    )
    for head in heads:
        hip = work.result.hip(head.side)
        hip = replace(hip, head=hip.head or head)
        result, problem = staged.answers.get(head.side), staged.problems.get(head.side)
        if problem:
            hip = replace(hip, failures={**hip.failures, STAGE: problem})
        if result is not None and staged.out_of_scope:
            hip = replace(hip, withheld={**hip.withheld, STAGE: Withheld(staged.out_of_scope, result)})
        elif result is not None:
            hip = replace(hip, stage=result)
        work.keep(hip)
    return StepRecord(
        staged.out_of_scope,
        (*staged.warnings, *found_warnings),
        statement=staged.statement,
        provenance=staged.provenance,
    )


def extract_radiograph(work: Work, progress: Progress) -> StepRecord:
    """Radiomics and deep features of the heads on the patient's radiograph, for the survival."""
    from .features import deep_features, extract_hips

    failures: dict[str, str] = {}
    case = work.case
    if case.radiograph is None or case.radiograph_labels is None:
        raise InputError("The case has no outlined radiograph.")
    radiomics = extract_hips(
        case.radiograph,
        case.radiograph_labels,
        work.settings.radiograph_preset,
        DEFAULT_ENGINE,
        part_of(progress, 0.0, 0.9),
        failures,
    )
    progress(0.9, "Deep features of the radiograph")
    deep = deep_features(case.radiograph, case.radiograph_labels, tuple(radiomics))
    for side, result in radiomics.items():
        hip = work.result.hip(side)
        work.keep(replace(hip, radiograph_radiomics=result, radiograph_deep=deep[side]))
    _record_failures(work, RADIOGRAPH, failures)
    return StepRecord(provenance=dict(provenance(case.radiograph)))


def estimate_survival(work: Work, progress: Progress) -> StepRecord:
    """No-collapse survival of each hip with a measured necrosis; what had to be assumed is said in the answer."""
    from .survival import answer_of_hip

    progress(0.0, "Survival")
    if not work.result.did(MEASURE):
        _take_findings(work) or measure(work, progress)
    silent: dict[str, tuple[str, ...]] = {}
    for hip in work.result.hips:
        if hip.findings is None:
            continue
        features = None
        if hip.radiograph_radiomics is not None and hip.radiograph_deep is not None:
            features = {**hip.radiograph_radiomics.features, **hip.radiograph_deep.features}
        try:
            answer = answer_of_hip(
                hip.findings,
                hip.stage or _known_stage(work, hip.side),
                features,
                work.settings.survival_model,
            )
        except InputError as error:
            _record_failures(work, SURVIVAL, {hip.side: str(error)})
            continue
        if answer is None:
            silent[hip.side] = ("no necrotic angle, so no survival after core decompression.",)
        work.keep(replace(hip, survival=answer))
    return StepRecord(of_hips=silent, provenance=dict(provenance(work.case.image)))


# what is known already ----------------------------------------------------------------------------------------


def _radiomics(work: Work, preset: str, engine: str, progress: Progress) -> dict[str, RadiomicsResult]:
    """Those of this run, else of an earlier one of the same voxels and outlines, where preset and engine fit."""
    from .features import extract_hips

    wanted = load_preset(preset).sha256
    sides = work.case.sides
    for hips in (work.result.hips, _hips_of_same_content(work)):
        known = {hip.side: hip.radiomics for hip in hips if hip.radiomics is not None}
        fits = all(r.preset_sha256 == wanted and r.engine == engine for r in known.values())
        if fits and set(known) == set(sides):
            return {side: known[side] for side in sides}
    failures: dict[str, str] = {}
    found = extract_hips(work.case.image, work.case.outlines, preset, engine, progress, failures)
    _record_failures(work, EXTRACT, failures)
    return found


def _known_deep(
    work: Work, sides: tuple[str, ...], backbone_sha256: str | None = None
) -> dict[str, DeepFeatures] | None:
    from ..bundles.bundle import load_bundle
    from ..bundles.defaults import default_backbone

    wanted = backbone_sha256 or load_bundle(default_backbone()).sha256
    for hips in (work.result.hips, _hips_of_same_content(work)):
        known = {hip.side: hip.deep for hip in hips if hip.deep is not None}
        if set(known) == set(sides) and all(d.backbone_sha256 == wanted for d in known.values()):
            return {side: known[side] for side in sides}
    return None


def _hips_of_same_content(work: Work) -> tuple[HipResult, ...]:
    known, content = work.known, work.case.hip_content
    if known is None:
        return ()
    same = {side for side, digest in content.items() if known.hip_content.get(side) == digest}
    return tuple(hip for hip in known.hips if hip.side in same)


def _take_findings(work: Work) -> bool:
    """Take the measurements of an earlier result where outlines and marked edges are the same; whether there were any."""
    known = work.known
    if known is None or known.outlines_sha256 != work.case.outlines_sha256 or not known.did(MEASURE):
        return False
    if known.edges != work.result.edges:
        return False
    for hip in known.hips:
        if hip.findings is not None:
            work.keep(replace(work.result.hip(hip.side), findings=hip.findings))
    return True


def _known_stage(work: Work, side: str) -> StageAnswer | None:
    """Of an earlier result of the same image, where this run does not stage."""
    if STAGE in work.result.steps or work.known is None or work.known.input != work.case.input:
        return None
    return work.known.hip(side).stage


def _heads_or_none(work: Work) -> tuple[FemoralHead, ...]:
    try:
        return work.case.heads
    except InputError:  # an outline too small for a sphere; whether it can be used is for others to say
        return ()


def _heads_to_stage(work: Work, progress: Progress) -> tuple[tuple[FemoralHead, ...], tuple[str, ...]]:
    """Those of the outlines; where nothing is outlined, those that the detector finds, with what it warns of."""
    if work.case.labels is not None:
        return work.case.heads, ()
    from ..segment.pipeline import find_only

    progress(0.05, "Looking for the femoral heads")
    return find_only(work.case.image, work.case.name)


def _record_failures(work: Work, step: str, failures: Mapping[str, str]) -> None:
    for side, why in failures.items():
        hip = work.result.hip(side)
        work.keep(replace(hip, failures={**hip.failures, step: why}))

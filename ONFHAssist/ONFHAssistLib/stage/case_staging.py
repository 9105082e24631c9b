"""A case staged for the command line, the worker and the panel: JSON values, heatmaps as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..core.errors import InputError
from ..core.provenance import provenance
from ..imaging.image import Image, write_image
from ..imaging.labels import NECROSIS, head_mask
from .heatmaps import measure_heat
from .stager import DEFAULT_BUNDLE, Progress, StagedHip, Stager, heads_of_labels, load_stager, stage_hips


def find_case_heads(image: Image) -> tuple[list[Any], list[str]]:
    """Heads by the detector and what it warns of.

    Raises:
        InputError: no femoral head in the volume.
    """
    from ..segment.detector import find_heads
    from ..segment.pipeline import NO_HEAD, require_mri

    require_mri(image, "The volume")
    found = find_heads(image)
    warnings = [
        *found.warnings,
        *(f"Hip {p.side} has a prosthesis; it is not staged." for p in found.prostheses),
    ]
    if not found.heads and not found.prostheses:
        raise InputError(NO_HEAD.format(name="the volume"))
    if not found.heads:
        raise InputError("The volume shows prostheses and no femoral head; there is nothing to stage.")
    return list(found.heads), warnings


def stage_case(
    image: Image,
    out: str | Path,
    labels: Image | None = None,
    bundle: str | Path = DEFAULT_BUNDLE,
    heads: Iterable[Any] | None = None,
    suffix: str = ".nii.gz",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Stage both hips and write ``heatmap_R`` and ``heatmap_L`` into ``out``.

    Args:
        image: MR volume.
        labels: segmentation on its grid: its heads are staged, and the heat is compared with its necrosis.
        heads: instead of those of ``labels``; without both the detector finds them.
        suffix: of the heatmap files.

    Returns:
        ``hips`` (right before left): ``side``, ``stage``, ``probabilities``, ``uncertainty``, ``distance``, ``problem``,
        ``heatmap`` (path or None), ``heat`` (fields of :class:`.heatmaps.HeatFacts`), ``centre``, ``radius``; then
        ``out_of_scope`` (sentences), ``warnings``, ``statement``, ``provenance``.

    Raises:
        InputError: not a volume, no head, a bundle that is refused.
    """
    report = progress or (lambda _fraction, _text: None)
    stager = load_stager(bundle)
    warnings: list[str] = []
    if heads is None and labels is not None:
        heads = heads_of_labels(labels)
    elif heads is None:
        report(0.05, "Looking for the femoral heads")
        heads, warnings = find_case_heads(image)
    staging = stage_hips(image, heads, stager, progress=lambda f, t: report(0.4 + 0.5 * f, t))
    out = Path(out)
    hips = [_written(hip, labels, out, suffix) for hip in staging.hips]
    return {
        "hips": hips,
        "out_of_scope": list(staging.out_of_scope),
        "warnings": [*staging.warnings, *warnings],
        "statement": stager.statement,
        "provenance": staging_record(image, stager),
    }


def _written(hip: StagedHip, labels: Image | None, out: Path, suffix: str) -> dict[str, Any]:
    side = hip.head.side
    path, facts = None, None
    if hip.heatmap is not None:
        path = write_image(hip.heatmap, out / f"heatmap_{side}{suffix}")
        masks = () if labels is None else (head_mask(labels.array, side), labels.array == NECROSIS[side])
        facts = asdict(measure_heat(hip.heatmap, *masks))
    return {
        "side": side,
        "stage": hip.stage,
        "probabilities": None if hip.probabilities is None else dict(hip.probabilities),
        "uncertainty": hip.uncertainty,
        "distance": hip.distance,
        "problem": hip.problem,
        "heatmap": None if path is None else str(path),
        "heat": facts,
        "centre": list(hip.head.centre),
        "radius": hip.head.radius,
    }


def staging_record(image: Image, stager: Stager) -> dict[str, str]:
    """Provenance of a staging."""
    bundle = stager.bundle
    named = {"bundle": f"{bundle.name} {bundle.version}", "bundle_sha256": bundle.sha256} if bundle else {}
    return dict(provenance(image, ("torch", "monai"), **named))


def merged(prediction: Mapping[str, Any], staging: Mapping[str, Any]) -> dict[str, Any]:
    """One answer of ``onfh predict``: the radiomics model's hips with stage, heatmap and scope beside them.

    What is out of scope stands first among the warnings. A hip that only one of the two answers has keeps the other's
    fields empty.
    """
    by_side = {hip["side"]: dict(hip) for hip in prediction.get("hips", ())}
    for hip in staging["hips"]:
        own = by_side.setdefault(hip["side"], {"side": hip["side"], "dlr_probability": None})
        own |= {key: hip[key] for key in ("stage", "probabilities", "uncertainty", "heatmap", "heat")}
        own["stage_problem"] = hip["problem"]
    flagged = [f"Out of scope for the stage: {sentence}" for sentence in staging["out_of_scope"]]
    return {
        **prediction,
        "hips": [by_side[side] for side in ("R", "L") if side in by_side],
        "out_of_scope": bool(prediction.get("out_of_scope")) or bool(flagged),
        "stage_out_of_scope": list(staging["out_of_scope"]),
        "warnings": [*flagged, *prediction.get("warnings", ()), *staging["warnings"]],
        "statement": " ".join(
            dict.fromkeys((str(prediction.get("statement", "")), str(staging["statement"])))
        ).strip(),
        "stage_provenance": staging["provenance"],
    }

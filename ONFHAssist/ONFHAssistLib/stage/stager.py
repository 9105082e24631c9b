"""3D-ONFHNet applied: heads of a hip volume to stages 0, I, II with probabilities, spread and heatmaps.

For each head: cut about the head, left hips mirrored onto right (:mod:`.head_crop`), window, ensemble of networks,
heatmap, and everything put back onto the input's voxels. What cannot be staged is said instead of staged, and what
the stager did not learn from, or what does not say which sequence it is, is flagged before its answer and has no heat.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..bundles.bundle import Bundle
from ..bundles.defaults import default_stager
from ..bundles.kinds import KINDS, STAGER
from ..bundles.loading import load
from ..bundles.scope import check_scope
from ..core.errors import InputError
from ..core.progress import Progress
from ..imaging.head import FemoralHead
from ..imaging.image import Image
from .answer import DEFAULT_CERTAINTY, I_OR_II, STAGES, stage_of
from .head_crop import crop_grid, crop_head, resample_to_image
from .scope import Scope, staging_problem

if TYPE_CHECKING:
    import torch

    from .muldensenet import MulDenseEnsemble

DEFAULT_BUNDLE = KINDS[STAGER].standard[0]
TRAINED_ON = "the stager learned from"


@dataclass(frozen=True)
class Stager:
    """A checked bundle with its networks.

    Attributes:
        network: gives each member's probabilities, temperature included.
        scope: of the features.
        window: ``percentiles`` (low, high), or ``level`` and ``width``, and ``calibrated`` (level, width).
        margin: mm about the head.
        heat: (method, layer) of :mod:`.heatmaps`.
        bundle: None for networks that are not in a bundle yet.
        certainty: share of the probability of necrosis that stage I or II must have to be given alone.
    """

    network: MulDenseEnsemble
    scope: Scope
    window: Mapping[str, Any]
    margin: float
    heat: tuple[str, str]
    bundle: Bundle | None = None
    certainty: float = DEFAULT_CERTAINTY

    @property
    def accepts(self) -> Mapping[str, Any]:
        return self.bundle.metadata["accepts"] if self.bundle else {"spacing_mm": [0.2, 7.0]}

    @property
    def statement(self) -> str:
        learned = str(self.bundle.metadata["training_data"]) if self.bundle else "An unpublished model."
        return learned + " It is not a diagnosis."


@dataclass(frozen=True)
class StagedHip:
    """The answer for one hip.

    Attributes:
        head: that was staged.
        problem: why it was not staged; then all below is None.
        stage: "0", "I", "II" or "I or II".
        probabilities: of "0", "I" and "II".
        uncertainty: standard deviation over the members of the probability of that answer.
        distance: from the training hips, in units of the scope's threshold (above 1: unlike them).
        heatmap: 0..1 on the input's voxels.
    """

    head: FemoralHead
    problem: str | None = None
    stage: str | None = None
    probabilities: Mapping[str, float] | None = None
    uncertainty: float | None = None
    distance: float | None = None
    heatmap: Image | None = None


@dataclass(frozen=True)
class Staging:
    """Both hips, right before left, what speaks against the answer, and what the reader should know."""

    hips: tuple[StagedHip, ...]
    out_of_scope: tuple[str, ...]
    warnings: tuple[str, ...]


def load_stager(bundle: str | Path | None = None) -> Stager:
    """The networks of a checked bundle, opened once (:func:`ONFHAssistLib.bundles.loading.load`).

    Args:
        bundle: by name or folder; None takes :func:`ONFHAssistLib.bundles.defaults.default_stager`.

    Raises:
        InputError: the bundle is not valid, of another kind, holds another network, or its weights do not fit.
    """
    return load(default_stager() if bundle is None else bundle, STAGER, _opened)


def _opened(bundle: Bundle) -> Stager:
    from ..bundles.direct_convolution import with_direct_convolutions
    from .muldensenet import NAME, NETWORKS

    settings = bundle.settings()
    if settings.get("network") not in NETWORKS:
        raise InputError(
            f"Bundle {bundle.name} holds the network '{settings.get('network')}'; the stager needs '{NAME}'."
        )
    state = bundle.state_dict()
    arrays = {
        key.removeprefix("scope."): state.pop(key).float().numpy()
        for key in list(state)
        if key.startswith("scope.")
    }
    network = NETWORKS[settings["network"]](
        int(settings["members"]),
        float(settings["temperature"]),
        str(settings["transition"]),
        bool(settings["gated"]),
    )
    try:
        network.load_state_dict(
            {key: value.float() if value.is_floating_point() else value for key, value in state.items()}
        )
        scope = Scope(arrays["mean"], arrays["axes"], arrays["noise"], float(settings["scope_threshold"]))
    except (RuntimeError, KeyError) as error:
        raise InputError(
            f"The weights of bundle {bundle.name} do not fit its network; it is refused."
        ) from error
    heat = settings["heatmap"]
    return Stager(
        with_direct_convolutions(network.eval().requires_grad_(False)),
        scope,
        settings["window"],
        float(settings["margin_mm"]),
        (heat["method"], heat["layer"]),
        bundle,
        _certainty(settings, bundle.name),
    )


def _certainty(settings: Mapping[str, Any], name: str) -> float:
    """``stage_certainty`` of the settings; 0.5 always gives one stage."""
    value = settings.get("stage_certainty", DEFAULT_CERTAINTY)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.5 <= value <= 1.0:
        raise InputError(
            f"The setting stage_certainty of bundle {name} is {value!r}; a number from 0.5 (never 'I or II') to 1 is "
            "expected."
        )
    return float(value)


def stage_hips(
    image: Image,
    heads: Iterable[Any],
    stager: Stager | None = None,
    heatmaps: bool = True,
    progress: Progress | None = None,
) -> Staging:
    """Stage every head of a volume.

    Args:
        image: MR volume; any orientation and spacing.
        heads: with ``side``, ``centre`` (LPS mm), ``radius`` (mm) and ``score``, as the detector gives them.
        stager: the shipped one by default.
        heatmaps: also make them, where the image is within scope.

    Raises:
        InputError: not a volume, or no head.
    """
    image.require_volume()
    stager = stager or load_stager()
    known = sorted((as_head(head) for head in heads), key=lambda head: "RL".index(head.side))
    if not known:
        raise InputError("There is no femoral head to stage; outline one, or check what the detector found.")
    scope = check_scope(image, stager.accepts, TRAINED_ON, known, strict=True)
    heatmaps = heatmaps and not scope.out_of_scope
    hips = []
    for number, head in enumerate(known):
        if progress:
            progress(number / len(known), f"Staging hip {head.side}")
        hips.append(_staged(image, head, stager, heatmaps))
    unlike = [
        f"Hip {hip.head.side} looks unlike the hips that the stager learned from "
        f"(its features lie {hip.distance:.1f} times as far from them as is usual)."
        for hip in hips
        if hip.distance is not None and hip.distance > 1.0
    ]
    problems = [hip.problem for hip in hips if hip.problem]
    scope = scope.with_against(unlike)
    if scope.out_of_scope:  # what is no answer has no heat that could be taken for one
        hips = [replace(hip, heatmap=None) for hip in hips]
    return Staging(tuple(hips), scope.out_of_scope, (*problems, *scope.warnings))


def as_head(head: Any) -> FemoralHead:
    """What the detector found as the head that it stands for."""
    if isinstance(head, FemoralHead):
        return head
    x, y, z = (float(v) for v in head.centre)
    return FemoralHead(head.side, (x, y, z), float(head.radius), score=float(head.score))


def _staged(image: Image, head: FemoralHead, stager: Stager, heatmaps: bool) -> StagedHip:
    from scipy.special import softmax

    from .temperature import pooled_probability

    grid = crop_grid(head, stager.margin)
    crop = crop_head(image, grid)
    problem = staging_problem(image, head, crop.array)
    if problem:
        return StagedHip(head, problem)
    x = network_input(crop, stager.window)
    passes = _forward_passes(stager.network, x)
    logits = np.stack([one.logits.detach()[0].double().numpy() for one in passes])
    temperature = stager.network.temperature
    mean = pooled_probability(logits[:, None], temperature)[0]
    each = softmax(logits / temperature, axis=-1)
    features = np.stack([one.pooled[0].numpy() for one in passes])
    probabilities = dict(zip(STAGES, (float(p) for p in mean), strict=True))
    stage = stage_of(probabilities, stager.certainty)
    shown = (
        0 if stage == "0" else 1 + int(mean[1:].argmax())
    )  # the heat is of the likelier stage against none
    own = each[:, 1:].sum(axis=1) if stage == I_OR_II else each[:, shown]
    distance = float(stager.scope.distance(features[:, None])[0]) / stager.scope.threshold
    heatmap = _heatmap(image, grid, x, passes, shown, mean, stager) if heatmaps else None
    spread = float(own.std(ddof=1)) if len(each) > 1 else None
    return StagedHip(head, None, stage, probabilities, spread, distance, heatmap)


def network_input(crop: Image, window: Mapping[str, Any]) -> torch.Tensor:
    """A crop as (1, 1, 32, 112, 64) within 0..1.

    The window is the bundle's: percentiles of the crop, since MR intensities have no unit; for images whose metadata
    say ``intensity`` "calibrated" its level and width (the study's 300 and 1500), where it has them.
    """
    import torch

    level_width = window.get("calibrated") if crop.metadata.get("intensity") == "calibrated" else None
    if level_width is None and "level" in window:
        level_width = (window["level"], window["width"])
    if level_width is not None:
        low, high = level_width[0] - level_width[1] / 2, level_width[0] + level_width[1] / 2
    else:
        low, high = np.percentile(crop.array[::2, ::2, ::2], window["percentiles"])
    scaled = np.clip(
        (crop.array.astype(np.float32) - np.float32(low)) / np.float32(max(high - low, 1e-6)), 0, 1
    )
    return torch.from_numpy(np.ascontiguousarray(scaled))[None, None]


def _forward_passes(network: MulDenseEnsemble, x: torch.Tensor) -> list[Any]:
    """One forward pass of every member."""
    from .heatmaps import forward_pass

    return [forward_pass(member, x) for member in network.networks]


def _heatmap(
    image: Image,
    grid: Image,
    x: torch.Tensor,
    passes: list[Any],
    stage: int,
    mean: np.ndarray,
    stager: Stager,
) -> Image:
    from .heatmaps import ensemble_heat, mean_heat

    method, layer = stager.heat
    if layer == "last" and method in ("gradcam", "hirescam"):
        heat = mean_heat([one.activation_map(stage, method) for one in passes], tuple(x.shape[2:]))
    else:
        heat = ensemble_heat(stager.network.networks, x, stage, *stager.heat)
    necrosis = float(mean[1:].sum())
    if stage == 0:
        heat = heat * min(1.0, necrosis)
    back = resample_to_image(grid.like(heat.astype(np.float32)), image)
    array = np.clip(back.array, 0.0, 1.0).astype(np.float32)
    if stage and array.max() > 0:  # thick slices miss the peak of the crop
        array = array / array.max()
    return image.like(array)

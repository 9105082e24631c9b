"""Where the stager looks: 3D class activation maps of its networks, on the input's geometry, and what they are worth.

Grad-CAM (Selvaraju et al. 2017, ICCV) and Grad-CAM++ (Chattopadhay et al. 2018, WACV) are MONAI's. HiResCAM (Draelos
and Carin 2020, arXiv:2011.08891) multiplies activation and gradient voxel by voxel before summing the channels, so
that it can be read on an earlier, finer layer, where averaging the gradient over the whole map would mix places.

Each map explains a contrast, not a single logit, since the softmax does not change when all logits rise: stage I or
II against 0. A hip staged 0 gets the map of what speaks for I or II, and its peak is the probability of necrosis
instead of 1.

On the last layer of a gated network the classifier is linear in what it pools, so that there HiResCAM is not an
approximation: its values, before the negative ones are cut, sum up to the contrast less the bias.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from monai.visualize.class_activation_maps import GradCAM, GradCAMpp, ModelWithHooks
from torch import nn
from torch.nn import functional

from ..core.vectors import as_point
from ..imaging.image import Image
from .answer import HeatFacts
from .muldensenet import MulDenseNet

LAYERS = {"last": "pooling", "block3": "block3", "block2": "block2", "transition1": "transition1"}
METHODS = ("gradcam", "gradcam++", "hirescam")
DEFAULT_METHOD = ("gradcam", "last")  # chosen on validation patients: see Docs/stage.md
HEAT_REGION_FROM = 0.5


class StageContrast(nn.Module):
    """Logit differences (n, 3): the likelier of I and II against 0 (for hips staged 0), I against 0, II against 0."""

    def __init__(self, network: MulDenseNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        z = self.network(x)
        return torch.stack((z[:, 1:].amax(dim=1) - z[:, 0], z[:, 1] - z[:, 0], z[:, 2] - z[:, 0]), dim=1)


class HiResCAM:
    """Sum over channels of activation times gradient, negative parts cut; called like MONAI's Grad-CAM."""

    def __init__(self, nn_module: nn.Module, target_layers: str) -> None:
        self.hooked = ModelWithHooks(nn_module, target_layers, register_forward=True, register_backward=True)

    def compute_map(self, x: torch.Tensor, class_idx: int) -> torch.Tensor:
        """(n, 1, z, y, x) of the layer's own size."""
        _, activation, gradient = self.hooked(x, class_idx=class_idx)
        return functional.relu((activation[0] * gradient[0]).sum(dim=1, keepdim=True))


_MAKERS = {"gradcam": GradCAM, "gradcam++": GradCAMpp, "hirescam": HiResCAM}


def activation_map(network: MulDenseNet, x: torch.Tensor, stage: int, method: str, layer: str) -> np.ndarray:
    """Map of one network for one hip at the layer's own size, (z, y, x), 0 or more.

    Args:
        x: (1, 1, 32, 112, 64).
        stage: 1 or 2, explained against 0; 0 takes the likelier of the two.
        method: of :data:`METHODS`. layer: of :data:`LAYERS`.
    """
    with _watched(network.eval(), LAYERS[layer]) as target:
        maker = _MAKERS[method](
            StageContrast(network).eval(), target_layers=target
        )  # else MONAI leaves it in training
        return maker.compute_map(x, class_idx=stage).detach()[0, 0].numpy()


class _Leaf(nn.Module):
    """Cuts the graph, so that only what lies behind the layer is differentiated."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.detach().requires_grad_()


@contextmanager
def _watched(network: MulDenseNet, name: str) -> Iterator[str]:
    """Name of a module that gives out what the layer gives, for the time of one map.

    MONAI's hooks stay for good, so they go onto a module of their own instead of the network's.
    """
    layer = getattr(network, name)
    setattr(network, name, nn.Sequential(layer, _Leaf(), nn.Identity()))
    try:
        yield f"network.{name}.2"
    finally:
        setattr(network, name, layer)


@dataclass(frozen=True)
class ForwardPass:
    """One forward pass of one network: logits (1, 3), pooled features (1, size), and what the last layer gave."""

    logits: torch.Tensor
    pooled: torch.Tensor
    activation: torch.Tensor

    def activation_map(self, stage: int, method: str = DEFAULT_METHOD[0]) -> np.ndarray:
        """Grad-CAM or HiResCAM of the last layer, as :func:`activation_map` gives it, without another pass."""
        z = self.logits[0]
        contrast = (z[1:].amax() if stage == 0 else z[stage]) - z[0]
        (gradient,) = torch.autograd.grad(contrast, self.activation, retain_graph=True)
        if method == "gradcam":
            gradient = gradient.mean(dim=(2, 3, 4), keepdim=True)
        return functional.relu((self.activation * gradient).sum(dim=1)).detach()[0].numpy()


def forward_pass(network: MulDenseNet, x: torch.Tensor) -> ForwardPass:
    """Run a network on one hip, keeping what :meth:`ForwardPass.activation_map` needs; only what lies behind the
    layer has a graph."""
    kept: list[torch.Tensor] = []

    def cut(_module: nn.Module, _inputs: Any, output: torch.Tensor) -> torch.Tensor:
        kept.append(output.detach().requires_grad_())
        return kept[0]

    handle = network.pooling.register_forward_hook(cut)
    try:
        pooled = network.pooled(x)
    finally:
        handle.remove()
    return ForwardPass(network.classifier(pooled), pooled.detach(), kept[0])


def ensemble_heat(
    networks: list[MulDenseNet],
    x: torch.Tensor,
    stage: int,
    method: str = DEFAULT_METHOD[0],
    layer: str = DEFAULT_METHOD[1],
) -> np.ndarray:
    """Mean over networks of their maps, each with peak 1, on the input's voxels (32, 112, 64); peak 1, or all 0."""
    return mean_heat(
        [activation_map(network, x, stage, method, layer) for network in networks], tuple(x.shape[2:])
    )


def mean_heat(maps: list[np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
    """Mean of maps, each with peak 1, brought to ``shape``; peak 1, or all 0."""
    total = sum(one / one.max() if one.max() > 0 else one for one in maps)
    grown = functional.interpolate(
        torch.from_numpy(np.asarray(total))[None, None].float(), shape, mode="trilinear", align_corners=False
    )
    heat = grown[0, 0].numpy()
    return heat / heat.max() if heat.max() > 0 else heat


# what a heatmap is worth --------------------------------------------------------------------------------


def measure_heat(
    heat: Image, head: np.ndarray | None = None, necrosis: np.ndarray | None = None
) -> HeatFacts:
    """Facts of a heatmap on any grid.

    Args:
        heat: 0..1.
        head, necrosis: masks on the same grid; the head includes the necrosis.
    """
    region = heat.array >= HEAT_REGION_FROM
    volume, surface = _mesh(region, heat.spacing)
    if not heat.array.max() > 0:
        return HeatFacts(0.0, 0.0, None)
    at = np.unravel_index(int(heat.array.argmax()), heat.array.shape)
    peak = heat.index_to_point(at[::-1])
    facts: dict[str, Any] = {}
    if head is not None and head.any():
        facts["mass_in_head"] = float(heat.array[head].sum(dtype=float) / heat.array.sum(dtype=float))
    if necrosis is not None and necrosis.any():
        both = int(np.count_nonzero(region & necrosis))
        facts["overlap"] = 2 * both / int(np.count_nonzero(region) + np.count_nonzero(necrosis))
        facts["necrosis_covered"] = both / int(np.count_nonzero(necrosis))
        points = heat.index_to_point(np.argwhere(necrosis)[:, ::-1])
        half_voxel = 0.0 if necrosis[at] else None
        facts["peak_to_necrosis_mm"] = (
            half_voxel if half_voxel is not None else float(np.linalg.norm(points - peak, axis=1).min())
        )
    return HeatFacts(volume, surface, as_point(peak), **facts)


def _mesh(region: np.ndarray, spacing: tuple[float, float, float]) -> tuple[float, float]:
    """Volume in ml by voxels and surface in mm^2 of the marching-cubes mesh."""
    from ..extract.native.shape.mesh import mesh_surface_volume

    if not region.any():
        return 0.0, 0.0
    low, high = np.argwhere(region).min(axis=0), np.argwhere(region).max(axis=0) + 1
    box = region[tuple(slice(a, b) for a, b in zip(low, high, strict=True))]
    surface, _ = mesh_surface_volume(np.pad(box, 1), np.array(spacing[::-1], float))
    return float(np.count_nonzero(region) * np.prod(spacing) / 1000.0), float(surface)


# the randomisation check --------------------------------------------------------------------------------


def map_similarity(first: np.ndarray, second: np.ndarray) -> dict[str, float]:
    """``ssim`` (MONAI's, window 7) and Spearman's ``rank_correlation`` of two heatmaps of the same shape, 0..1."""
    from monai.metrics import SSIMMetric
    from scipy.stats import spearmanr

    pair = [torch.from_numpy(np.ascontiguousarray(h, np.float32))[None, None] for h in (first, second)]
    alike = SSIMMetric(spatial_dims=3, data_range=1.0, win_size=7)(*pair)
    ssim = float(torch.as_tensor(alike).mean())
    step = (slice(None, None, 2), slice(None, None, 4), slice(None, None, 4))
    a, b = first[step].ravel(), second[step].ravel()
    constant = a.std() == 0 or b.std() == 0
    return {"ssim": ssim, "rank_correlation": 0.0 if constant else float(spearmanr(a, b).statistic)}


CASCADE = {  # parts of a network from its answer back to its input
    "classifier": ("classifier",),
    "last convolution": ("last", "last_norm", "outline_head"),
    "join": ("join", "join_norm", "norm"),
    "block 3": ("block3",),
    "transition 2": ("transition2",),
    "block 2": ("block2",),
    "transition 1": ("transition1",),
    "block 1": ("block1",),
    "stem": ("stem",),
}


def randomise_weights(network: MulDenseNet, seed: int, down_to: str = "stem") -> MulDenseNet:
    """A copy with new random weights and forgotten normalisation statistics in all parts from the answer ``down_to``.

    "stem" is the whole network; the parts of :data:`CASCADE` one after another are the cascading randomisation of
    Adebayo et al. 2018, NeurIPS.
    """
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        fresh = MulDenseNet(**network.options)
    order = list(CASCADE)
    for part in order[order.index(down_to) + 1 :]:
        for name in CASCADE[part]:
            if hasattr(network, name):
                getattr(fresh, name).load_state_dict(getattr(network, name).state_dict())
    return fresh.eval().requires_grad_(False)  # as a loaded bundle has them; else every pass keeps a graph

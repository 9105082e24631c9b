"""Deep features: what a ResNet18 sees in the slice where the region is largest.

The DLR and DLRC studies take the 512 average-pooling features of a ResNet18 with ImageNet weights, fine-tuned on their
slices. Network: He et al., CVPR 2016, as MONAI builds it; its parameters have the names and shapes of torchvision's,
so a torchvision checkpoint is taken key for key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from monai.networks.nets import ResNet, resnet18
from scipy.ndimage import map_coordinates

from ..bundles.bundle import Bundle
from ..bundles.defaults import default_backbone
from ..bundles.kinds import BACKBONE, KINDS
from ..bundles.loading import load
from ..core.atomic_files import atomic_file
from ..core.errors import InputError
from ..core.provenance import sha256_of_file
from ..core.vectors import as_point
from ..imaging.image import Image
from .region_picture import MARGIN, PIXELS, RegionPicture, region_picture  # noqa: F401 - the training varies the margin

FEATURES = 512
DEFAULT_BUNDLE = KINDS[BACKBONE].standard[0]
NETWORK = "resnet18_2d"  # the one name of a network that a bundle of deep features may state
IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_DEVIATION = (0.229, 0.224, 0.225)
IMAGENET_URL = "https://download.pytorch.org/models/resnet18-f37072fd.pth"
NAMES = tuple(f"DL_{k}" for k in range(FEATURES))
_BATCH = 16


@dataclass(frozen=True)
class Backbone:
    """A network that turns a picture into features.

    Attributes:
        network: input (n, 3, pixels, pixels), average pooling before ``fc``.
        name: for provenance.
        sha256: of the weights' file or bundle, empty where they did not come from one.
        pixels: side of the picture.
        mean, deviation: of the three channels after scaling to 0..1.
        classes: what the outputs of ``fc`` mean, empty where they mean nothing about hips.
    """

    network: ResNet
    name: str
    sha256: str = ""
    pixels: int = PIXELS
    mean: tuple[float, float, float] = IMAGENET_MEAN
    deviation: tuple[float, float, float] = IMAGENET_DEVIATION
    classes: tuple[str, ...] = ()

    @torch.inference_mode()
    def features(self, pictures: torch.Tensor) -> np.ndarray:
        """Average-pooling features, shape (n, 512), of pictures (n, 3, pixels, pixels)."""
        parts = [self.network.avgpool(self.activations(part)).flatten(1) for part in pictures.split(_BATCH)]
        return torch.cat(parts).numpy().astype(np.float64)

    def activations(self, pictures: torch.Tensor) -> torch.Tensor:
        """Output of the last convolution block, 512 channels."""
        net = self.network
        x = net.maxpool(net.act(net.bn1(net.conv1(pictures))))
        return net.layer4(net.layer3(net.layer2(net.layer1(x))))

    def tensor(self, pixels: np.ndarray) -> torch.Tensor:
        """Grey pictures (n, pixels, pixels) in 0..1 as three equal, normalised channels."""
        mean, deviation = (torch.tensor(v).view(1, 3, 1, 1) for v in (self.mean, self.deviation))
        return (torch.from_numpy(pixels)[:, None].expand(-1, 3, -1, -1) - mean) / deviation


# MONAI's ResNet18 in the layout of torchvision's: 7 x 7 stride 2, max pooling, no bias in the shortcuts.
NETWORK_ARGUMENTS: dict[str, Any] = {
    "spatial_dims": 2,
    "n_input_channels": 3,
    "conv1_t_size": 7,
    "conv1_t_stride": 2,
    "bias_downsample": False,
}


def build_network(classes: int = 1000) -> ResNet:
    """ResNet18 for three-channel pictures, untrained, in evaluation mode."""
    network = resnet18(num_classes=classes, **NETWORK_ARGUMENTS).eval()
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # in PyTorch's manual, not in its types
    return network


def backbone_from_state(state: dict[str, torch.Tensor], name: str, sha256: str = "") -> Backbone:
    """A backbone from a state dict of torchvision's layout.

    Raises:
        InputError: a key is missing or unknown, or a tensor has another shape.
    """
    network = build_network(len(state["fc.bias"]) if "fc.bias" in state else 1000)
    wanted = network.state_dict()
    counters = {
        key for key in wanted if key.endswith("num_batches_tracked")
    }  # absent from checkpoints before 2018
    missing = sorted(set(wanted) - set(state) - counters)
    unknown = sorted(set(state) - set(wanted))
    if missing or unknown:
        what = f"lacks {missing[0]!r}" if missing else f"has the unknown {unknown[0]!r}"
        count = len(missing) + len(unknown)
        raise InputError(
            f"{name} is not a ResNet18 of torchvision's layout: it {what} ({count} keys differ)."
        )
    for key, tensor in state.items():
        if tuple(tensor.shape) != tuple(wanted[key].shape):
            raise InputError(
                f"{name} is not a ResNet18 of torchvision's layout: {key!r} has shape {tuple(tensor.shape)}, "
                f"expected {tuple(wanted[key].shape)}."
            )
    weights = {key: value.float() if value.is_floating_point() else value for key, value in state.items()}
    network.load_state_dict({**{key: wanted[key] for key in counters}, **weights})
    return Backbone(network.eval(), name, sha256)


def load_backbone(bundle: str | Path | None = None) -> Backbone:
    """The network of a checked bundle, opened once (:func:`ONFHAssistLib.bundles.loading.load`).

    Args:
        bundle: by name or folder; None takes :func:`ONFHAssistLib.bundles.defaults.default_backbone`.

    Raises:
        InputError: the bundle is not valid, of another kind, or holds another network.
    """
    return load(default_backbone() if bundle is None else bundle, BACKBONE, _opened)


def _opened(checked: Bundle) -> Backbone:
    inference = checked.settings()
    if inference.get("network") != NETWORK:
        raise InputError(
            f"Bundle {checked.name} holds the network '{inference.get('network')}'; deep features need '{NETWORK}'."
        )
    plain = backbone_from_state(checked.state_dict(), f"{checked.name} {checked.version}", checked.sha256)
    return replace(
        plain,
        pixels=int(inference["pixels"]),
        mean=as_point(inference["mean"]),
        deviation=as_point(inference["deviation"]),
        classes=tuple(str(name) for name in inference["classes"]),
    )


def load_torchvision_checkpoint(path: str | Path, sha256: str | None = None) -> Backbone:
    """The ImageNet weights that torchvision publishes, from a file.

    Args:
        path: for example ``resnet18-f37072fd.pth`` (see :data:`IMAGENET_URL`); the digits in such a name are the
            first of its SHA-256 and are checked.
        sha256: the whole hash, where known.

    Raises:
        InputError: the file does not exist, is damaged, is not the file that was expected, or holds other weights.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"The weights {path} do not exist; download {IMAGENET_URL} and name that file.")
    digest = sha256_of_file(path)
    in_name = re.search(r"-([0-9a-f]{8,64})\.pth$", path.name)
    expected = (sha256 or (in_name.group(1) if in_name else "")).lower()
    if not digest.startswith(expected):
        raise InputError(
            f"{path} has the SHA-256 {digest[:16]}..., expected {expected[:16]}...; download it again."
        )
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises many kinds for a damaged or foreign file
        raise InputError(
            f"{path} is not a file of PyTorch weights; it may hold more than tensors."
        ) from error
    if not isinstance(state, dict) or not all(isinstance(value, torch.Tensor) for value in state.values()):
        raise InputError(f"{path} does not hold a plain state dict of tensors.")
    return backbone_from_state(state, path.name, digest)


def download_torchvision_checkpoint(folder: str | Path, consent: bool) -> Path:
    """Fetch torchvision's ImageNet weights (45 MB) into ``folder``; the file appears only when it is whole and right.

    Args:
        consent: the user agreed that this computer connects to :data:`IMAGENET_URL`.

    Raises:
        InputError: no consent, no connection, or another file than the one named came.
    """
    import urllib.error
    import urllib.request

    if not consent:
        raise InputError(
            f"The ImageNet weights come from {IMAGENET_URL}; agree to the download or give the file."
        )
    name = IMAGENET_URL.rsplit("/", 1)[1]
    target = Path(folder) / name
    try:
        with atomic_file(target) as part:
            with urllib.request.urlopen(IMAGENET_URL, timeout=60) as response, part.open("wb") as file:
                while piece := response.read(1 << 20):
                    file.write(piece)
            digest = sha256_of_file(part)
            if not digest.startswith(name.removesuffix(".pth").rsplit("-", 1)[1]):
                raise InputError(
                    f"What {IMAGENET_URL} sent has the SHA-256 {digest[:8]}..., not that of {name}; try again."
                )
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise InputError(
            f"{IMAGENET_URL} cannot be reached ({error}); download it elsewhere and give the file."
        ) from error
    return target


# features ---------------------------------------------------------------------------------------------------------


def extract_deep(
    image: Image, mask: Image, label: int | Iterable[int], backbone: Backbone
) -> dict[str, float]:
    """The features ``DL_0`` to ``DL_511`` of one region; arguments and errors as :func:`region_picture`."""
    return extract_deep_pictures([region_picture(image, mask, label, pixels=backbone.pixels)], backbone)[0]


def extract_deep_pictures(pictures: Sequence[RegionPicture], backbone: Backbone) -> list[dict[str, float]]:
    """The features of many pictures of the backbone's size, in batches."""
    if not pictures:
        return []
    stacked = backbone.tensor(np.stack([picture.pixels for picture in pictures]))
    stacked = stacked.to(memory_format=torch.channels_last)
    return [dict(zip(NAMES, map(float, row), strict=True)) for row in backbone.features(stacked)]


# explanation --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DeepHeat:
    """Grad-CAM of a region's picture (Selvaraju et al., ICCV 2017).

    Attributes:
        heat: 0..1, on the picture's pixels.
        picture: what the network saw.
        volume: the heat on the geometry of the input, 0 outside the picture.
    """

    heat: np.ndarray
    picture: RegionPicture
    volume: Image

    def save(self, path: str | Path) -> Path:
        """Write the picture with the heat over it as PNG."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(6.8, 3.3), dpi=150, layout="constrained")
        panels = figure.subplots(1, 2)
        for axes, title in zip(panels, (f"Slice {self.picture.slice_index}", "Grad-CAM"), strict=True):
            axes.imshow(self.picture.pixels, cmap="gray", vmin=0, vmax=1)
            axes.set_title(title, fontsize=10)
            axes.set_axis_off()
        shown = panels[1].imshow(self.heat, cmap="inferno", alpha=0.6 * self.heat, vmin=0, vmax=1)
        bar = figure.colorbar(shown, ax=list(panels), fraction=0.04, pad=0.02)
        bar.set_label("Share of the highest influence", fontsize=8)
        assert bar.solids is not None  # a colour bar of a picture has its colours
        bar.solids.set_alpha(1)
        with atomic_file(path) as part:
            figure.savefig(part, format="png")
        return Path(path)


def grad_cam(
    image: Image,
    mask: Image,
    label: int | Iterable[int],
    backbone: Backbone,
    weights: dict[str, float] | None = None,
) -> DeepHeat:
    """Where in the slice the features, or a linear model of them, come from.

    Args:
        image, mask, label: as :func:`region_picture`.
        backbone: the network.
        weights: coefficients of a linear model by feature name (``DL_17``); ``None`` takes every feature by its own
            value, which shows what the network responds to at all.

    Raises:
        InputError: as :func:`region_picture`, or a weight of a feature that does not exist.
    """
    unknown = sorted(set(weights or ()) - set(NAMES))
    if unknown:
        raise InputError(f"There is no deep feature {unknown[0]!r}; they are DL_0 to DL_{FEATURES - 1}.")
    picture = region_picture(image, mask, label, pixels=backbone.pixels)
    with torch.no_grad():
        activations = backbone.activations(backbone.tensor(picture.pixels[None]))
    activations.requires_grad_(True)
    pooled = activations.mean(dim=(2, 3))[0]
    towards = (
        pooled.detach()
        if weights is None
        else torch.tensor([float(weights.get(name, 0.0)) for name in NAMES])
    )
    (pooled * towards).sum().backward()
    assert activations.grad is not None
    influence = activations.grad.mean(dim=(2, 3), keepdim=True)
    cam = torch.relu((influence * activations.detach()).sum(dim=1, keepdim=True))
    large = torch.nn.functional.interpolate(
        cam, size=(backbone.pixels,) * 2, mode="bilinear", align_corners=False
    )
    heat = large[0, 0].numpy().astype(np.float32)
    heat = heat / heat.max() if heat.max() > 0 else heat
    return DeepHeat(heat, picture, image.like(_on_slice(heat, picture, image), modality="heatmap"))


def _on_slice(heat: np.ndarray, picture: RegionPicture, image: Image) -> np.ndarray:
    volume = np.zeros(image.array.shape, np.float32)
    slices = np.moveaxis(volume, picture.axis, 0)  # a view
    counts: tuple[int, ...] = slices.shape[1:]
    places = [
        (np.arange(count) - at[0]) / (at[-1] - at[0]) * (len(at) - 1)
        for count, at in zip(counts, (picture.rows, picture.columns), strict=True)
    ]
    grid = np.meshgrid(*places, indexing="ij")
    slices[picture.slice_index] = map_coordinates(heat, grid, order=1, mode="constant", cval=0.0)
    return volume

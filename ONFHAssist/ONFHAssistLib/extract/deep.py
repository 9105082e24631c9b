"""Deep features: 512 numbers of the slice in which the region is largest, from a 2D ResNet18's average pooling.

The DLR and DLRC studies feed the slice with the largest region to a ResNet18 (He et al. 2016) and keep its pooled
features, here ``DL_0`` .. ``DL_511``. Weights come from a bundle (trained on simulated hips by ``onfh train backbone``)
or from torchvision's ImageNet checkpoint, whose layout MONAI's network shares key for key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..bundles.bundle import load_bundle
from ..errors import InputError
from ..image import Image
from ..provenance import sha256_of_file
from .radiomics import labels_of

if TYPE_CHECKING:
    import torch

FEATURES = 512
NAMES = tuple(f"DL_{i}" for i in range(FEATURES))
DEFAULT_BUNDLE = "backbone-resnet18"
MARGIN = 0.15  # of the region's longer side, kept around it on every side
IMAGENET_MEAN, IMAGENET_SD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
# MONAI's ResNet18 in the layout of torchvision's: 7 x 7 stride 2, max pooling, no bias in the shortcuts.
NETWORK_ARGUMENTS: Mapping[str, Any] = {
    "spatial_dims": 2,
    "n_input_channels": 3,
    "conv1_t_size": 7,
    "conv1_t_stride": 2,
    "shortcut_type": "B",
    "bias_downsample": False,
}


@dataclass(frozen=True)
class Backbone:
    """A network and how its input is made.

    Attributes:
        network: MONAI ResNet18 in evaluation mode, with its last layer (``classes`` outputs).
        input_size: side of the square input in pixels.
        mean, sd: of the three channels after scaling to 0..1.
        classes: names of the outputs, empty where the last layer means nothing.
        name, sha256: where the weights come from.
    """

    network: torch.nn.Module
    input_size: int
    mean: tuple[float, float, float]
    sd: tuple[float, float, float]
    classes: tuple[str, ...]
    name: str
    sha256: str


def build_network(classes: int) -> torch.nn.Module:
    """ResNet18 with ``classes`` outputs and random weights."""
    from monai.networks.nets import resnet18

    return resnet18(num_classes=classes, **NETWORK_ARGUMENTS)


def load_backbone(bundle: str | Path = DEFAULT_BUNDLE) -> Backbone:
    """The network of a checked bundle.

    Raises:
        InputError: the bundle is not valid, or holds another network.
    """
    import json

    checked = load_bundle(bundle)
    inference = json.loads((checked.path / "configs/inference.json").read_text(encoding="utf-8"))
    if inference.get("network") != "resnet18_2d":
        raise InputError(
            f"Bundle {checked.name} holds the network '{inference.get('network')}'; deep features need 'resnet18_2d'."
        )
    classes = tuple(str(name) for name in inference["classes"])
    network = build_network(len(classes))
    _load_checked(network, checked.state_dict(), checked.name)
    size = int(inference["input_size"])
    mean, sd = (tuple(float(v) for v in inference[key]) for key in ("mean", "sd"))
    return Backbone(
        network.eval(), size, mean, sd, classes, f"{checked.name} {checked.version}", checked.sha256
    )


def load_torchvision_checkpoint(path: str | Path, sha256: str | None = None) -> Backbone:
    """ResNet18 with the weights of a checkpoint in torchvision's layout, such as ``resnet18-f37072fd.pth``.

    Args:
        path: the file.
        sha256: expected hash; where None, the eight digits that torchvision puts into its file names must match.

    Raises:
        InputError: missing, changed, or of another layout (the first key that differs is named).
    """
    import pickle
    import re

    import torch

    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path} does not exist; give the checkpoint file of torchvision's ResNet18.")
    found = sha256_of_file(path)
    named = re.search(r"-([0-9a-f]{8})\.pth$", path.name)
    expected = sha256 or (named.group(1) if named else None)
    if expected is None:
        raise InputError(f"{path.name} states no hash in its name; give its SHA-256.")
    if not found.startswith(expected.lower()):
        raise InputError(
            f"{path.name} was changed or cut: its SHA-256 starts with {found[:8]}, not {expected[:8]}."
        )
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError) as error:
        raise InputError(f"{path.name} is not a plain state dict; it is refused.") from error
    network = build_network(int(state["fc.weight"].shape[0]) if "fc.weight" in state else 1)
    _load_checked(network, state, path.name)
    return Backbone(network.eval(), 224, IMAGENET_MEAN, IMAGENET_SD, (), path.name, found)


def _load_checked(network: torch.nn.Module, state: Mapping[str, torch.Tensor], name: str) -> None:
    """Load ``state`` only if every key and shape is the network's."""
    wanted = {key: tuple(value.shape) for key, value in network.state_dict().items()}
    given = {key: tuple(value.shape) for key, value in state.items()}
    optional = {key for key in wanted if key.endswith("num_batches_tracked")}
    missing = sorted(set(wanted) - set(given) - optional)
    unknown = sorted(set(given) - set(wanted))
    for kind, keys in (("lacks", missing), ("has the unknown", unknown)):
        if keys:
            raise InputError(
                f"{name} {kind} weight '{keys[0]}'; it is not a ResNet18 in torchvision's layout."
            )
    for key, shape in given.items():
        if shape != wanted[key]:
            raise InputError(f"{name} has '{key}' of shape {shape} where {wanted[key]} is expected.")
    network.load_state_dict({key: value.float() for key, value in state.items()}, strict=False)


# input --------------------------------------------------------------------------------------------------


def largest_slice(image: Image, mask: Image, label: int | Iterable[int] = 1) -> tuple[Image, np.ndarray]:
    """The slice in which the region has its largest area, as an image of one slice, and the region in it.

    Slices are counted along the axis with the widest spacing, the one that the scanner acquired slice by slice.

    Raises:
        InputError: another grid, or no voxel with the label.
    """
    image.require_same_grid(mask, "the image", "The mask")
    region = np.isin(mask.array, labels_of(label))
    if not region.any():
        raise InputError(f"Label {label} is not in the mask; outline the region first.")
    spacing = np.asarray(image.spacing)
    axis = 2 - int(
        np.argmax(spacing - 1e-6 * np.arange(3)[::-1])
    )  # array axis; the stored slices where all are equal
    areas = region.sum(axis=tuple(a for a in range(3) if a != axis))
    index = int(np.argmax(areas))
    order = (axis, *(a for a in range(3) if a != axis))
    values = np.transpose(image.array, order)[index]
    flat = np.transpose(region, order)[index]
    rows, columns = (2 - a for a in order[1:])
    return Image(values[None], (spacing[columns], spacing[rows], spacing[2 - axis])), flat


def network_input(image: Image, mask: Image, label: int | Iterable[int], size: int) -> np.ndarray:
    """Grey input (size, size) in 0..1: the region's square with a margin, resampled isotropically, windowed robustly."""
    plane, region = largest_slice(image, mask, label)
    return crop_input(plane.array[0], region, plane.spacing[:2], size)


def crop_input(values: np.ndarray, region: np.ndarray, spacing: tuple[float, float], size: int) -> np.ndarray:
    """The square about ``region`` (rows, columns; ``spacing`` x, y in mm) on ``size`` x ``size`` pixels in 0..1.

    The window runs from the first to the 99th percentile of the square, so that the scanner's scale does not matter.
    """
    from scipy import ndimage

    rows, columns = np.nonzero(region)
    low = np.array([rows.min(), columns.min()], float)
    high = np.array([rows.max(), columns.max()], float)
    pixel = np.array([spacing[1], spacing[0]])
    half = (0.5 + MARGIN) * float(((high - low + 1) * pixel).max())
    grid = (np.arange(size) + 0.5) / size * 2 * half - half
    centre = 0.5 * (low + high)
    coordinates = np.meshgrid(centre[0] + grid / pixel[0], centre[1] + grid / pixel[1], indexing="ij")
    square = ndimage.map_coordinates(values.astype(np.float32), coordinates, order=1, mode="nearest")
    floor, ceiling = np.percentile(square, [1, 99])
    return np.clip((square - floor) / max(ceiling - floor, 1e-6), 0, 1).astype(np.float32)


# features -----------------------------------------------------------------------------------------------


def extract_deep(
    image: Image, mask: Image, label: int | Iterable[int] = 1, backbone: Backbone | None = None
) -> dict[str, float]:
    """``DL_0`` .. ``DL_511`` of one region."""
    backbone = backbone or load_backbone()
    values = features_of([network_input(image, mask, label, backbone.input_size)], backbone)[0]
    return dict(zip(NAMES, (float(v) for v in values), strict=True))


def features_of(inputs: Sequence[np.ndarray], backbone: Backbone, batch: int = 16) -> np.ndarray:
    """Pooled features, shape (n, 512), of grey inputs (size, size) in 0..1."""
    import torch

    results = []
    with torch.inference_mode():
        for start in range(0, len(inputs), batch):
            tensor = _tensor(inputs[start : start + batch], backbone)
            results.append(_pooled(backbone.network, tensor).numpy())
    return np.concatenate(results)


def _tensor(inputs: Sequence[np.ndarray], backbone: Backbone) -> torch.Tensor:
    import torch

    grey = torch.from_numpy(np.stack(inputs))[:, None].expand(-1, 3, -1, -1)
    mean, sd = (torch.tensor(v).view(1, 3, 1, 1) for v in (backbone.mean, backbone.sd))
    return ((grey - mean) / sd).contiguous()


def _pooled(network: torch.nn.Module, tensor: torch.Tensor) -> torch.Tensor:
    """The network's forward pass up to its average pooling."""
    x = network.maxpool(network.act(network.bn1(network.conv1(tensor))))
    for layer in (network.layer1, network.layer2, network.layer3, network.layer4):
        x = layer(x)
    return network.avgpool(x).flatten(1)


def heatmap(
    image: Image,
    mask: Image,
    label: int | Iterable[int] = 1,
    backbone: Backbone | None = None,
    target: int | None = None,
) -> tuple[np.ndarray, np.ndarray, str]:
    """Grad-CAM (Selvaraju et al. 2017) of the slice that gives the deep features.

    Args:
        target: index of the class that is explained; the most probable where None.

    Returns:
        The network's grey input and the heat, both (size, size) in 0..1, and the name of the class.

    Raises:
        InputError: the backbone has no classes (an ImageNet checkpoint says nothing about hips).
    """
    from monai.visualize import GradCAM

    backbone = backbone or load_backbone()
    if not backbone.classes:
        raise InputError(
            f"{backbone.name} has no classes of hips; a heatmap needs a backbone trained on hips."
        )
    grey = network_input(image, mask, label, backbone.input_size)
    tensor = _tensor([grey], backbone)
    chosen = int(backbone.network(tensor).argmax()) if target is None else target
    camera = GradCAM(nn_module=backbone.network, target_layers="layer4")
    heat = camera(x=tensor, class_idx=chosen)[0, 0].detach().cpu().numpy()
    low, high = float(heat.min()), float(heat.max())
    # MONAI scales so that the strongest place is 0; here it is 1.
    return grey, (high - heat) / (high - low) if high > low else np.zeros_like(heat), backbone.classes[chosen]

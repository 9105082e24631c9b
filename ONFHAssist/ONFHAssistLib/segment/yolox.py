"""3DC-YOLOX: the anchor-free YOLOX detector in three dimensions, small enough for a laptop.

Network, assignment and loss follow YOLOX (Ge et al. 2021, arXiv:2107.08430): a cross-stage-partial backbone, a feature
pyramid that passes down and up again (PAN), decoupled heads, SimOTA assignment, binary cross-entropy for class and
objectness, and an overlap loss for boxes, here the generalised IoU of boxes in space. Beside the class there is one more
logit, the side, since the pelvis tells left from right by itself.

Boxes are (z0, y0, x0, z1, y1, x1) in voxels of the input; the centre of the first voxel is at 0.5.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import nn

CLASSES = ("femoral head", "prosthesis")
STRIDES = (4, 8)
SIZE_UNIT = 12.0  # voxels: a box of this edge has logarithm 0
CENTRE_RADIUS = 1.5  # SimOTA: cells within so many strides of a box's centre may stand for it
CANDIDATES = 10
OUTPUTS = 6 + 1 + len(CLASSES) + 1  # box, objectness, classes, side


def convolution(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    """Convolution, batch normalisation, SiLU."""
    return nn.Sequential(
        nn.Conv3d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm3d(outputs),
        nn.SiLU(inplace=True),
    )


class Bottleneck(nn.Module):
    def __init__(self, channels: int, shortcut: bool = True) -> None:
        super().__init__()
        self.body = nn.Sequential(convolution(channels, channels, 1), convolution(channels, channels, 3))
        self.shortcut = shortcut

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.body(x) if self.shortcut else self.body(x)


class CrossStagePartial(nn.Module):
    """Half of the channels pass the bottlenecks, the other half passes by (Wang et al. 2020)."""

    def __init__(self, inputs: int, outputs: int, depth: int = 1, shortcut: bool = True) -> None:
        super().__init__()
        half = outputs // 2
        self.through, self.past = convolution(inputs, half, 1), convolution(inputs, half, 1)
        self.bottlenecks = nn.Sequential(*(Bottleneck(half, shortcut) for _ in range(depth)))
        self.mix = convolution(2 * half, outputs, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.mix(torch.cat([self.bottlenecks(self.through(x)), self.past(x)], 1))


class Focus(nn.Module):
    """Each 2 x 2 x 2 block of voxels becomes eight channels, then a convolution: half the size, nothing lost."""

    def __init__(self, outputs: int) -> None:
        super().__init__()
        self.mix = convolution(8, outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        blocks = [x[..., a::2, b::2, c::2] for a in (0, 1) for b in (0, 1) for c in (0, 1)]
        return self.mix(torch.cat(blocks, 1))


class Head(nn.Module):
    """Decoupled: one branch for classes and side, one for box and objectness."""

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.stem = convolution(channels, width, 1)
        self.class_branch = convolution(width, width)
        self.box_branch = convolution(width, width)
        self.classes = nn.Conv3d(width, len(CLASSES) + 1, 1)
        self.box = nn.Conv3d(width, 7, 1)
        assert self.classes.bias is not None
        assert self.box.bias is not None
        nn.init.constant_(self.classes.bias[: len(CLASSES)], -2.0)
        nn.init.constant_(self.box.bias[6:], -4.6)  # objectness of 1% at the start, as in focal loss's prior

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        return torch.cat([self.box(self.box_branch(x)), self.classes(self.class_branch(x))], 1)


class Yolox3d(nn.Module):
    """The detector.

    Args:
        width: half the channels of the first stage.

    Input (batch, 1, z, y, x), sizes multiples of 8. Output (batch, cells, 10): box (6), then the logits of
    objectness, femoral head, prosthesis and left side.
    """

    def __init__(self, width: int = 16) -> None:
        super().__init__()
        w = width
        self.stage2 = nn.Sequential(Focus(2 * w), CrossStagePartial(2 * w, 2 * w))
        self.stage4 = nn.Sequential(convolution(2 * w, 4 * w, 3, 2), CrossStagePartial(4 * w, 4 * w, 2))
        self.stage8 = nn.Sequential(convolution(4 * w, 8 * w, 3, 2), CrossStagePartial(8 * w, 8 * w, 2))
        self.context = nn.ModuleList([nn.MaxPool3d(k, 1, k // 2) for k in (3, 5)])
        self.mix = convolution(8 * w * 3, 8 * w, 1)
        self.lateral = convolution(8 * w, 4 * w, 1)
        self.down4 = CrossStagePartial(8 * w, 4 * w, 1, shortcut=False)
        self.up = convolution(4 * w, 4 * w, 3, 2)
        self.up8 = CrossStagePartial(12 * w, 8 * w, 1, shortcut=False)
        self.heads = nn.ModuleList([Head(4 * w, 4 * w), Head(8 * w, 4 * w)])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        four = self.stage4(self.stage2(x))
        eight = self.stage8(four)
        eight = self.mix(torch.cat([eight, *(pool(eight) for pool in self.context)], 1))
        from_above = nn.functional.interpolate(self.lateral(eight), scale_factor=2.0, mode="nearest")
        fine = self.down4(torch.cat([four, from_above], 1))
        coarse = self.up8(torch.cat([self.up(fine), eight], 1))
        maps = [head(level) for head, level in zip(self.heads, (fine, coarse), strict=True)]
        return torch.cat([decoded(m, stride) for m, stride in zip(maps, STRIDES, strict=True)], 1)


def cell_centres(shape: Iterable[int], stride: int) -> torch.Tensor:
    """Middles (cells, 3) in voxels of the cells of a feature map of ``shape`` (z, y, x)."""
    axes = [(torch.arange(n, dtype=torch.float32) + 0.5) * stride for n in shape]
    return torch.stack(torch.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)


def decoded(output: torch.Tensor, stride: int) -> torch.Tensor:
    """Feature map (batch, 10, z, y, x) to rows (batch, cells, 10) with boxes in voxels."""
    centres = cell_centres(output.shape[2:], stride).to(output.device)
    rows = output.flatten(2).transpose(1, 2)
    middle = centres + rows[..., :3] * stride
    half = 0.5 * SIZE_UNIT * rows[..., 3:6].clamp(-3.0, 3.0).exp()
    return torch.cat([middle - half, middle + half, rows[..., 6:]], -1)


# training -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Targets:
    """Boxes (n, 6) of one volume, their classes (n,), sides (n,) 1 for left, and whether each is only to be ignored (n,).

    An ignored box is neither wanted nor punished: a head of which the field of view shows too little.
    """

    boxes: torch.Tensor
    classes: torch.Tensor
    left: torch.Tensor
    ignored: torch.Tensor


def assign(rows: torch.Tensor, centres: torch.Tensor, strides: torch.Tensor, wanted: Targets) -> torch.Tensor:
    """SimOTA: which cell stands for which box.

    Args:
        rows: (cells, 10) of one volume, without gradient.
        centres: (cells, 3). strides: (cells,).
        wanted: boxes that are not ignored.

    Returns:
        (cells,) index of the box, -1 for none.
    """
    from monai.data.box_utils import box_iou

    owner = torch.full((len(rows),), -1, dtype=torch.long)
    if len(wanted.boxes) == 0:
        return owner
    middles = 0.5 * (wanted.boxes[:, :3] + wanted.boxes[:, 3:])
    away = (centres[:, None] - middles[None]).abs() / strides[:, None, None]
    near = (away < CENTRE_RADIUS).all(-1)
    possible = near.any(1)
    overlap = torch.as_tensor(box_iou(rows[possible, :6], wanted.boxes))
    score = (rows[possible, 6].sigmoid()[:, None] * rows[possible, 7 : 7 + len(CLASSES)].sigmoid()).sqrt()
    one_hot = nn.functional.one_hot(wanted.classes, len(CLASSES)).float()
    class_cost = nn.functional.binary_cross_entropy(
        score[:, None].expand(-1, len(one_hot), -1).clamp(1e-6, 1 - 1e-6),
        one_hot[None].expand(len(score), -1, -1),
        reduction="none",
    ).sum(-1)
    cost = class_cost - 3.0 * (overlap + 1e-8).log() + 1e5 * (~near[possible])
    chosen = torch.zeros_like(cost, dtype=torch.bool)
    best = overlap.topk(min(CANDIDATES, len(overlap)), 0).values.sum(0).int().clamp(min=1)
    for box in range(len(wanted.boxes)):
        chosen[cost[:, box].topk(int(best[box]), largest=False).indices, box] = True
    contested = chosen.sum(1) > 1
    if contested.any():
        cheapest = cost[contested].argmin(1)
        chosen[contested] = nn.functional.one_hot(cheapest, chosen.shape[1]).bool()
    owner[possible] = torch.where(chosen.any(1), chosen.int().argmax(1), -1)
    return owner


def detection_loss(
    rows: torch.Tensor, shape: tuple[int, ...], wanted: list[Targets]
) -> tuple[torch.Tensor, dict[str, float]]:
    """Loss of a batch and its parts.

    Args:
        rows: network output (batch, cells, 10).
        shape: of the input (z, y, x).
        wanted: of each volume.
    """
    from monai.data.box_utils import box_pair_giou

    centres = torch.cat([cell_centres([n // s for n in shape], s) for s in STRIDES])
    strides = torch.cat([torch.full((shape[0] * shape[1] * shape[2] // s**3,), float(s)) for s in STRIDES])
    bce = nn.functional.binary_cross_entropy_with_logits
    parts = {
        "box": rows.new_zeros(()),
        "object": rows.new_zeros(()),
        "class": rows.new_zeros(()),
        "side": rows.new_zeros(()),
    }
    assigned = 0
    for volume, targets in zip(rows, wanted, strict=True):
        keep = ~targets.ignored
        real = Targets(targets.boxes[keep], targets.classes[keep], targets.left[keep], targets.ignored[keep])
        owner = assign(volume.detach(), centres, strides, real)
        taken = owner >= 0
        assigned += int(taken.sum())
        parts["object"] += bce(volume[:, 6], taken.float(), reduction="none")[
            ~_ignored(centres, strides, targets) | taken
        ].sum()
        if taken.any():
            boxes, mine = volume[taken, :6], owner[taken]
            parts["box"] += (1 - box_pair_giou(boxes, real.boxes[mine])).sum()
            parts["class"] += bce(
                volume[taken, 7 : 7 + len(CLASSES)],
                nn.functional.one_hot(real.classes[mine], len(CLASSES)).float(),
                reduction="sum",
            )
            parts["side"] += bce(volume[taken, -1], real.left[mine].float(), reduction="sum")
    total = (5.0 * parts["box"] + parts["object"] + parts["class"] + 0.5 * parts["side"]) / max(assigned, 1)
    return total, {name: float(value.detach()) / max(assigned, 1) for name, value in parts.items()}


def _ignored(centres: torch.Tensor, strides: torch.Tensor, targets: Targets) -> torch.Tensor:
    """Cells near a box that is to be ignored."""
    ignored = torch.zeros(len(centres), dtype=torch.bool)
    for box in targets.boxes[targets.ignored]:
        margin = strides[:, None]
        ignored |= ((centres > box[:3] - margin) & (centres < box[3:] + margin)).all(1)
    return ignored

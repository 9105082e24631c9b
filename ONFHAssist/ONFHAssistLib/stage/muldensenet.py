"""3D-MulDenseNet: a 3D DenseNet whose transitions fuse several poolings (MulPoolFusion), stages 0, I and II.

The study publishes the idea, not the figure: "transition layers that fuse several poolings". Our reading: a
transition normalises and activates its input once and then halves it along every axis in four ways, average pooling,
max pooling, a strided 3 x 3 x 3 convolution and a strided 5 x 5 x 5 convolution (both on a few channels),
concatenates the four, and mixes them by a 1 x 1 x 1 convolution to half of the channels, as DenseNet's own transition
has it. "plain" is that of DenseNet: 1 x 1 x 1 convolution, then average pooling (Huang et al. 2017, CVPR, section 3).

Ours adds to the study's: beside the stages the network says which part of each cell is femoral head and which is
necrosis, and pools only where it sees the head; training uses outlines where they are at hand.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional

NAME = "muldensenet3d"


class MulPoolFusion(nn.Module):
    """Halve a feature map by average, max and two strided convolutions, concatenate, mix by 1 x 1 x 1.

    Args:
        channels: of the input (n, channels, z, y, x) with even z, y, x.
        out_channels: of the output (n, out_channels, z / 2, y / 2, x / 2).
        learned: channels of each strided convolution.
    """

    def __init__(self, channels: int, out_channels: int, learned: int = 8) -> None:
        super().__init__()
        self.norm = nn.BatchNorm3d(channels)
        self.reduce = nn.Conv3d(channels, learned, 1, bias=False)
        self.small = nn.Conv3d(learned, learned, 3, stride=2, padding=1, bias=False)
        self.large = nn.Conv3d(learned, learned, 5, stride=2, padding=2, bias=False)
        self.mix = nn.Conv3d(2 * channels + 2 * learned, out_channels, 1, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.mix(torch.cat(self.pooled(x), dim=1))

    def pooled(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """What is fused: average, maximum, 3 x 3 x 3 and 5 x 5 x 5 convolution, all at half the size."""
        x = functional.relu(self.norm(x))
        few = self.reduce(x)
        return functional.avg_pool3d(x, 2), functional.max_pool3d(x, 2), self.small(few), self.large(few)


class PlainTransition(nn.Module):
    """DenseNet's transition: 1 x 1 x 1 convolution and average pooling."""

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm3d(channels)
        self.mix = nn.Conv3d(channels, out_channels, 1, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.avg_pool3d(self.mix(functional.relu(self.norm(x))), 2)


TRANSITIONS = {"mulpoolfusion": MulPoolFusion, "plain": PlainTransition}


class DenseLayer(nn.Module):
    """Bottleneck 1 x 1 x 1 and 3 x 3 x 3 convolution, whose output is appended to the input."""

    def __init__(self, channels: int, growth: int, bottleneck: int) -> None:
        super().__init__()
        self.norm1 = nn.BatchNorm3d(channels)
        self.conv1 = nn.Conv3d(channels, bottleneck * growth, 1, bias=False)
        self.norm2 = nn.BatchNorm3d(bottleneck * growth)
        self.conv2 = nn.Conv3d(bottleneck * growth, growth, 3, padding=1, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        new = self.conv1(functional.relu(self.norm1(x)))
        new = self.conv2(functional.relu(self.norm2(new)))
        return torch.cat((x, new), dim=1)


class MulDenseNet(nn.Module):
    """The stager's network.

    Input (n, 1, 32, 112, 64), windowed to 0..1, axes as in :mod:`.head_crop`; output (n, classes) logits. The stem
    (kernel 3 x 7 x 5, stride 2 x 4 x 2) gives 16 x 28 x 32 cells, each transition halves them.

    Args:
        blocks: dense layers of each of the three blocks.
        growth: channels that a layer adds, one number a block.
        stem: channels of the first convolution.
        bottleneck: channels of a layer's 1 x 1 x 1 convolution, in units of growth.
        transition: "mulpoolfusion" or "plain".
        gated: ours. The last block is brought back to the cells of the second and joined with it; the last 3 x 3 x 3
            convolution (8 x 14 x 16 cells of 8 x 4.6 x 4 mm) gives the features, and only those that lie in what the
            network itself outlines as femoral head are pooled (mean and maximum). A map of that layer then shows
            places, and what lies outside the head cannot decide. False: plain average pooling of the last block.
        width: channels of the last convolution, if gated.
        classes: stages.
        dropout: share of pooled features dropped in training.
    """

    block1: nn.Module
    block2: nn.Module
    block3: nn.Module
    transition1: nn.Module
    transition2: nn.Module

    def __init__(
        self,
        blocks: tuple[int, int, int] = (3, 4, 4),
        growth: tuple[int, int, int] = (12, 20, 24),
        stem: int = 16,
        bottleneck: int = 2,
        transition: str = "mulpoolfusion",
        gated: bool = True,
        width: int = 48,
        classes: int = 3,
        dropout: float = 0.2,
    ) -> None:
        super().__init__()
        self.options: dict[str, Any] = {"transition": transition, "gated": gated}
        self.stem = nn.Conv3d(1, stem, (3, 7, 5), stride=(2, 4, 2), padding=(1, 2, 2), bias=False)
        sizes, channels = [], stem
        for number, (layers, grow) in enumerate(zip(blocks, growth, strict=True), 1):
            if number > 1:
                self.add_module(f"transition{number - 1}", TRANSITIONS[transition](channels, channels // 2))
                channels //= 2
            dense = [DenseLayer(channels + i * grow, grow, bottleneck) for i in range(layers)]
            self.add_module(f"block{number}", nn.Sequential(*dense))
            channels += layers * grow
            sizes.append(channels)
        self.gated = gated
        self.norm = nn.BatchNorm3d(sizes[2] + (sizes[1] if gated else 0))
        if gated:
            self.join = nn.Conv3d(sizes[1] + sizes[2], width, 1, bias=False)
            self.join_norm = nn.BatchNorm3d(width)
            self.last = nn.Conv3d(width, width, 3, padding=1, bias=False)
            self.last_norm = nn.BatchNorm3d(width)
            self.outline_head = nn.Conv3d(width, 2, 1)
        self.pooling = nn.Identity()  # its output is what the classifier pools: the layer for maps
        self.dropout = nn.Dropout(dropout)
        self.feature_size = 2 * width if gated else sizes[2]
        self.classifier = nn.Linear(self.feature_size, classes)
        for module in self.modules():
            if isinstance(module, nn.Conv3d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.both(x)[0]

    def both(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Logits of the stages, and of the outlines (n, 2, 8, 14, 16): share of head and of necrosis in each cell.

        The second is None for a network without gate.
        """
        pooled, outlines = self._pooled(x)
        return self.classifier(self.dropout(pooled)), outlines

    def pooled(self, x: torch.Tensor) -> torch.Tensor:
        """The features before the classifier, (n, feature_size)."""
        return self._pooled(x)[0]

    def _pooled(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        middle = self.block2(self.transition1(self.block1(self.stem(x))))
        deep = self.block3(self.transition2(middle))
        if not self.gated:
            return self.pooling(functional.relu(self.norm(deep))).mean(dim=(2, 3, 4)), None
        grown = functional.interpolate(deep, middle.shape[2:], mode="nearest")
        x = self.join(functional.relu(self.norm(torch.cat((middle, grown), dim=1))))
        x = functional.relu(self.last_norm(self.last(functional.relu(self.join_norm(x)))))
        outlines = self.outline_head(x)
        gate = torch.sigmoid(outlines[:, :1])
        x = self.pooling(x * gate)
        size = gate.sum(dim=(2, 3, 4)) + 1.0
        return torch.cat((x.sum(dim=(2, 3, 4)) / size, x.amax(dim=(2, 3, 4))), dim=1), outlines


class MulDenseEnsemble(nn.Module):
    """Networks of several folds as one: (n, 1, 32, 112, 64) to (n, 3) calibrated mean probabilities.

    Args:
        members: how many networks.
        temperature: the mean probabilities are taken to the power of 1 / temperature and made to add up to 1.
        transition, gated: of each network.
    """

    def __init__(
        self,
        members: int = 5,
        temperature: float = 1.0,
        transition: str = "mulpoolfusion",
        gated: bool = True,
    ) -> None:
        super().__init__()
        self.members = nn.ModuleList(MulDenseNet(transition=transition, gated=gated) for _ in range(members))
        self.temperature = float(temperature)

    @property
    def networks(self) -> list[MulDenseNet]:
        """The members, of their own type."""
        return [member for member in self.members if isinstance(member, MulDenseNet)]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        mean = torch.stack([functional.softmax(m(x), dim=1) for m in self.members]).mean(dim=0)
        return functional.softmax(mean.clamp_min(1e-12).log() / self.temperature, dim=1)

    def each(self, x: torch.Tensor) -> torch.Tensor:
        """Probabilities of every member at the temperature, (members, n, classes)."""
        return torch.stack([functional.softmax(m(x) / self.temperature, dim=1) for m in self.members])


NETWORKS = {NAME: MulDenseEnsemble}

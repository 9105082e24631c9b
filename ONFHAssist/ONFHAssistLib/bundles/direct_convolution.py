"""Convolutions of one small volume by oneDNN, to which PyTorch gives them only in batches or where they are large.

For a single volume of few channels PyTorch unfolds every neighbourhood into a matrix first (``slow_conv3d``: where batch
x channels x depth x height is 20,480 or less, ``use_mkldnn`` in its ``Convolution.cpp``). On the networks here that takes
two to four times the processor time of oneDNN, which it ships with and uses for two volumes at once. The sums are the
same but for the order of their terms.
"""

from __future__ import annotations

from typing import TypeVar

import torch
from torch import nn

Network = TypeVar("Network", bound=nn.Module)


class DirectConv3d(nn.Conv3d):
    """A convolution that asks oneDNN itself where it can, and is PyTorch's own elsewhere: on a GPU, in training."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        learns = torch.is_grad_enabled() and (x.requires_grad or self.weight.requires_grad)
        if learns or x.device.type != "cpu" or x.dtype != torch.float32:
            return super().forward(x)
        return torch.mkldnn_convolution(
            x, self.weight, self.bias, self.padding, self.stride, self.dilation, self.groups
        )


def with_direct_convolutions(network: Network) -> Network:
    """The network itself, its 3D convolutions of more than a voxel made direct; weights and names stay."""
    if not torch.backends.mkldnn.is_available():
        return network
    for module in network.modules():
        plain = type(module) is nn.Conv3d and module.padding_mode == "zeros"
        if plain and not isinstance(module.padding, str) and max(module.kernel_size) > 1:
            module.__class__ = DirectConv3d
    return network

"""One process or several that train together, as torchrun starts them (DistributedDataParallel).

``torchrun --nproc-per-node 2 -m ONFHAssistLab train own ...``: each process takes every second sample of a batch, and
gradients are averaged, so that two processes make the same steps as one. On GPUs by NCCL, one a process; else by gloo.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import distributed


@dataclass(frozen=True)
class Team:
    """This process among those that train together.

    Attributes:
        rank: its number, 0 for the one that writes and reports. size: how many there are.
        place: where its network is computed.
    """

    rank: int
    size: int
    place: torch.device

    @property
    def leads(self) -> bool:
        """Whether it writes files and reports."""
        return self.rank == 0

    def shared(self, network: torch.nn.Module) -> torch.nn.Module:
        """The network as all train it together; itself where there is one process."""
        if self.size == 1:
            return network
        from torch.nn.parallel import DistributedDataParallel

        gpu = [self.place] if self.place.type == "cuda" else None
        return DistributedDataParallel(network, device_ids=gpu, find_unused_parameters=True)

    def wait(self) -> None:
        """Until all are here."""
        if self.size > 1:
            distributed.barrier()


@contextmanager
def joined_team() -> Iterator[Team]:
    """The team that torchrun's environment says; alone without it."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    gpu = torch.cuda.is_available()
    if size == 1:
        yield Team(0, 1, torch.device("cuda" if gpu else "cpu"))
        return
    place = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0"))) if gpu else torch.device("cpu")
    if gpu:
        torch.cuda.set_device(place)
    distributed.init_process_group("nccl" if gpu else "gloo")
    try:
        yield Team(distributed.get_rank(), size, place)
    finally:
        distributed.destroy_process_group()

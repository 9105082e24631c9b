"""The bundle that a network was read from."""

from __future__ import annotations

from typing import Protocol

from ..core.errors import InputError
from .bundle import Bundle


class Opened(Protocol):
    """What was read from a bundle, or built in memory while it is trained: a detector, an outliner, a stager."""

    @property
    def bundle(self) -> Bundle | None:
        """Where it comes from; None while it is trained."""


def bundle_of(network: Opened) -> Bundle:
    """The bundle of a network.

    Raises:
        InputError: the network was never written to one.
    """
    if network.bundle is None:
        raise InputError("The network comes from no bundle; save it as one and load it from there.")
    return network.bundle

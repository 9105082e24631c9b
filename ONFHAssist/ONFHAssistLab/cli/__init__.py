"""The console script ``onfh``: the commands of the product, and those of the laboratory."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the console script; leaves the process with the exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; see :func:`ONFHAssistLib.cli.run`."""
    from ONFHAssistLib.cli import run as run_with

    from .application import app

    return run_with(arguments, app)

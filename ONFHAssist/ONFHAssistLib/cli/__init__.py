"""``onfh``: the work of the modules without a window, for batches and scripts.

Exit codes: 0 done, 2 the input or the call is wrong (one line on standard error), 1 our fault, 130 cancelled. With
``--json`` one object is printed on standard output and nothing else; progress goes to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

LIST_OPTIONS = ("--months",)  # take several values after one flag, which click cannot
DONE, OUR_FAULT, WRONG_INPUT, CANCELLED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the console script; leaves the process with the exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: Sequence[str], app: Callable[..., Any] | None = None) -> int:
    """Run one command line and return its exit code; every failure becomes one line on standard error.

    Args:
        app: the commands; those of the product by default.
    """
    from ..core.errors import Cancelled, InputError
    from .application import app as product

    try:
        code = (app or product)(args=_expand_list_options(arguments), prog_name="onfh", standalone_mode=False)
    except InputError as error:
        option = f" The option is --{error.asks_for}." if error.asks_for else ""
        return _fail(f"{error}{option}", WRONG_INPUT)
    except (Cancelled, KeyboardInterrupt):
        return _fail("cancelled; nothing was left half-written", CANCELLED)
    except Exception as error:  # the last frame: whatever it is, the user gets one line
        if hasattr(error, "format_message"):  # a usage error of typer: the call is wrong
            return _fail(f"{error.format_message()} See 'onfh --help'.", WRONG_INPUT)
        if type(error).__name__ == "Abort":
            return _fail("cancelled; nothing was left half-written", CANCELLED)
        if os.environ.get("ONFH_DEBUG"):
            raise
        kind = type(error).__name__
        return _fail(
            f"this is a fault of ONFHAssist ({kind}: {error}); set ONFH_DEBUG=1 to see where", OUR_FAULT
        )
    return int(code or DONE)


def _expand_list_options(arguments: Sequence[str]) -> list[str]:
    """``--months 36 60`` as ``--months 36 --months 60``."""
    result: list[str] = []
    flag = None
    for argument in arguments:
        if argument in LIST_OPTIONS:
            flag = argument
        elif flag is not None and argument.startswith("--"):
            flag = None
            result.append(argument)
        elif flag is not None:
            result += [flag, argument]
        else:
            result.append(argument)
    return result


def _fail(message: str, code: int) -> int:
    from ..core.language import sentence

    line = sentence(" ".join(message.split()))
    print(f"onfh: {line}", file=sys.stderr)  # noqa: T201 - this is the program's voice
    return code

"""What can go wrong, sorted by whose mistake it is.

The command line turns :class:`InputError` into exit code 2 and :class:`Cancelled` into 130; anything else is our
fault and exits with 1. The Slicer modules show the same sentence in a message box.
"""

from __future__ import annotations

import errno

_NO_SPACE = tuple(getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name))


class InputError(ValueError):
    """The input or the call is wrong.

    The message is one sentence that names the file, column or value, what was expected and what to do.

    Args:
        asks_for: the input that would help, such as "side"; the command line says by which option it is given.
    """

    def __init__(self, message: str = "", *, asks_for: str = "") -> None:
        super().__init__(message)
        self.asks_for = asks_for


class Cancelled(Exception):  # noqa: N818 - a decision of the user, not an error
    """The user stopped the work; nothing was written."""


class MissingDependencyError(InputError):
    """A Python package that this step needs is not installed.

    Args:
        package: name under which ``pip`` knows the package.
        purpose: what the user wanted to do, to finish "is needed to ...".
    """

    def __init__(self, package: str, purpose: str) -> None:
        self.package = package
        super().__init__(f"The Python package '{package}' is needed to {purpose}; install it and try again.")


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a library ran out of memory: ITK and PyTorch say so in words, PyTorch's GPU by a class of its own."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    said = str(error).lower()
    return any(words in said for words in ("out of memory", "allocate memory", "bad allocation", "bad_alloc"))


def is_disk_full(error: BaseException | None) -> bool:
    """Whether an error comes from a full disk, or from a limit on what may be written; libraries raise others from it."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_SPACE:
            return True
        error = error.__cause__ or error.__context__
    return False

"""The one way from a bundle to a model that answers, with the one cache of opened models.

A room that knows a kind of model passes the function that opens it; nothing here knows a network or a formula. An opened
model is kept by the hash of its bundle, so that a bundle which was trained anew in its place answers at once, in the
process that asks and in a worker that has been running for long, and the one before it is forgotten.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from ..core.errors import InputError
from .bundle import Bundle, load_bundle
from .kinds import KINDS

Model = TypeVar("Model")

MOST_OPENED = 8  # one of each kind and a few to compare with; an ensemble of networks takes some 40 MB
_TRIES = 3

_Key = tuple[str, Path, Callable[[Bundle], Any]]
_OPENED: OrderedDict[_Key, tuple[str, Any]] = OrderedDict()  # to the hash of the bundle and what was opened
_LOCK = threading.Lock()  # of the dictionary; two threads may open the same bundle, and the later one is kept


def load(bundle: str | Path, kind: str, opener: Callable[[Bundle], Model]) -> Model:
    """The opened model of a bundle, checked, of the kind that is wanted, and opened once a process.

    Args:
        bundle: by name (the user's own before the extension's) or folder.
        kind: a word of :data:`.kinds.KINDS`.
        opener: makes the model of the checked bundle; the same function each time, since it is part of the key. The
            model is shared by all who load it, so nobody changes it.

    Raises:
        InputError: the bundle is not valid, of another kind, or replaced again and again; what ``opener`` raises.
    """
    for _ in range(_TRIES):
        checked = load_bundle(bundle)
        require_kind(checked, kind)
        key = (kind, checked.path.absolute(), opener)
        with _LOCK:
            sha256, model = _OPENED.get(key, ("", None))
            if sha256 == checked.sha256:
                _OPENED.move_to_end(key)
                return cast(Model, model)
        try:
            opened = opener(checked)
        except (InputError, OSError):
            if load_bundle(bundle).sha256 == checked.sha256:
                raise
            continue
        if load_bundle(bundle).sha256 != checked.sha256:
            continue  # replaced while it was read: what was opened may be half of each
        with _LOCK:
            _OPENED[key] = (checked.sha256, opened)
            _OPENED.move_to_end(key)
            while len(_OPENED) > MOST_OPENED:
                _OPENED.popitem(last=False)
        return opened
    raise InputError(
        f"Bundle {bundle} is changed again and again while it is opened; try again when it is written."
    )


def require_kind(bundle: Bundle, kind: str) -> None:
    """Refuse a bundle of another kind, in one sentence that names both.

    Raises:
        InputError: it is of another kind, or nothing in it tells its kind.
    """
    wanted = KINDS[kind]
    if bundle.kind == kind:
        return
    if bundle.kind is None:
        raise InputError(
            f"Bundle {bundle.name} does not say what kind of model it is; {wanted.title} (kind '{kind}') is needed here."
        )
    raise InputError(
        f"Bundle {bundle.name} is {KINDS[bundle.kind].title} (kind '{bundle.kind}'); "
        f"{wanted.title} (kind '{kind}') is needed here."
    )


def forget_models() -> None:
    """Close every model that is kept open, to free their memory."""
    with _LOCK:
        _OPENED.clear()

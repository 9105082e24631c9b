"""What the application would have told the user, for tests to look at."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from typing import Any

import slicer


@dataclass(frozen=True)
class Message:
    """One message: its level ("error", "warning", "info", "status", "exception", "console"), its text and its details."""

    level: str
    text: str
    details: str = ""


messages: list[Message] = []


def record_messages() -> None:
    """Note each message that goes through ``slicer.util`` before it is handled as under ``--testing``."""
    util = slicer.util
    show, status = util._messageDisplay, util.showStatusMessage

    def display(logLevel: int, text: str, *arguments: Any, **options: Any) -> Any:
        level = logging.getLevelName(logLevel).lower()
        messages.append(Message(level, str(text), str(options.get("detailedText", ""))))
        return show(logLevel, text, *arguments, **options)

    def message(text: str, duration: int = 0) -> bool:
        messages.append(Message("status", str(text)))
        return status(text, duration)

    util._messageDisplay, util.showStatusMessage = display, message
    record_exceptions()


def record_exceptions() -> None:
    """An exception in a slot or an observer is printed and then forgotten, here as in the application: note it.

    Libraries such as typer put a hook of their own in the place of this one; called again, it stands before theirs.
    """
    before = sys.excepthook
    if getattr(before, "records", False):
        return

    def hook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        messages.append(Message("exception", f"{kind.__name__}: {error}"))
        before(kind, error, trace)

    hook.records = True  # type: ignore[attr-defined]
    sys.excepthook = hook


def logged(level: str) -> list[str]:
    """Texts of this level since the list was last cleared."""
    return [message.text for message in messages if message.level == level]

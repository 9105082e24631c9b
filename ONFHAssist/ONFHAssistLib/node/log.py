"""The node's log: one line an event, without identity. A study is known by its number in the queue."""

from __future__ import annotations

import logging
import re
import sys
import warnings
from collections.abc import Iterable

LOG = logging.getLogger("onfh.node")
_LIBRARIES = (
    "pynetdicom",
    "pydicom",
    "highdicom",
    "dicomweb_client",
    "urllib3",
    "retrying",
    "matplotlib",
    "PIL",
    "monai",
)
_UID = re.compile(r"\d+(\.\d+){4,}")
_LONGEST = 300
_SHORTEST_VALUE = 3  # characters of a header's value that is looked for in a text


def set_up_log() -> None:
    """Lines of the node on standard error, where a service keeps them; of the libraries beneath nothing, since they quote
    headers."""
    warnings.simplefilter("ignore")
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.handlers[:] = [handler]
    LOG.propagate = False
    LOG.setLevel(logging.INFO)


def shown(text: object) -> str:
    """What somebody else wrote, as it may stand in one line: printable, without identifiers, not long."""
    plain = "".join(c if c.isprintable() else "?" for c in str(text))
    return _UID.sub("UID", plain)[:_LONGEST]


def without(text: str, values: Iterable[str]) -> str:
    """A sentence for the log without any of ``values``: names, numbers, descriptions, paths."""
    found = {
        part
        for value in values
        for part in (value, *re.split(r"[\s^=,]+", value))
        if len(part) >= _SHORTEST_VALUE
    }
    for value in sorted(found, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", "(left out)", text, flags=re.IGNORECASE)
    return shown(text)

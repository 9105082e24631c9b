"""What other libraries tell of their own work stays out of a log that records everything, as Slicer's does."""

from __future__ import annotations

import logging

_DRAWING = ("matplotlib", "PIL")  # hundreds of lines on fonts, paths and chunks of files


def quiet_drawing_logs() -> None:
    """Of the libraries that draw, let only warnings through; a level that somebody chose for them stays.

    To be called before matplotlib is imported: its import talks already.
    """
    for name in _DRAWING:
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.WARNING)

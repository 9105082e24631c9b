"""The names that scripts written for version 0.1 import from here; new ones take them from ``ONFHAssistLib.imaging``."""

from __future__ import annotations

from .imaging.files import read_image, read_mask, write_image
from .imaging.image import Image

__all__ = ["Image", "read_image", "read_mask", "write_image"]

"""Heads that are found where there is none: real images cut so that no femoral head is left in them.

    python benchmarks/without_heads.py FOLDER [--bundle DETECTOR]

FOLDER holds real images whose heads are all known (``spheres.json``, ``heads.csv`` or outlines beside the images). From
each image everything above its heads, below them and between them is cut out, where that leaves at least 40 mm of every
axis, and is looked at as a whole and in the contrasts of ``onfh train detector --on``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ONFHAssistLab.simulate.hybrid.real_hips import RealHead, read_real_heads
from ONFHAssistLab.training.detection.contrasts import JUDGED, in_contrast, marrow_level
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.segment.detector import load_detector
from ONFHAssistLib.segment.pipeline import segment_hips

MARGIN_MM = 8.0  # beyond the sphere of a head
SMALLEST_MM = 40.0  # of a part, along every axis


def parts_without_heads(image: Image, heads: list[RealHead]) -> Iterator[tuple[str, Image]]:
    """The parts of an image above, below and between its heads, with their names."""
    reach = np.array([head.radius + MARGIN_MM for head in heads])
    centres = np.array([head.centre for head in heads])
    points = image.points()
    x, z = points[..., 0], points[..., 2]
    kept = {
        "above": z > (centres[:, 2] + reach).max(),
        "below": z < (centres[:, 2] - reach).min(),
        "between": (x > (centres[:, 0] + reach).min()) & (x < (centres[:, 0] - reach).max()),
    }
    for name, mask in kept.items():
        where = [np.flatnonzero(mask.any(axis=tuple(a for a in range(3) if a != axis))) for axis in (2, 1, 0)]
        if any(len(one) == 0 for one in where):
            continue
        low, high = [int(one[0]) for one in where], [int(one[-1]) + 1 for one in where]
        part = image.like(np.where(mask, image.array, 0)).cropped(tuple(low), tuple(high))
        if np.all(np.array(part.size) * np.array(part.spacing) >= SMALLEST_MM):
            yield name, part


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bundle", help="of the detector; the shipped one if left out")
    arguments = parser.parse_args()
    detector, heads = load_detector(arguments.bundle), read_real_heads(arguments.folder)
    looked = wrong = 0
    for path in sorted({head.path for head in heads}):
        mine = [head for head in heads if head.path == path]
        marrow = marrow_level(mine[0].image, [head.centre for head in mine])
        for where, part in parts_without_heads(mine[0].image, mine):
            for contrast in ("as scanned", *JUDGED):
                image = part if contrast not in JUDGED else in_contrast(part, marrow, JUDGED[contrast])
                looked += 1
                try:
                    found = segment_hips(image, detector=detector).segmentation.heads
                except InputError:
                    continue
                wrong += len(found)
                for head in found:
                    print(f"{path.name}, {where}, {contrast}: {head.side} at {np.round(head.centre, 0)}")
    print(f"{wrong} heads in {looked} images without one")


if __name__ == "__main__":
    main()

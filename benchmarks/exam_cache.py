"""What an examination gives before its series are put together, kept in a file, so that rules of fusion, measurements
and intervals can be compared without aligning hips again.

    python benchmarks/exam_cache.py --exams FOLDER --keep FOLDER [NAME ...]

Of each examination in the first folder (``onfh simulate --exam``) the table, the alignments, the staging of each series
and the part of each aligned series about each hip go into ``KEEP/NAME.pkl``; what is there already is left.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from exam_store import store, stored

from ONFHAssistLab.simulate.exam.study import IMAGES, OUTLINES, TRUTH
from ONFHAssistLib.core.progress import no_progress
from ONFHAssistLib.exam.alignment import HipView
from ONFHAssistLib.exam.examine import aligned_examination
from ONFHAssistLib.exam.predictions import staged
from ONFHAssistLib.exam.table import Look
from ONFHAssistLib.exam.work import Work
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.segment.sphere_tool import Segmentation

REACH_MM = 72.0  # about a head: what network, edge, effusion and oedema look at
EVEN = 4  # crops begin at multiples of it, so that groups of voxels that are averaged stay the same


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--exams", type=Path, required=True)
    parser.add_argument("--keep", type=Path, required=True)
    chosen = parser.parse_args()
    names = chosen.names or sorted(path.parent.name for path in chosen.exams.glob(f"*/{TRUTH}"))
    for name in names:
        path = chosen.keep / f"{name}.pkl"
        if not path.is_file():
            begun = time.process_time()
            keep(chosen.exams / name, path)
            print(f"{name}: {time.process_time() - begun:.0f} s of CPU", flush=True)


def keep(folder: Path, path: Path) -> None:
    """Work an examination up to the alignment and write what is needed of it."""
    begun = time.process_time()
    work = aligned_examination(folder / IMAGES)
    aligned = time.process_time()
    stages = staged(work, no_progress)
    ended = time.process_time()
    found = {
        "work": lighter(work),
        "stages": stages,
        "truth": json.loads((folder / TRUTH).read_text(encoding="utf-8")),
        "outlines": read_image(folder / OUTLINES),
        "seconds": {"aligned": aligned - begun, "staged": ended - aligned},
    }
    store(path, found)


def kept_in(folder: Path) -> list[Path]:
    """The examinations that are kept in a folder; none that is being written."""
    return sorted(path for path in folder.glob("*.pkl") if not path.name.startswith("."))


def load_kept(path: Path) -> dict[str, Any]:
    """What :func:`keep` wrote: ``work``, ``stages``, ``truth``, ``outlines``, ``seconds``."""
    found: dict[str, Any] = stored(path)
    for own in found["work"].views.values():
        own[:] = [(_outlined(look, view), view, matrix) for look, view, matrix in own]
    return found


def _outlined(look: Look, view: HipView) -> Look:
    """With the outline of the one hip on the image's own voxels, which oedema is judged by."""
    labels = view.labels.resampled_to(view.image, "nearest")
    return replace(look, image=view.image, segmentation=Segmentation(labels, (view.head,), (), view.labels))


def lighter(work: Work) -> Work:
    """The same with images and outlines of the hips alone."""
    views = {}
    for side, own in work.views.items():
        views[side] = [
            (
                replace(look, image=None, found=None, segmentation=None),
                replace(view, image=about(view.image, view), labels=about(view.labels, view)),
                matrix,
            )
            for look, view, matrix in own
        ]
    looks = [replace(look, image=None, found=None, segmentation=None) for look in work.looks]
    return Work(looks, looks[work.looks.index(work.reference)], work.alignments, views, work.warnings)


def about(image: Image, view: HipView) -> Image:
    """The part of an image about the head of a view."""
    reach = REACH_MM / np.asarray(image.spacing)
    middle = image.point_to_index(view.head.centre)
    low = np.maximum(np.floor(middle - reach), 0).astype(int) // EVEN * EVEN
    high = np.minimum(np.ceil(middle + reach) + 1, image.size).astype(int)
    return image.cropped(tuple(low), tuple(high))


if __name__ == "__main__":
    main()

"""Small stagers and volumes for the tests of the stager."""

import csv
from pathlib import Path

import numpy as np
import pytest
import torch

from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.stage import muldensenet
from ONFHAssistLib.stage.muldensenet import MulDenseEnsemble
from ONFHAssistLib.stage.scope import Scope
from ONFHAssistLib.stage.stager import Stager

WINDOW = {"percentiles": [1.0, 99.0], "calibrated": [300.0, 1500.0]}


def small_stager(members: int = 2, seed: int = 0, threshold: float = 1e6, certainty: float = 0.5) -> Stager:
    """Untrained networks of the shipped kind and a scope that accepts everything."""
    torch.manual_seed(seed)
    network = MulDenseEnsemble(members).eval().requires_grad_(False)
    size = network.members[0].feature_size
    scope = Scope(np.zeros((members, size)), np.zeros((members, 1, size)) + 1e-3, np.ones(members), threshold)
    return Stager(network, scope, WINDOW, 8.0, ("hirescam", "last"), certainty=certainty)


def pelvis(spacing=(1.5, 1.5, 3.0), turn_deg: float = 0.0, flips=(1, 1, 1), metadata=None) -> tuple:
    """(volume, right head, left head): two bright balls with a dark cap in a grey body; any orientation."""
    half = np.array([120.0, 60.0, 60.0])
    a = np.radians(turn_deg)
    turn = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]]) @ np.diag(flips)
    size = np.ceil(2 * half / np.array(spacing)).astype(int)
    origin = -turn @ (0.5 * (size - 1) * np.array(spacing))
    grid = Image(
        np.zeros(size[::-1], np.float32), spacing, tuple(origin), tuple(turn.ravel()), metadata or {}
    )
    heads = (FemoralHead("R", (-85.0, 3.0, 2.0), 23.0), FemoralHead("L", (85.0, -2.0, 1.0), 25.0))
    points = grid.points()
    array = np.full(points.shape[:3], 200.0, np.float32)
    for head in heads:
        away = points - np.array(head.centre)
        ball = np.linalg.norm(away, axis=-1) <= head.radius
        array[ball] = 600.0
        array[ball & (away[..., 2] > 12)] = 350.0
    array += np.random.default_rng(0).normal(0, 12, array.shape).astype(np.float32)
    return grid.like(array), *heads


SPLITS = ("train",) * 4 + ("validation", "test", "external")


def ball_cohort(folder: Path, splits=SPLITS) -> Path:
    """A cohort on disk: patients of two coarse balls with outlines; external ones have a scan of the unseen scanner."""
    rows = []
    for number, split in enumerate(splits):
        volume, *heads = pelvis((4.0, 4.0, 4.0))
        labels = np.zeros(volume.array.shape, np.uint8)
        points = volume.points()
        for value, head in zip((1, 2), heads, strict=True):
            labels[np.linalg.norm(points - np.array(head.centre), axis=-1) <= head.radius] = value
            labels[(labels == value) & (points[..., 2] > head.centre[2] + 12)] = value + 2
        image = write_image(volume.like(volume.array * (1 + 0.05 * number)), folder / f"c{number}.nii.gz")
        outline = write_image(volume.like(labels), folder / f"c{number}-labels.nii.gz")
        for k, head in enumerate(heads):
            rows.append(
                {
                    "case": f"c{number}", "side": head.side, "split": split, "included": 1,
                    "scanner": ("prisma", "ingenia")[number % 2],
                    "ficat_arlet_stage": ("0", "I", "II")[(number + k) % 3], "image": image.name,
                    "image_unseen_scanner": image.name if split == "external" else "",
                    "segmentation": outline.name, "head_radius_mm": head.radius,
                    **{f"centre_{a}": v for a, v in zip("xyz", head.centre, strict=True)},
                }
            )  # fmt: skip
    with (folder / "cohort.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def shrink_networks(patch: pytest.MonkeyPatch) -> None:
    """Networks with a single layer of two channels in each block."""
    build = muldensenet.MulDenseNet.__init__

    def small(self, **given):
        build(self, **{"blocks": (1, 1, 1), "growth": (2, 2, 2), "stem": 4, "width": 6, **given})

    patch.setattr(muldensenet.MulDenseNet, "__init__", small)

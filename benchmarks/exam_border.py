"""The border of a necrosis on the articular surface: the networks of ``ONFHAssistLib.measure.border``.

    python benchmarks/exam_border.py --keep FOLDER FOLDER [--write]     # learn on kept training examinations

The folders are those of ``benchmarks/exam_cache.py``. Every necrotic hip that was found gives maps of all of its series
and of random parts of them, turned at random; the target of each place is how many degrees it lies outside the true
necrosis, about the true head's own sphere. Cross-validated by examinations; what is shipped has learned from all.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from exam_cache import kept_in, load_kept
from exam_store import store, stored
from exam_weights import hips_of, true_labels
from scipy.spatial.transform import Rotation

from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.exam.fusion import SeriesProbability, canvas_of, fused, learned_weights
from ONFHAssistLib.exam.measurements import border_look
from ONFHAssistLib.exam.outlines import DrawnHip, completed, paint
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import necrosis_mask
from ONFHAssistLib.imaging.subvoxel import signed_distance
from ONFHAssistLib.measure.arcs import BAND, CLIP_MM
from ONFHAssistLib.measure.border import (
    UNIT_DEG,
    WIDTHS,
    Border,
    BorderNetwork,
    border_networks,
    border_of,
    turns,
)
from ONFHAssistLib.measure.border_map import (
    NEAR_DEG,
    around,
    border_map,
    degrees_outside,
    hip_axes,
    map_rays,
    within_reach,
)
from ONFHAssistLib.measure.hip import HipMeasurement, measure_hip
from ONFHAssistLib.measure.surface import sampled
from ONFHAssistLib.segment.outliner import load_outliner

TURNED, MOST_TURN_DEG = 4, 30.0  # maps of a hip beside those that it is measured on
FINE_RAYS = 12000  # of the true region on the sphere; 1.85 degrees from one to the next


FOLDS, NETWORKS = 5, 3
HIDDEN, STEPS, BATCH, RATE, DECAY, DROPPED, LEAST_SCALE = 8, 300, 512, 5e-3, 0.3, 0.2, 0.01


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path, nargs="+", required=True)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    hips = [hip for folder in chosen.keep for hip in hips_in(folder)]
    exams = sorted({hip["exam"] for hip in hips})
    held: list[tuple[dict[str, Any], Border]] = []
    for fold in range(FOLDS):
        learned = [hip for hip in hips if exams.index(hip["exam"]) % FOLDS != fold]
        networks = learn(learned, NETWORKS if chosen.write else 1)
        held += [
            (hip, border_of([(turn, seen) for turn, seen, _ in hip["maps"]], hip["side"], networks))
            for hip in hips
            if exams.index(hip["exam"]) % FOLDS == fold
        ]
        if chosen.write:  # so that what is calibrated on these examinations was not learned on them
            for folder in chosen.keep:
                own = [
                    name
                    for name in exams
                    if exams.index(name) % FOLDS == fold and name.startswith(folder.name + "/")
                ]
                for name in own:
                    store(folder / "border" / "held out" / f"{name.partition('/')[2]}.pkl", networks)
    report(held)
    if chosen.write:
        write_networks(learn(hips, NETWORKS))


def learn(hips: Sequence[dict[str, Any]], count: int) -> tuple[BorderNetwork, ...]:
    """Networks of all maps of these hips, those that they are measured on among them."""
    for hip in hips:
        if "places" not in hip:
            maps = [*hip["samples"], *((seen, far) for _, seen, far in hip["maps"])]
            rows, targets = zip(*(places_of(*one) for one in maps), strict=True)
            hip["places"] = np.concatenate(rows), np.concatenate(targets)
    places, targets = (np.concatenate([hip["places"][n] for hip in hips]) for n in (0, 1))
    return tuple(fit(places, targets, seed) for seed in range(count))


def places_of(seen: np.ndarray, far: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What a network sees of the places of a map near the outline's border, and how far the border lies from there."""
    near = within_reach() & (np.abs(seen[0].astype(float)) < NEAR_DEG)
    target = (far.astype(np.float32) - seen[0].astype(np.float32))[near] / UNIT_DEG
    return around(seen)[:, near].T, target


def write_networks(networks: Sequence[BorderNetwork]) -> None:
    """Into ``Resources/exam_border.json``."""
    rows = [
        {
            **{name: [_plain(one) for one in getattr(network, name)] for name in ("weights", "offsets")},
            **{name: _plain(getattr(network, name)) for name in ("mean", "scale")},
        }
        for network in networks
    ]
    write_text(resource_path("exam_border.json"), json.dumps(rows, separators=(",", ":")) + "\n")
    border_networks.cache_clear()


def _plain(numbers: np.ndarray) -> Any:
    return np.round(np.asarray(numbers, float), 4).tolist()


def networks_for(path: Path) -> tuple[BorderNetwork, ...]:
    """Those for a kept examination: that did not learn from it where it was learned from, else the shipped ones."""
    own = path.parent / "border" / "held out" / path.name
    return stored(own) if own.is_file() else border_networks()


def report(held: Sequence[tuple[dict[str, Any], Border]]) -> None:
    """Errors of the outline and of the border, each hip and together."""
    rows = []
    for hip, border in held:
        arcs = np.array([0.0 if arc is None else arc[1] - arc[0] for arc in border.arcs])
        true, found = np.array(hip["true"]), np.array(hip["found"])
        end = np.nan if border.arcs[0] is None else border.arcs[0][1] - hip["span"][1]
        rows.append(
            (found.sum() - true.sum(), arcs.sum() - true.sum(), *(arcs - true), end, np.hypot(*border.errors))
        )
        print(
            f"{hip['exam']} {hip['side']} {hip['arco']:5} true {true[0]:.0f} + {true[1]:.0f}, outline {found[0]:.0f} + "
            f"{found[1]:.0f}, border {arcs[0]:.0f} + {arcs[1]:.0f}; scale {rows[-1][-1]:.0f}"
        )
    outline, border_off, a, b, end, scale = np.array(rows).T
    for name, off in (
        ("outline", outline),
        ("border", border_off),
        ("arc A", a),
        ("arc B", b),
        ("lateral end", end),
    ):
        size = np.abs(off)
        print(
            f"{name:12} {len(off)} hips: {np.nanmean(off):+.1f}, {np.nanmean(size):.1f} off ({np.nanmedian(size):.1f} in "
            f"the middle), within 10 in {100 * np.nanmean(size <= 10):.0f}%"
        )
    print(f"error and scale: correlation {np.corrcoef(np.abs(border_off), scale)[0, 1]:.2f}")


def hips_in(folder: Path) -> Iterator[dict[str, Any]]:
    """Every necrotic hip with its maps and targets, kept beside the examinations."""
    for path in kept_in(folder):
        kept = path.parent / "border" / path.name
        if not kept.is_file():
            store(kept, hips_of_exam(path))
        yield from stored(kept)


def hips_of_exam(path: Path) -> list[dict[str, Any]]:
    """The hips of one kept examination whose necrosis was found."""
    kept, found = load_kept(path), []
    rng = np.random.default_rng([7, int(path.stem.rpartition("_")[2])])
    for side, grid, parts, _ in hips_of(path, kept):
        facts = kept["truth"]["hips"][side]
        if facts["necrosis_ml"] <= 0 or len(parts) < 2:
            continue
        centre = grid.index_to_point(0.5 * (np.array(grid.size) - 1))
        canvas = canvas_of([centre])
        truth = canvas.like(true_labels(kept, side, canvas).astype(np.uint8))
        true = measure_hip(truth, side)
        region = true_region(truth, true)
        views = kept["work"].views[side]
        hip: dict[str, Any] = {
            "exam": f"{path.parent.name}/{path.stem}",
            "side": side,
            "arco": facts["arco"],
            "jic": facts["jic_type"],
            "ml": facts["necrosis_ml"],
            "true": [true.arc_a, true.arc_b],
            "span": true.arc_a_span,
            "samples": [],
        }
        drawn = measured(parts, canvas, grid, centre, side)
        if drawn is None or drawn[0].necrosis_ml <= 0:
            continue
        hip["found"] = [drawn[0].arc_a, drawn[0].arc_b]
        hip["moved"] = [
            *(hip_axes(side) @ (np.array(drawn[0].centre) - np.array(true.centre))).tolist(),
            drawn[0].radius - true.radius,
        ]
        hip["maps"] = [(turn, *sample(views, drawn, side, turn, region)) for turn in turns()]
        for number in range(TURNED):
            used = list(parts)
            if number % 2 and len(parts) > 2:
                some = rng.permutation(len(parts))[: rng.integers(2, len(parts))]
                used = [parts[i] for i in sorted(some)]
            part = (
                drawn[0],
                DrawnHip(
                    tuple(one.series for one in used), grid, tuple(used), fused(used, learned_weights())
                ),
            )
            axis = rng.normal(size=3)
            angle = np.radians(rng.uniform(0, MOST_TURN_DEG))
            turn = Rotation.from_rotvec(angle * axis / np.linalg.norm(axis)).as_matrix()
            hip["samples"].append(sample(views, part, side, turn, region))
        found.append(hip)
    return found


def measured(
    parts: Sequence[SeriesProbability], canvas: Image, grid: Image, centre: np.ndarray, side: str
) -> tuple[HipMeasurement, DrawnHip] | None:
    outliner, probability = load_outliner(), fused(parts, learned_weights())
    done = completed(canvas, grid, probability, outliner, centre, side)
    if done is None:
        return None
    array = np.zeros(canvas.array.shape, np.uint8)
    paint(array, canvas, done, side)
    return measure_hip(canvas.like(array), side), DrawnHip(
        tuple(part.series for part in parts), grid, tuple(parts), probability
    )


def true_region(truth: Image, true: HipMeasurement) -> tuple[np.ndarray, np.ndarray]:
    """Directions (n, 3) in the hip's frame, and whether the surface is necrotic there as arcs count it."""
    number = np.arange(FINE_RAYS) + 0.5
    polar, turn = np.arccos(1 - 2 * number / FINE_RAYS), np.pi * (1 + 5**0.5) * number
    rays = np.stack([np.cos(turn) * np.sin(polar), np.sin(turn) * np.sin(polar), np.cos(polar)], axis=1)
    far = signed_distance(truth.like(necrosis_mask(truth.array, true.side)))
    lengths = np.linspace(*BAND, 8) * true.radius
    points = np.array(true.centre) + lengths[None, :, None] * (rays @ hip_axes(true.side))[:, None, :]
    return rays, np.clip(sampled(far, points), -CLIP_MM, CLIP_MM).mean(axis=1) < 0


def sample(
    views: Sequence[Any],
    drawn: tuple[HipMeasurement, DrawnHip],
    side: str,
    turn: np.ndarray,
    region: tuple[np.ndarray, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """A map and its target, half precision."""
    measured, outline = drawn
    look = border_look(views, outline)
    seen = border_map(look, (np.array(measured.centre), measured.radius), side, turn)
    target = degrees_outside(region[1], region[0], map_rays(turn), np.degrees(np.sqrt(4 * np.pi / FINE_RAYS)))
    return seen.astype(np.float16), target.reshape(seen.shape[1:]).astype(np.float16)


def fit(places: np.ndarray, targets: np.ndarray, seed: int) -> BorderNetwork:
    """A network of places; Laplace likelihood of how far the border lies from what the outline says."""
    import torch
    from torch import nn

    mean, scale = places.mean(axis=0), np.maximum(places.std(axis=0), LEAST_SCALE)
    inputs, wanted = torch.from_numpy((places - mean) / scale), torch.from_numpy(targets)
    torch.manual_seed(seed)
    sizes = [inputs.shape[1], HIDDEN, HIDDEN, 2]
    layers = [nn.Linear(one, two) for one, two in itertools.pairwise(sizes)]
    nn.init.zeros_(layers[-1].weight)
    nn.init.zeros_(layers[-1].bias)
    network = nn.Sequential(nn.Dropout(DROPPED), layers[0], nn.ReLU(), layers[1], nn.ReLU(), layers[2])
    search = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    plan = torch.optim.lr_scheduler.OneCycleLR(search, RATE, total_steps=STEPS)
    for _ in range(STEPS):
        some = torch.randint(len(inputs), (BATCH,))
        value = network(inputs[some])
        width = value[:, 1].clamp(*WIDTHS)
        loss = ((value[:, 0] - wanted[some]).abs() * torch.exp(-width) + width).mean()
        search.zero_grad()
        loss.backward()
        search.step()
        plan.step()
    numbers = [[getattr(one, name).detach().numpy() for one in layers] for name in ("weight", "bias")]
    return BorderNetwork(tuple(one.T for one in numbers[0]), tuple(numbers[1]), mean, scale)


if __name__ == "__main__":
    main()

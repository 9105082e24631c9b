"""The networks of ``ONFHAssistLib.followup.sinking``: simulated pairs whose heads sank by a known amount; their learning.

    python benchmarks/followup_surface.py --keep FOLDER --cases 120      # simulates; goes on where it stopped
    python benchmarks/followup_surface.py --keep FOLDER --steps 5000     # learns, and judges by a quarter held back
    python benchmarks/followup_surface.py --keep FOLDER --steps 5000 --write      # learns of all, and ships
    python benchmarks/followup_surface.py --keep OTHER --seed 703 --cases 33 --rows ROWS      # for followup.py --more

Each date of each patient is scanned twice, on two scanners, in another pose for each series; half the necrotic hips sank
by 0.5 to 3 mm. Nothing is worked up: the profiles lie where the truth says, off by as much as alignments are. A line
under the surface comes by chance here, whether a head sank or not, since in patients it comes without sinking too. In
learning most pairs, unchanged ones too, get one dent more, which moves the bone of the profiles of one date inward and
stretches the joint over it: any place over the necrosis, any width, 0.3 to 3.2 mm deep. The seed is none of those that
``followup.py`` is calibrated or judged by. Of the networks that ship one learned of three quarters of 96 patients, the
others of 118, in 4500 to 9000 steps.

``--rows`` has courses as ``onfh simulate --pairs`` draws them, and what the shipped networks read of each hip: the
examinations that are worked up have too few heads that sank for an interval.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from exam_store import store, stored
from scipy import ndimage
from scipy.spatial.transform import Rotation
from torch import nn

from ONFHAssistLab.simulate.anatomy import lesion
from ONFHAssistLab.simulate.anatomy.parameters import draw_patient
from ONFHAssistLab.simulate.anatomy.patient import build_patient
from ONFHAssistLab.simulate.exam.motion import draw_pose, moved
from ONFHAssistLab.simulate.exam.pairs import _series, _with, plan_pair
from ONFHAssistLab.simulate.exam.plan import SCANNERS
from ONFHAssistLab.simulate.exam.scan import scan_hips
from ONFHAssistLab.simulate.exam.study import ATTEMPTS, RETRY
from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.followup.sinking import (
    SEEN,
    Look,
    SinkingModel,
    looks_at,
    neighbours,
    paired,
    sunk_along,
)
from ONFHAssistLib.followup.surface import SPHERES_MM, UNDER_MM, sinking
from ONFHAssistLib.imaging.contrast import FAT_SUPPRESSED, T1
from ONFHAssistLib.imaging.labels import NECROSIS
from ONFHAssistLib.measure.surface import MIN_RAYS, PROFILE_MM, SurfaceView, articular_rays, sampled

DATES = (0, 1, 0, 1)  # of the four examinations of a patient
TURNS = ((0, 1), (1, 0), (2, 3), (3, 2), (0, 3), (3, 0), (2, 1), (1, 2), (0, 2), (2, 0), (1, 3), (3, 1))
DRAWS = 2
LINE_SHARE = 0.45  # of heads without a line under the surface, that have one later
HIDDEN = (96, 48, 64)
LAYERS = ("weights", "offsets")
CONTRAST = {"t1": T1, "pdfs": FAT_SUPPRESSED, "t2fs": FAT_SUPPRESSED, "stir": FAT_SUPPRESSED}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7302)
    parser.add_argument("--cases", type=int, default=0)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--rows", type=Path, help="courses as they are drawn; what is read of them goes here")
    parser.add_argument("--networks", type=int, default=3, help="whose answers are averaged")
    parser.add_argument("--write", action="store_true", help="learn of all and ship")
    chosen = parser.parse_args()
    chosen.keep.mkdir(parents=True, exist_ok=True)
    for number in range(chosen.cases):
        path = chosen.keep / f"pair_{number:04d}.pickle"
        if not path.is_file():
            store(path, simulated(number, chosen.seed, chosen.rows is not None))
            print(number, flush=True)
    if chosen.rows is not None:
        found = [row for path in sorted(chosen.keep.glob("pair_*.pickle")) for row in read_of(path)]
        write_text(chosen.rows, json.dumps(found, indent=1) + "\n")
    if not chosen.steps:
        return
    patients = [stored(path) for path in sorted(chosen.keep.glob("pair_*.pickle"))]
    held = [] if chosen.write else [hip for one in patients[::4] for hip in one]
    hips = [hip for n, one in enumerate(patients) if chosen.write or n % 4 for hip in one]
    models = tuple(learned(hips, chosen.steps, seed) for seed in range(chosen.networks))
    if held:
        judged(held, models)
        return
    layers = [{name: _rounded(getattr(model, name)) for name in LAYERS} for model in models]
    write_text(resource_path("followup_surface.json"), json.dumps(layers, separators=(",", ":")) + "\n")


def _rounded(layers: tuple[np.ndarray, ...]) -> list[Any]:
    return [np.round(np.asarray(one, float), 3).tolist() for one in layers]


class _Dents:
    """The simulator's own dent of each head, which it keeps to itself, and its line under the surface by chance."""

    def __init__(self, rng: np.random.Generator, natural: bool = False) -> None:
        self.rng, self.natural, self.later, self.fields = rng, natural, False, {}  # type: ignore[var-annotated]
        self._real = lesion._dented, lesion._later

    def __enter__(self) -> _Dents:
        lesion._dented, lesion._later = self._dented, self._line
        return self

    def __exit__(self, *_: object) -> None:
        lesion._dented, lesion._later = self._real

    def _dented(self, region: Any, cone: Any, mm: float) -> tuple[np.ndarray, np.ndarray]:
        sunk, dent = self._real[0](region, cone, mm)
        self.fields[region.frame.side] = (region.grid, dent, np.array(region.frame.centre))
        return sunk, dent

    def _line(self, hip: Any, course: Any) -> Any:
        if self.natural:
            return self._real[1](hip, course)
        if not self.later or hip.arco in ("IIIA", "IIIB") or self.rng.random() >= LINE_SHARE:
            return hip
        return replace(hip, stage="II", arco="IIIA")

    def along(self, side: str, radius: float, rays: np.ndarray) -> np.ndarray:
        """Depth of the dent under each ray, mm."""
        if side not in self.fields:
            return np.zeros(len(rays), np.float32)
        grid, dent, centre = self.fields[side]
        index = np.moveaxis(grid.point_to_index(centre + (radius - 0.5) * rays)[:, ::-1], -1, 0)
        return np.asarray(ndimage.map_coordinates(dent.astype(np.float32), index, order=1, mode="nearest"))


def read_of(path: Path) -> list[dict[str, Any]]:
    """What the networks read of both hips of a patient, averaged over spheres, as a row of ``followup.py``.

    They are other patients than those that are worked up, which are numbered likewise.
    """
    rows = []
    for hip in stored(path):
        maps = [sunk_along(draw[0], draw[1], hip["side"]) for draw in hip["draws"]]
        change = np.mean([one for one in maps if one is not None], axis=0)
        parts = sinking(change, hip["above"], hip["side"])
        rows.append(
            {"pair": f"more {path.stem}", "side": hip["side"], "true sunk": hip["sunk"], "sunk": parts}
        )
    return rows


def simulated(number: int, seed: int, natural: bool = False) -> list[dict[str, Any]]:
    """Both hips of a patient: dents of either date, rays above the necrosis, looks of four examinations.

    Args:
        natural: the course as it is drawn, two examinations, and the looks of each about all spheres of the product.
    """
    rng = np.random.default_rng([seed, number, 1])
    plan = plan_pair(number, seed)
    if natural:
        return _built(plan, seed, dict(plan.kinds), dict(plan.after), rng, natural)
    kinds = {
        side: kind if kind != "0" or rng.random() < 0.3 else str(rng.choice(["I", "II", "IIIA"]))
        for side, kind in plan.kinds.items()
    }
    after = {}
    for side, kind in zip("RL", kinds.values(), strict=True):
        sunk = float(rng.uniform(0.5, 3.0)) if kind != "0" and rng.random() < 0.5 else 0.0
        grown = plan.after[side].grown_ml if kind != "0" else 0.0
        after[side] = replace(
            plan.after[side], sunk_mm=round(sunk, 2), grown_ml=max(grown, 0.0) if sunk else grown
        )
    return _built(plan, seed, kinds, after, rng, natural)


def _built(
    plan: Any,
    seed: int,
    kinds: dict[str, str],
    after: dict[str, Any],
    rng: np.random.Generator,
    natural: bool,
) -> list[dict[str, Any]]:
    number = plan.number
    rays = {side: articular_rays(side) for side in "RL"}
    for attempt in range(ATTEMPTS * 2):
        try:
            parameters = draw_patient(seed * 100_003 + number * 7 + 2 + RETRY * attempt, **kinds)
            then = _with(parameters, after, np.random.default_rng([seed, 313, number]))
            patients, dents = [], []
            with _Dents(np.random.default_rng([seed, number, 2]), natural) as known:
                for known.later, one in enumerate((_with(parameters, plan.before), then)):  # type: ignore[assignment]
                    known.fields = {}
                    patients.append(build_patient(one))
                    size = {side: patients[-1].truth[side]["radius"] for side in "RL"}
                    dents.append({side: known.along(side, size[side], rays[side]) for side in "RL"})
            break
        except InputError:
            continue
    else:
        return []
    rest = np.eye(4)
    rest[:3, 3] = np.subtract(
        patients[1].parameters.table_position_mm, patients[0].parameters.table_position_mm
    )
    views = list(_scanned(patients, plan, seed, rest, rng, natural))
    return [_hip(side, patients, views, rest, dents, after[side].sunk_mm, rng, natural) for side in "RL"]


def _scanned(
    patients: list[Any], plan: Any, seed: int, rest: np.ndarray, rng: np.random.Generator, natural: bool
) -> Iterator[Any]:
    """Of each of four examinations its series: contrast, image, and each hip's matrix from the earlier date at rest."""
    others = [str(name) for name in rng.permutation(SCANNERS)[:2]]
    exams = [
        *plan.exams,
        *(replace(plan.exams[0], scanner=name, series=_series(rng, name)) for name in others),
    ]
    for turn, (date, exam) in enumerate(zip(DATES, exams[: 2 if natural else 4], strict=False)):
        patient = patients[date]
        centres = {side: np.asarray(patient.truth[side]["centre"]) for side in "RL"}
        lying = {side: draw_pose(rng, centres[side], (3.0, 6.0)[date], (4.0, 8.0)[date]) for side in "RL"}
        found = []
        for number, series in enumerate(exam.series):
            poses = lying
            if number:
                poses = {side: draw_pose(rng, centres[side], 3.0, 3.0) @ lying[side] for side in "RL"}
            there = moved(patient, poses, patient.parameters.seed * 31 + series.number + 1000 * turn)
            image = scan_hips(there, series, exam.scanner, seed * 1_000_003 + plan.number + 500_009 * turn)
            way = rest if date else np.eye(4)
            found.append((CONTRAST[series.weighting], image, {side: poses[side] @ way for side in "RL"}))
        yield found


def _hip(
    side: str,
    patients: list[Any],
    exams: list[Any],
    rest: np.ndarray,
    dents: list[Any],
    sunk: float,
    rng: Any,
    natural: bool,
) -> dict[str, Any]:
    rays, radius = articular_rays(side), patients[0].truth[side]["radius"]
    centre = np.array(patients[0].truth[side]["centre"])
    above = np.zeros(len(rays), bool)
    for patient, off in zip(patients, (np.zeros(3), rest[:3, 3]), strict=True):
        dead = patient.labels.like((patient.labels.array == NECROSIS[side]).astype(np.float32))
        above |= np.max([sampled(dead, centre + off + (radius - mm) * rays) for mm in UNDER_MM], axis=0) > 0.5
    draws = []
    if natural:
        fitted, off = (
            (centre + rng.normal(0.0, 0.8, 3), radius + rng.normal(0.0, 0.3)),
            int(rng.integers(2**32)),
        )
        for *aside, more in SPHERES_MM:  # with the same errors of the alignments
            again, sphere = np.random.default_rng(off), (fitted[0] + aside, fitted[1] + more)
            draws.append([_looks(exam, side, centre, sphere, again) for exam in exams])
    for _ in range(0 if natural else DRAWS):
        sphere = centre + rng.normal(0.0, 0.8, 3), radius + rng.normal(0.0, 0.3)
        draws.append([_looks(exam, side, centre, sphere, rng) for exam in exams])
    return {"side": side, "sunk": sunk, "above": above, "dents": [one[side] for one in dents], "draws": draws}


def _looks(
    exam: Any, side: str, centre: np.ndarray, sphere: Any, rng: np.random.Generator
) -> dict[str, Look]:
    """Of one examination, its series off from the truth by what alignments are off by."""
    common = rng.normal(0.0, 0.35, 3)
    views = []
    for contrast, image, matrices in exam:
        off = np.eye(4)
        off[:3, :3] = Rotation.from_rotvec(np.radians(rng.normal(0.0, 0.7, 3))).as_matrix()
        off[:3, 3] = centre + common + rng.normal(0.0, 0.25, 3) - off[:3, :3] @ centre
        views.append(SurfaceView(image, matrices[side] @ off, contrast))
    return looks_at(views, sphere, side)


class Network(nn.Module):
    """:class:`..followup.sinking.SinkingModel` while it learns."""

    def __init__(self, shift: np.ndarray, scale: np.ndarray) -> None:
        super().__init__()
        first, second, third = HIDDEN
        self.shift, self.scale = torch.tensor(shift), torch.tensor(scale)
        sizes = ((len(shift), first), (first, second), (3 * second, third), (third, 1))
        self.layers = nn.ModuleList(nn.Linear(*size) for size in sizes)
        self.drop = nn.Dropout(0.1)

    def forward(self, seen: torch.Tensor, around: list[torch.Tensor]) -> torch.Tensor:
        one, two, three, four = self.layers
        own = torch.relu(two(self.drop(torch.relu(one((seen - self.shift) * self.scale)))))
        about = torch.cat([own, *(share @ own for share in around)], 1)
        return four(self.drop(torch.relu(three(about))))[:, 0]  # type: ignore[no-any-return]

    def model(self) -> SinkingModel:
        """As numbers; what the inputs are scaled by goes into the first layer."""
        weights = [layer.weight.detach().numpy().T.copy() for layer in self.layers]
        offsets = [layer.bias.detach().numpy().copy() for layer in self.layers]
        weights[0] *= self.scale.numpy()[:, None]
        offsets[0] -= self.shift.numpy() @ weights[0]
        return SinkingModel(tuple(weights), tuple(offsets))


def learned(hips: list[dict[str, Any]], steps: int, seed: int, batch: int = 4) -> SinkingModel:
    """One network after so many steps."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    hips = [hip for hip in hips if np.count_nonzero(hip["above"]) >= MIN_RAYS]
    sunk, still = ([hip for hip in hips if (hip["sunk"] > 0) == which] for which in (True, False))
    rows = np.vstack(
        [paired(hip["draws"][0][0], hip["draws"][0][1], len(hip["above"]))[::25] for hip in hips]
    )
    network = Network(rows.mean(axis=0), 1.0 / np.maximum(rows.std(axis=0), 0.05))
    around = {side: [torch.tensor(one) for one in neighbours(side)] for side in "RL"}
    steered = torch.optim.AdamW(network.parameters(), 3e-3, weight_decay=0.02)
    pace = torch.optim.lr_scheduler.OneCycleLR(steered, 3e-3, total_steps=steps)
    for step in range(steps):
        losses = []
        for _ in range(batch):
            pool = sunk if rng.random() < 0.6 else still
            hip = pool[rng.integers(len(pool))]
            seen, wanted = example(hip, rng)
            off = nn.functional.huber_loss(
                network(torch.tensor(seen), around[hip["side"]]), torch.tensor(wanted), reduction="none"
            )
            counts = torch.tensor(np.where(hip["above"], 1.0, 0.15).astype(np.float32))
            losses.append((counts * off).sum() / counts.sum())
        steered.zero_grad()
        loss = torch.stack(losses).mean()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        steered.step()
        pace.step()
        if step % 500 == 499:
            print(step + 1, round(float(loss.detach()), 4), flush=True)
    return network.eval().model()


def example(hip: dict[str, Any], rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """What the network sees of two examinations, with a dent more in most, and how far each ray's surface sank."""
    rays = articular_rays(hip["side"])
    one, two = TURNS[rng.integers(len(TURNS))]
    draw = hip["draws"][rng.integers(len(hip["draws"]))]
    wanted = hip["dents"][DATES[two]] - hip["dents"][DATES[one]]
    dents = [np.zeros(len(rays)), np.zeros(len(rays))]
    if rng.random() < 0.75:
        place = rays[rng.choice(np.flatnonzero(hip["above"]))]
        inner, ramp = rng.uniform(0.0, 15.0), rng.uniform(8.0, 35.0)
        away = np.degrees(np.arccos(np.clip(rays @ place, -1.0, 1.0)))
        later = int(rng.integers(2))
        dents[later] = np.clip((inner + ramp - away) / ramp, 0.0, 1.0) * rng.uniform(0.3, 3.2)
        wanted = wanted + (dents[1] - dents[0])
    common = rng.normal(0.0, 0.5, 3)
    sides = []
    for number, dent in zip((one, two), dents, strict=True):
        off = rays @ (common + rng.normal(0.0, 0.1, 3))
        sides.append({key: _altered(look, dent, off, rng) for key, look in draw[number].items()})
    if rng.random() < 0.12:
        for looks in sides:
            looks.pop(SEEN[0], None)
    elif rng.random() < 0.12:
        for looks in sides:
            looks.pop(SEEN[1], None)
    return paired(sides[0], sides[1], len(rays)), wanted.astype(np.float32)


def _altered(look: Look, dent: np.ndarray, off: np.ndarray, rng: np.random.Generator) -> Look:
    """Another gain and noise, all moved by ``off`` mm along each ray, and what is bone pressed in by ``dent`` mm."""
    end, start = rng.uniform(1.0, 4.0), rng.uniform(-0.5, 0.5)
    depth, deep = PROFILE_MM[None], dent[:, None]
    stretched = (depth * (end - start) + deep * end) / (end - start + deep)
    source = np.minimum(depth + deep, np.maximum(depth, stretched)) + off[:, None]
    place = np.clip((source - PROFILE_MM[0]) / (PROFILE_MM[1] - PROFILE_MM[0]), 0.0, len(PROFILE_MM) - 1.001)
    low = place.astype(int)
    values = np.take_along_axis(look.values, low, 1) * (low + 1 - place)
    values = values + np.take_along_axis(look.values, low + 1, 1) * (place - low)
    gain, shift = np.exp(rng.normal(0.0, 0.1)), rng.normal(0.0, 0.03)
    noise = rng.normal(0.0, 0.02, values.shape)
    return Look(values * gain + shift + noise, look.usual * gain + shift, look.across)


def judged(hips: list[dict[str, Any]], models: tuple[SinkingModel, ...]) -> None:
    """How well heads that sank are told from others that were held back, at one call in ten of those that did not."""
    rows = []
    for hip in hips:
        for one, two in TURNS[::2]:
            change = sunk_along(hip["draws"][0][one], hip["draws"][0][two], hip["side"], models)
            parts = sinking(change, hip["above"], hip["side"]) if change is not None else {}
            if parts:
                rows.append((hip["sunk"] if DATES[one] != DATES[two] else 0.0, parts["over"]))
    true, over = np.array(rows).T
    limit = np.quantile(over[true == 0], 0.9)
    print(f"{len(rows)} pairs; of those that sank 1 mm or more {np.mean(over[true >= 1] > limit):.0%} found")


if __name__ == "__main__":
    main()

"""Federated averaging between two and four simulated hospitals, against one training on all their patients together.

    python -m pip install nvflare
    python benchmarks/federated.py --work out/federated [--hospitals 2 4] [--rounds 5]

The outliner learns from 12 patients of the open magnet of ``own_hospital.py``: pooled, and dealt out to hospitals that
exchange weights alone, by NVIDIA FLARE's simulator with MONAI's client interface (``own/federated.py``). Hospitals share
the batch, so that each way looks at as many cubes. Judged on the same 12 other patients, on cubes. One thread.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from own_hospital import SCANNERS, make_cohort

from ONFHAssistLab.training.own.cohort import OwnScan, part_by_patient, read_own_cohort
from ONFHAssistLab.training.own.comparison import by_patient, compare
from ONFHAssistLab.training.own.lessons.outlines import HEAD_DICE, NECROSIS_DICE, OutlineLesson
from ONFHAssistLab.training.own.loop import Pace
from ONFHAssistLab.training.own.training import OwnPlan, train_own
from ONFHAssistLib.core.progress import no_progress
from ONFHAssistLib.segment.outliner import NETWORK, load_outliner

PATIENTS, HELD, SEED = 24, 0.5, 5
SITES = ["north", "east", "south", "west"]


def federated(work: Path, cohort: Path, hospitals: int, rounds: int, pace: Pace) -> dict[str, torch.Tensor]:
    """The common weights after all rounds; kept in ``work``."""
    kept = work / f"common-{cohort.name}-{hospitals}-{rounds}-{pace.steps}.pt"
    if kept.is_file():
        return dict(torch.load(kept, weights_only=True))
    from nvflare.app_opt.pt.recipes.fedavg import FedAvgRecipe
    from nvflare.recipe import SimEnv

    start = work / "start.pt"
    torch.save(dict(load_outliner("outliner-unet").network.state_dict()), start)
    names = SITES[:hospitals]
    mine = Pace(pace.steps, max(1, pace.batch_size // hospitals), pace.learning_rate)
    recipe = FedAvgRecipe(
        name=f"onfh-{hospitals}-hospitals",
        model={"class_path": "monai.networks.nets.UNet", "args": NETWORK},
        initial_ckpt=str(start.absolute()),
        min_clients=hospitals,
        num_rounds=rounds,
        train_script=str(Path(__file__).with_name("federated_client.py")),
        train_args=f"--cohort {cohort.absolute()} --held {HELD} --seed {SEED} --rounds {rounds} "
        f"--hospitals {' '.join(names)} "
        f"--pace {mine.steps} {mine.batch_size} {mine.learning_rate}",
    )
    recipe.execute(SimEnv(clients=names, num_threads=1, workspace_root=str((work / "flare").absolute())))
    (found,) = (work / "flare" / f"onfh-{hospitals}-hospitals").rglob("FL_global_model.pt")
    stored = torch.load(found, map_location="cpu", weights_only=True)
    common = dict(stored.get("model", stored))
    torch.save(common, kept)
    return common


def judged(
    lesson: OutlineLesson, networks: list[torch.nn.Module], held: Sequence[OwnScan]
) -> dict[str, dict[str, float]]:
    return {name: by_patient(hips) for name, hips in lesson.judge(networks, held, no_progress).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("out/federated"))
    parser.add_argument("--scanner", choices=SCANNERS, default="lowfield")
    parser.add_argument("--hospitals", type=int, nargs="+", default=[2, 4], choices=range(1, len(SITES) + 1))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int)
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.work.mkdir(parents=True, exist_ok=True)
    make_cohort(args.work / args.scanner, args.scanner, PATIENTS, SEED)
    cohort = args.work / args.scanner
    plan = OwnPlan("outliner", held_share=HELD, seed=SEED, steps=args.steps)
    pace = plan.pace(OutlineLesson.pace)
    candidate = args.work / f"candidate-{args.scanner}"
    train_own(cohort, candidate, args.work, plan)
    held = part_by_patient(read_own_cohort(cohort), HELD, SEED).held
    lesson = OutlineLesson(None, (), no_progress)
    before = judged(lesson, lesson.networks(), held)
    (network,) = lesson.networks()
    network.load_state_dict(load_outliner(candidate).network.state_dict())
    pooled = judged(lesson, [network], held)
    for hospitals in args.hospitals:
        began = time.perf_counter()
        network.load_state_dict(federated(args.work, cohort, hospitals, args.rounds, pace))
        minutes = (time.perf_counter() - began) / 60
        found = judged(lesson, [network.eval()], held)
        for name in (NECROSIS_DICE, HEAD_DICE):
            gain, less = compare(name, before[name], found[name]), compare(name, pooled[name], found[name])
            print(
                f"{hospitals} hospitals, {args.rounds} rounds, {minutes:.1f} minutes, {name}: {gain.before:.3f} before, "
                f"{gain.after:.3f} federated (p {gain.p:.4f}), {less.before:.3f} pooled; federated less pooled "
                f"{less.difference:+.4f} ({less.low:+.4f} to {less.high:+.4f}), p {less.p:.3f}"
            )


if __name__ == "__main__":
    main()

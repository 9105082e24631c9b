"""One hospital of ``federated.py``, as NVIDIA FLARE starts it: weights come, are trained on its own patients, go back.

A real hospital runs the same script with its own cohort, without ``--hospitals``, which deals the simulated
patients out.
"""

from __future__ import annotations

import argparse

import nvflare.client as flare
import torch
from monai.fl.utils.exchange_object import ExchangeObject
from nvflare.app_common.abstract.fl_model import MetaKey

from ONFHAssistLab.training.own.cohort import part_by_patient, read_own_cohort
from ONFHAssistLab.training.own.federated import ROUND, HospitalAlgo, share_among
from ONFHAssistLab.training.own.loop import Pace


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cohort", required=True)
    parser.add_argument("--held", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--hospitals", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--pace", type=float, nargs=3, required=True, metavar=("STEPS", "BATCH", "RATE"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    flare.init()
    number = int(flare.get_site_name().rsplit("-", 1)[-1]) - 1
    learned = part_by_patient(read_own_cohort(args.cohort), args.held, args.seed).learned
    mine = share_among(learned, args.hospitals)[number]
    pace = Pace(int(args.pace[0]), int(args.pace[1]), args.pace[2])
    algo = HospitalAlgo("outliner", mine, None, pace, args.rounds, args.seed + number)
    while flare.is_running():
        came = flare.receive()
        if came is None:
            break
        algo.train(ExchangeObject(weights=came.params), {ROUND: came.current_round})
        found = algo.get_weights()
        counts = {MetaKey.NUM_STEPS_CURRENT_ROUND: algo.lesson.hips}
        weights = {key: torch.as_tensor(value) for key, value in found.weights.items()}
        flare.send(flare.FLModel(params=weights, params_type="FULL", meta=counts))


if __name__ == "__main__":
    main()

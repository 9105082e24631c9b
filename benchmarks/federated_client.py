"""One hospital of a federated training, as NVIDIA FLARE starts it: weights come, are trained on its patients, go back.

All hospitals run it with the same arguments. ``{site}`` in ``--cohort`` stands for the name of the site. ``--hospitals``
is for a simulation: it names all sites, among which the patients of the one cohort are dealt out.
"""

from __future__ import annotations

import argparse

import nvflare.client as flare
import torch
from monai.fl.utils.exchange_object import ExchangeObject
from nvflare.app_common.abstract.fl_model import MetaKey

from ONFHAssistLab.training.own.cohort import part_by_patient, read_own_cohort
from ONFHAssistLab.training.own.federated import ROUND, HospitalAlgo, share_among, site_seed
from ONFHAssistLab.training.own.loop import Pace
from ONFHAssistLab.training.own.training import OwnPlan


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cohort", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--held", type=float, default=OwnPlan.held_share)
    parser.add_argument("--seed", type=int, default=OwnPlan.seed)
    parser.add_argument("--pace", type=float, nargs=3, metavar=("STEPS", "BATCH", "RATE"))
    parser.add_argument("--hospitals", nargs="+", metavar="SITE")
    args = parser.parse_args()
    torch.set_num_threads(1)
    flare.init()
    site = flare.get_site_name()
    own = read_own_cohort(args.cohort.replace("{site}", site))
    mine = part_by_patient(own, args.held, args.seed).learned
    if args.hospitals:
        mine = share_among(mine, args.hospitals)[site]
    pace = Pace(int(args.pace[0]), int(args.pace[1]), args.pace[2]) if args.pace else None
    algo = HospitalAlgo("outliner", mine, None, pace, args.rounds, site_seed(args.seed, site))
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

"""How far mean intensity alone tells stages 0, I and II apart on simulated hips: the easy way must not work.

    python benchmarks/simulator_difficulty.py [patients] [preset]

For every hip the mean intensity of the true head, divided by that of its surrounding muscle-like median, is the only
feature; one-against-rest AUC by thresholding it (the better direction for each stage), averaged over the stages.
"""

from __future__ import annotations

import sys

import numpy as np
from sklearn.metrics import roc_auc_score

from ONFHAssistLab.simulate.acquisition.mri import acquire, truth_labels
from ONFHAssistLab.simulate.cohort import _build
from ONFHAssistLab.simulate.plans import plan_case
from ONFHAssistLib.imaging.labels import head_mask


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    preset = sys.argv[2] if len(sys.argv) > 2 else None
    stages, raw, relative = [], [], []
    for number in range(count):
        plan = plan_case("onfhnet", number, count, 1)
        patient = _build(plan, "onfhnet", 1)
        image = acquire(patient, preset or plan.images["t2"], number)
        labels = truth_labels(patient, image).array
        for side in "RL":
            hip = patient.parameters.hip(side)
            if hip.prosthesis or hip.look_alike or hip.arco == "IIIA":
                continue
            head = image.array[head_mask(labels, side)]
            stages.append(hip.stage)
            raw.append(head.mean())
            relative.append(
                head.mean() / np.median(image.array[image.array > np.percentile(image.array, 60)])
            )
    stages = np.array(stages)
    for name, values in (("mean", np.array(raw)), ("relative mean", np.array(relative))):
        auc = [roc_auc_score(stages == s, values) for s in ("0", "I", "II")]
        best = [max(a, 1 - a) for a in auc]
        print(f"{name}: AUC 0, I, II " + ", ".join(f"{a:.3f}" for a in auc) + f"; macro {np.mean(best):.3f}")
    print(
        f"{len(stages)} hips: " + ", ".join(f"{s} {np.count_nonzero(stages == s)}" for s in ("0", "I", "II"))
    )


if __name__ == "__main__":
    main()

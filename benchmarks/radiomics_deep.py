"""Speed of the deep features: 100 slices on two cores, warm.

python benchmarks/radiomics_deep.py [--threads 2]
"""

from __future__ import annotations

import argparse
import statistics
import time

import numpy as np
import torch

from ONFHAssistLib.extract import deep
from ONFHAssistLib.imaging.image import Image


def main() -> None:
    """Time cutting the pictures and running the network."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    backbone = deep.Backbone(deep.build_network(), "untrained, for timing")
    image = Image(np.random.default_rng(0).normal(size=(20, 192, 192)).astype(np.float32), (0.8, 0.8, 4.5))
    mask = np.zeros(image.array.shape, np.uint8)
    mask[8:12, 60:120, 50:110] = 1
    region = image.like(mask)
    times = []
    for _ in range(4):
        started = time.perf_counter()
        pictures = [deep.region_picture(image, region) for _ in range(100)]
        cut = time.perf_counter() - started
        deep.extract_deep_pictures(pictures, backbone)
        times.append(time.perf_counter() - started)
    warm = statistics.median(times[1:])
    print(
        f"100 slices, {arguments.threads} threads, warm: {warm:.2f} s (aim 3), of which {cut:.2f} s cut the pictures"
    )


if __name__ == "__main__":
    main()

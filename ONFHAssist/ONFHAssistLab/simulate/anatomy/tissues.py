"""The tissues of the simulated pelvis and what makes their signal.

Relaxation times are the usual ones of the musculoskeletal literature (Gold et al. 2004, AJR 183:343-351; de Bazelaire
et al. 2004, Radiology 230:652-659; Stanisz et al. 2005, MRM 54:507-512), rounded; pathological tissues are set so that
they show what Mitchell et al. 1987 (Radiology 162:709-715) describe. Fat has its own relaxation (``FAT``), so a tissue
is a mix of water and fat.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np


class Tissue(IntEnum):
    """Values of the tissue map."""

    AIR = 0
    SKIN = 1
    SUBCUTANEOUS_FAT = 2
    DEEP_FAT = 3
    MUSCLE = 4
    FIBROUS = 5  # tendon, ligament, capsule, fascia
    CORTEX = 6
    YELLOW_MARROW = 7
    RED_MARROW = 8
    CARTILAGE = 9
    FLUID = 10
    LABRUM = 11
    ARTERY = 12
    VEIN = 13
    URINE = 14
    ORGAN = 15
    BOWEL_CONTENT = 16
    GAS = 17
    NERVE = 18
    NECROSIS_FAT = 19  # Mitchell A
    NECROSIS_BLOOD = 20  # B
    NECROSIS_FLUID = 21  # C
    NECROSIS_FIBROUS = 22  # D
    SCLEROSIS = 23  # outer, dark line of the reactive interface; arthrotic sclerosis
    GRANULATION = 24  # inner, T2-bright line
    OEDEMA = 25
    BONE_ISLAND = 26
    METAL = 27
    CRESCENT = 28  # fluid or gas under the subchondral plate
    FASCIA = 29


@dataclass(frozen=True)
class Relaxation:
    """Proton density (1 = water), share of it that is fat, T1 and T2 of the water part in ms at 1.5 T and 3 T."""

    density: float
    fat: float
    t1: tuple[float, float]
    t2: tuple[float, float]
    attenuation: float = 0.2  # linear attenuation at about 60 keV, 1/cm, for radiographs
    texture: float = 0.05  # relative standard deviation of the signal within the tissue


FAT_T1 = (290.0, 370.0)
FAT_T2 = (85.0, 75.0)  # apparent, of a spin-echo train: J-coupling is broken up, fat stays bright

TABLE: dict[Tissue, Relaxation] = {
    Tissue.AIR: Relaxation(0.0, 0.0, (1000, 1000), (50, 50), 0.0, 0.0),
    Tissue.SKIN: Relaxation(0.55, 0.10, (900, 1100), (28, 26), 0.205),
    Tissue.SUBCUTANEOUS_FAT: Relaxation(1.0, 0.96, (900, 1100), (40, 36), 0.185, 0.025),
    Tissue.DEEP_FAT: Relaxation(1.0, 0.90, (900, 1100), (45, 40), 0.187, 0.06),
    Tissue.MUSCLE: Relaxation(0.80, 0.025, (980, 1330), (36, 33), 0.205, 0.07),
    Tissue.FIBROUS: Relaxation(0.36, 0.02, (700, 850), (14, 12), 0.21, 0.14),
    Tissue.CORTEX: Relaxation(0.055, 0.3, (500, 600), (8, 7), 0.72, 0.10),
    Tissue.YELLOW_MARROW: Relaxation(0.86, 0.92, (900, 1100), (45, 40), 0.27, 0.20),
    Tissue.RED_MARROW: Relaxation(0.79, 0.45, (950, 1150), (42, 38), 0.285, 0.20),
    Tissue.CARTILAGE: Relaxation(0.82, 0.0, (720, 880), (40, 36), 0.21, 0.08),
    Tissue.FLUID: Relaxation(1.0, 0.0, (2900, 3600), (600, 500), 0.206, 0.03),
    Tissue.LABRUM: Relaxation(0.40, 0.0, (800, 950), (15, 13), 0.21, 0.08),
    Tissue.ARTERY: Relaxation(0.20, 0.0, (1400, 1650), (60, 50), 0.21, 0.25),
    Tissue.VEIN: Relaxation(0.55, 0.0, (1400, 1650), (120, 90), 0.21, 0.15),
    Tissue.URINE: Relaxation(1.0, 0.0, (3000, 3700), (700, 600), 0.206, 0.02),
    Tissue.ORGAN: Relaxation(0.85, 0.03, (1000, 1300), (62, 56), 0.206, 0.09),
    Tissue.BOWEL_CONTENT: Relaxation(0.75, 0.15, (800, 950), (60, 55), 0.20, 0.22),
    Tissue.GAS: Relaxation(0.0, 0.0, (1000, 1000), (50, 50), 0.0, 0.0),
    Tissue.NERVE: Relaxation(0.75, 0.25, (1000, 1200), (60, 55), 0.205, 0.1),
    Tissue.NECROSIS_FAT: Relaxation(0.83, 0.86, (900, 1100), (48, 42), 0.272, 0.20),
    Tissue.NECROSIS_BLOOD: Relaxation(0.83, 0.45, (420, 480), (110, 95), 0.272, 0.20),
    Tissue.NECROSIS_FLUID: Relaxation(0.83, 0.12, (1500, 1800), (130, 110), 0.22, 0.18),
    Tissue.NECROSIS_FIBROUS: Relaxation(0.54, 0.15, (900, 1050), (28, 25), 0.34, 0.20),
    Tissue.SCLEROSIS: Relaxation(0.32, 0.2, (800, 900), (18, 16), 0.75, 0.15),
    Tissue.GRANULATION: Relaxation(0.79, 0.10, (1300, 1550), (115, 100), 0.24, 0.15),
    Tissue.OEDEMA: Relaxation(0.83, 0.42, (1300, 1550), (95, 85), 0.245, 0.18),
    Tissue.BONE_ISLAND: Relaxation(0.06, 0.2, (500, 600), (8, 7), 0.55, 0.1),
    Tissue.METAL: Relaxation(0.0, 0.0, (1000, 1000), (50, 50), 6.0, 0.0),
    Tissue.CRESCENT: Relaxation(0.95, 0.0, (2500, 3100), (300, 260), 0.10, 0.1),
    Tissue.FASCIA: Relaxation(0.42, 0.30, (800, 950), (18, 16), 0.2, 0.12),
}

COUNT = len(Tissue)
BONE = frozenset(
    {Tissue.CORTEX, Tissue.YELLOW_MARROW, Tissue.RED_MARROW, Tissue.BONE_ISLAND, Tissue.SCLEROSIS}
)

# What fills the spaces between trabeculae; its grain is the trabeculae's (:mod:`.grain`).
BONY = BONE | {
    Tissue.NECROSIS_FAT,
    Tissue.NECROSIS_BLOOD,
    Tissue.NECROSIS_FLUID,
    Tissue.NECROSIS_FIBROUS,
    Tissue.GRANULATION,
    Tissue.OEDEMA,
}


def column(name: str, field: int | None = None) -> np.ndarray:
    """One property for all tissue values, float32, shape (COUNT,); ``field`` 0 is 1.5 T, 1 is 3 T."""
    values = [getattr(TABLE[t], name) for t in Tissue]
    return np.array([v if field is None else v[field] for v in values], np.float32)

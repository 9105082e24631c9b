"""Signal of tissues by the spin-echo and inversion-recovery equations.

    SE:  S = PD (1 - exp(-TR/T1)) exp(-TE/T2)
    IR:  S = PD |1 - 2 exp(-TI/T1) + exp(-TR/T1)| exp(-TE/T2)

(Haacke et al., Magnetic Resonance Imaging, 1999, eq. 8.38 and 8.46 with TE << TR.) Echo trains are described by their
effective TE; fat, whose J-coupling is broken up by the train, has a longer apparent T2 (:data:`.tissues.FAT_T2`).
Water and fat of a voxel are kept apart, because fat is suppressed and chemically shifted.
"""

from __future__ import annotations

import numpy as np

from ..anatomy.tissues import FAT_T1, FAT_T2, column

FAT_SHIFT_PPM = 3.4
GYROMAGNETIC_MHZ_T = 42.577


def field_index(field_t: float) -> int:
    """0 for about 1.5 T, 1 for about 3 T."""
    return 0 if field_t < 2.2 else 1


def spin_echo(
    density: np.ndarray, t1: np.ndarray, t2: np.ndarray, tr: float, te: float, ti: float | None
) -> np.ndarray:
    """Signal of a spin-echo (``ti`` None) or inversion-recovery sequence; all times in ms."""
    inverted = 0.0 if ti is None else 2.0 * np.exp(-ti / t1) - 2.0 * np.exp(-tr / t1)
    return density * np.abs(1.0 - np.exp(-tr / t1) - inverted) * np.exp(-te / t2)


def tissue_signals(
    field_t: float, tr: float, te: float, ti: float | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Water and fat signal of every tissue value, each float32 (COUNT,); 1 is fully relaxed water without decay."""
    i = field_index(field_t)
    density, share = column("density"), column("fat")
    water = spin_echo(density * (1 - share), column("t1", i), column("t2", i), tr, te, ti)
    one = spin_echo(np.ones(1), np.array([FAT_T1[i]]), np.array([FAT_T2[i]]), tr, te, ti)[0]
    return water.astype(np.float32), (density * share * one).astype(np.float32)


def fat_shift_pixels(field_t: float, bandwidth_hz: float) -> float:
    """Chemical shift of fat in acquired pixels along the frequency direction."""
    return FAT_SHIFT_PPM * GYROMAGNETIC_MHZ_T * field_t / bandwidth_hz


def null_inversion_time(field_t: float, tr: float) -> float:
    """Inversion time in ms at which fat gives no signal."""
    t1 = FAT_T1[field_index(field_t)]
    return float(t1 * (np.log(2.0) - np.log1p(np.exp(-tr / t1))))

"""Signal of tissues by the equations of spin echo, inversion recovery, spoiled gradient echo and diffusion.

    SE:  S = PD (1 - exp(-TR/T1)) exp(-TE/T2)
    IR:  S = PD |1 - 2 exp(-TI/T1) + exp(-TR/T1)| exp(-TE/T2)
    GRE: S = PD sin(a) (1 - exp(-TR/T1)) / (1 - cos(a) exp(-TR/T1)) exp(-TE/T2*)

(Haacke et al., Magnetic Resonance Imaging, 1999, eq. 8.38, 8.46 with TE << TR, and 18.14.) Echo trains are described
by their effective TE; fat, whose J-coupling is broken up by the train, has a longer apparent T2
(:data:`.tissues.FAT_T2`).
Water and fat of a voxel are kept apart, because fat is suppressed and chemically shifted.
"""

from __future__ import annotations

import numpy as np

from ..anatomy.tissues import BONY, FAT_T1, FAT_T2, Tissue, column

FAT_SHIFT_PPM = 3.4
GYROMAGNETIC_MHZ_T = 42.577
RELAXIVITY = 4.3  # of gadolinium chelates, per s and mmol/l
# What a gradient echo does not refocus, at 1.5 T and 3 T: trabeculae spoil the field about them (Wehrli et al. 1993).
T2_PRIME_MS, T2_PRIME_TRABECULAR_MS = (60.0, 35.0), (18.0, 10.0)
IN_TRABECULAE = np.array(sorted(int(t) for t in BONY))
UPTAKE = {
    Tissue.ARTERY: 1.6, Tissue.VEIN: 1.4, Tissue.ORGAN: 1.0, Tissue.URINE: 2.5, Tissue.MUSCLE: 0.22, Tissue.SKIN: 0.4,
    Tissue.RED_MARROW: 0.5, Tissue.YELLOW_MARROW: 0.08, Tissue.OEDEMA: 0.9, Tissue.GRANULATION: 1.1, Tissue.NERVE: 0.2,
    Tissue.CARTILAGE: 0.05, Tissue.FIBROUS: 0.1,
}  # fmt: skip


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
    field_t: float, tr: float, te: float, ti: float | None = None, contrast_mmol_l: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Water and fat signal of every tissue value, each float32 (COUNT,); 1 is fully relaxed water without decay.

    ``contrast_mmol_l`` is as in :func:`gradient_echo_signals`.
    """
    i = field_index(field_t)
    density, share = column("density"), column("fat")
    water = spin_echo(density * (1 - share), 1.0 / _enhanced(i, contrast_mmol_l), column("t2", i), tr, te, ti)
    one = spin_echo(np.ones(1), np.array([FAT_T1[i]]), np.array([FAT_T2[i]]), tr, te, ti)[0]
    return water.astype(np.float32), (density * share * one).astype(np.float32)


def gradient_echo(
    density: np.ndarray, t1: np.ndarray, t2_star: np.ndarray, tr: float, te: float, flip_deg: float
) -> np.ndarray:
    """Signal of a spoiled gradient echo; times in ms."""
    e1, angle = np.exp(-tr / t1), np.radians(flip_deg)
    return density * np.sin(angle) * (1.0 - e1) / (1.0 - np.cos(angle) * e1) * np.exp(-te / t2_star)


def gradient_echo_signals(
    field_t: float, tr: float, te: float, flip_deg: float, contrast_mmol_l: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Water and fat signal of every tissue value in a spoiled gradient echo, each float32 (COUNT,).

    Args:
        field_t: tesla.
        tr: repetition time in ms.
        te: echo time in ms.
        flip_deg: flip angle.
        contrast_mmol_l: gadolinium in well-perfused tissue; others take up the share that :data:`UPTAKE` says.
    """
    i = field_index(field_t)
    density, share = column("density"), column("fat")
    rate = _enhanced(i, contrast_mmol_l)
    lost = np.full(len(density), T2_PRIME_MS[i])
    lost[IN_TRABECULAE] = T2_PRIME_TRABECULAR_MS[i]
    t2_star = 1.0 / (1.0 / column("t2", i) + 1.0 / lost)
    water = gradient_echo(density * (1 - share), 1.0 / rate, t2_star, tr, te, flip_deg)
    fat_star = 1.0 / (1.0 / FAT_T2[i] + 1.0 / lost)
    fat = gradient_echo(density * share, np.full(len(density), FAT_T1[i]), fat_star, tr, te, flip_deg)
    return water.astype(np.float32), fat.astype(np.float32)


def _enhanced(index: int, contrast_mmol_l: float) -> np.ndarray:
    """1/T1 in 1/ms of the water of every tissue value with contrast agent."""
    return 1.0 / column("t1", index) + 1e-3 * RELAXIVITY * contrast_mmol_l * uptake()


def uptake() -> np.ndarray:
    """Share of the contrast agent that reaches each tissue value, float32 (COUNT,)."""
    shares = np.zeros(len(Tissue), np.float32)
    for tissue, share in UPTAKE.items():
        shares[tissue] = share
    return shares


def opposed_cosine(field_t: float, te: float) -> float:
    """Cosine of the phase between water and fat at an echo time in ms: 1 in phase, -1 out of phase."""
    return float(np.cos(2e-3 * np.pi * FAT_SHIFT_PPM * GYROMAGNETIC_MHZ_T * field_t * te))


def fat_shift_pixels(field_t: float, bandwidth_hz: float) -> float:
    """Chemical shift of fat in acquired pixels along the frequency direction."""
    return FAT_SHIFT_PPM * GYROMAGNETIC_MHZ_T * field_t / bandwidth_hz


def null_inversion_time(field_t: float, tr: float) -> float:
    """Inversion time in ms at which fat gives no signal."""
    t1 = FAT_T1[field_index(field_t)]
    return float(t1 * (np.log(2.0) - np.log1p(np.exp(-tr / t1))))

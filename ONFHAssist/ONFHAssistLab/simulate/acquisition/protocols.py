"""MR protocols: the sequences of the studies' scanners, one that is kept for testing, and what else a pelvis gets.

:data:`PROTOCOLS` are what the models may answer; :data:`OTHER_PROTOCOLS` are the scan of the real pelves that the
simulator is fitted to, gradient echoes, Dixon images and diffusion, for training of the detector and to be refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

from ONFHAssistLib.core.errors import InputError

SEQUENCES = ("T1", "T2", "T2 FS", "STIR", "PD FS")
OTHER_SEQUENCES = ("GRE", "GRE FS", "Dixon water", "Dixon fat", "DWI", "ADC")
PLANES = ("coronal", "axial", "sagittal")
RANGES: dict[str, tuple[float, float]] = {
    "field_t": (0.2, 7.0),
    "repetition_time_ms": (3.0, 10000.0),
    "echo_time_ms": (0.8, 200.0),
    "pixel_mm": (0.3, 3.0),
    "acquired_mm": (0.3, 4.0),
    "slice_mm": (0.8, 10.0),
    "gap_mm": (0.0, 5.0),
    "width_mm": (80.0, 480.0),
    "bandwidth_hz": (50.0, 1000.0),
    "snr": (2.0, 500.0),
    "fat_residual": (0.0, 1.0),
    "bias": (0.0, 1.0),
    "motion": (0.0, 1.0),
    "scale": (10.0, 10000.0),
    "flip_deg": (1.0, 90.0),
    "b_value": (0.0, 3000.0),
    "contrast_mmol_l": (0.0, 5.0),
    "surface_coil": (0.0, 1.0),
}


@dataclass(frozen=True)
class MrProtocol:
    """A protocol; values out of range raise :class:`InputError` with name and range.

    Attributes:
        name: key of :data:`PROTOCOLS`.
        sequence: "T1", "T2", "T2 FS", "STIR" or "PD FS" (spin echoes); "GRE" or "GRE FS" (spoiled gradient echo, whose TE
            sets the phase between water and fat); "Dixon water" or "Dixon fat"; "DWI" or "ADC" (from b 50 and
            ``b_value``).
        plane: "coronal", "axial" or "sagittal".
        field_t: field strength in tesla.
        repetition_time_ms: TR.
        echo_time_ms: effective TE.
        manufacturer: of the scanner.
        model: of the scanner.
        inversion_time_ms: TI of STIR; None nulls fat.
        echo_train: echoes per excitation.
        pixel_mm: in-plane pixel of the image.
        acquired_mm: in-plane resolution of k-space.
        slice_mm: thickness.
        gap_mm: between slices.
        width_mm: field of view, side to side (front to back in sagittal images); the head-foot length is all there is.
        bandwidth_hz: per pixel; sets the chemical shift.
        snr: of muscle, to the standard deviation of the noise.
        fat_residual: share of fat signal left by imperfect suppression (FS sequences only).
        bias: strength of the coil's shading, 0..1 of the signal.
        motion: strength of ghosts, 0..1 of the signal.
        scale: grey value of signal 1 of 1; varies by a quarter from scan to scan.
        for_testing: not used in training of the bundled models.
        flip_deg: flip angle of gradient echoes.
        b_value: of diffusion, s/mm2.
        contrast_mmol_l: mean gadolinium in well-perfused tissue; the bladder holds more.
        surface_coil: how much of the array's profile (:mod:`.coil`) the scanner's normalisation leaves, 0..1.
    """

    name: str
    sequence: str
    plane: str
    field_t: float
    repetition_time_ms: float
    echo_time_ms: float
    manufacturer: str = "SIEMENS"
    model: str = "Avanto"
    inversion_time_ms: float | None = None
    echo_train: int = 5
    pixel_mm: float = 0.8
    acquired_mm: float = 1.0
    slice_mm: float = 4.5
    gap_mm: float = 0.0
    width_mm: float = 380.0
    bandwidth_hz: float = 190.0
    snr: float = 16.0
    fat_residual: float = 0.07
    bias: float = 0.18
    motion: float = 0.02
    scale: float = 1000.0
    for_testing: bool = False
    flip_deg: float = 70.0
    b_value: float = 0.0
    contrast_mmol_l: float = 0.0
    surface_coil: float = 0.0

    def __post_init__(self) -> None:
        known = (*SEQUENCES, *OTHER_SEQUENCES)
        if self.sequence not in known:
            raise InputError(f'sequence is "{self.sequence}"; it must be one of {", ".join(known)}.')
        if self.plane not in PLANES:
            raise InputError(f'plane is "{self.plane}"; it must be one of {", ".join(PLANES)}.')
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
                raise InputError(f"{name} is {value!r}; a number from {low:g} to {high:g} is needed.")
            if not low <= value <= high:
                raise InputError(f"{name} is {value:g}; it must be from {low:g} to {high:g}.")

    @property
    def fat_suppressed(self) -> bool:
        """Whether fat is suppressed spectrally."""
        return self.sequence.endswith("FS") or self.sequence in ("DWI", "ADC")

    @property
    def gradient_echo(self) -> bool:
        """Whether it is a spoiled gradient echo."""
        return self.sequence.startswith(("GRE", "Dixon"))


TIMES = {  # TR and TE in ms at 1.5 T; T1 of tissues grows with field, so TR does
    "T1": (560.0, 11.0),
    "T2": (3800.0, 88.0),
    "T2 FS": (3600.0, 70.0),
    "STIR": (4200.0, 38.0),
    "PD FS": (2600.0, 32.0),
}
SCANNERS: dict[str, dict[str, Any]] = {  # the studies' scanners, and one kept for testing
    "prisma": {"field_t": 3.0, "manufacturer": "SIEMENS", "model": "Prisma", "pixel_mm": 0.7, "acquired_mm": 0.85,
               "slice_mm": 4.0, "gap_mm": 0.4, "bandwidth_hz": 260.0, "snr": 20.0, "bias": 0.28, "scale": 700.0},
    "ingenia": {"field_t": 1.5, "manufacturer": "Philips Medical Systems", "model": "Ingenia", "pixel_mm": 0.75,
                "acquired_mm": 0.95, "slice_mm": 4.0, "gap_mm": 0.6, "bandwidth_hz": 218.0, "snr": 17.0, "scale": 1400.0},
    "signa": {"field_t": 3.0, "manufacturer": "GE MEDICAL SYSTEMS", "model": "SIGNA Architect", "pixel_mm": 0.9,
              "acquired_mm": 1.1, "slice_mm": 5.0, "gap_mm": 1.0, "bandwidth_hz": 325.0, "snr": 13.0, "bias": 0.32,
              "scale": 3200.0, "for_testing": True},
}  # fmt: skip


HEARD = 0.35  # share of the coil array's profile that normalisation leaves in the studies' protocols


def _presets() -> dict[str, MrProtocol]:
    dlr = [
        MrProtocol("dlr_t2fs", "T2 FS", "coronal", 1.5, 3000.0, 67.0, echo_train=9, surface_coil=HEARD),
        MrProtocol("dlr_t1", "T1", "coronal", 1.5, 560.0, 11.0, echo_train=3, snr=20.0, surface_coil=HEARD),
    ]
    every = list(dlr)
    for scanner, settings in SCANNERS.items():
        for sequence, (tr, te) in TIMES.items():
            for plane in PLANES:
                name = f"{scanner}_{sequence.lower().replace(' ', '')}_{plane}"
                longer = 1.18 if settings["field_t"] > 2 else 1.0
                extra: dict[str, Any] = {"echo_train": 3 if sequence == "T1" else 11, "surface_coil": HEARD}
                if plane == "sagittal":
                    extra["width_mm"] = 260.0
                every.append(MrProtocol(name, sequence, plane, repetition_time_ms=round(tr * longer), echo_time_ms=te,
                                      **settings, **extra))  # fmt: skip
    return {p.name: p for p in every}


PROTOCOLS: dict[str, MrProtocol] = _presets()


def _others() -> dict[str, MrProtocol]:
    dixon: dict[str, Any] = {"echo_train": 1, "pixel_mm": 1.2, "acquired_mm": 1.4, "slice_mm": 4.0, "bandwidth_hz": 500.0,
                             "flip_deg": 12.0, "surface_coil": 0.5, "motion": 0.03}  # fmt: skip
    dual = dixon | {"flip_deg": 70.0, "slice_mm": 5.0}
    diffusion: dict[str, Any] = {"echo_train": 1, "pixel_mm": 1.8, "acquired_mm": 2.4, "slice_mm": 5.0,
                                 "bandwidth_hz": 1000.0, "snr": 22.0, "surface_coil": 0.3,
                                 "fat_residual": 0.05}  # fmt: skip
    every = [
        MrProtocol("pelvis_t1", "T1", "coronal", 1.5, 560.0, 10.0, echo_train=3, pixel_mm=0.9115, acquired_mm=1.0,
                   slice_mm=5.2, width_mm=350.0, snr=20.0, bias=0.12, contrast_mmol_l=0.15, surface_coil=0.6),
        MrProtocol("gre_in_phase_coronal", "GRE", "coronal", 1.5, 150.0, 4.6, **dual),
        MrProtocol("gre_out_of_phase_coronal", "GRE", "coronal", 1.5, 150.0, 2.3, **dual),
        MrProtocol("gre_in_phase_axial", "GRE", "axial", 1.5, 150.0, 4.6, **dual),
        MrProtocol("gre_out_of_phase_axial", "GRE", "axial", 1.5, 150.0, 2.3, **dual),
        MrProtocol("gre_dynamic_axial", "GRE FS", "axial", 1.5, 4.5, 2.1, contrast_mmol_l=0.8, **dixon),
        MrProtocol("dixon_water_coronal", "Dixon water", "coronal", 1.5, 7.0, 2.3, **dixon),
        MrProtocol("dixon_fat_coronal", "Dixon fat", "coronal", 1.5, 7.0, 2.3, **dixon),
        MrProtocol("dwi_b50_axial", "DWI", "axial", 1.5, 4500.0, 70.0, b_value=50.0, **diffusion),
        MrProtocol("dwi_b800_axial", "DWI", "axial", 1.5, 4500.0, 70.0, b_value=800.0, **diffusion),
        MrProtocol("adc_axial", "ADC", "axial", 1.5, 4500.0, 70.0, b_value=800.0, **diffusion),
    ]  # fmt: skip
    return {p.name: p for p in every}


OTHER_PROTOCOLS: dict[str, MrProtocol] = _others()


def get_protocol(name: str) -> MrProtocol:
    """A preset by its name; :class:`InputError` names those that there are."""
    known = PROTOCOLS | OTHER_PROTOCOLS
    if name not in known:
        raise InputError(f'There is no MR protocol "{name}"; known are {", ".join(known)}.')
    return known[name]


FIELDS = tuple(f.name for f in fields(MrProtocol))

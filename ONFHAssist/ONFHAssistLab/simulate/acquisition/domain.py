"""The range of scans that random volumes are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from ONFHAssistLib.core.errors import InputError


@dataclass(frozen=True)
class Domain:
    """What the random volumes look like.

    Attributes:
        size: voxels (z, y, x).
        spacing_mm: smallest and largest spacing of the cubic target voxels; drawn log-uniformly.
        around: "head" centres on one head, "hip" near one, "pelvis" near the midline, "any" draws hip, pelvis or
            anything between.
        offset_mm: of the middle from the head where ``around`` is "head": outward, to the back, up.
        wander_mm: how far the middle of the volume strays, standard deviation.
        astray: share of volumes whose middle strays six times as far, so that many show no head.
        rotation_deg: standard deviation of each of three rotations.
        thick_mm: smallest and largest slice thickness of the imagined scan, along a random axis.
        in_plane_mm: its in-plane resolution.
        warp_mm: standard deviation of the smooth deformation, on top of each patient's own shape.
        physics: share of volumes whose contrast follows the equations of spin and gradient echo.
        mirror: share of volumes with left and right exchanged (labels too).
        tight: share of volumes whose field of view ends inside the volume (zeros beyond).
        tightest: the largest share of an axis that is cut at one end.
        masses: share of volumes with round masses beside the heads.
        corruption: 0 none to 1 full.
        marrow_texture: least and largest unevenness of marrow at each scale, to that of real marrow.
        gradient_echo: share of the physical contrasts that are spoiled gradient echoes, in and out of phase.
        surface_coil: share of volumes that a surface-coil array shades, so that fat near the skin is bright.
        bright_surroundings: share of volumes whose soft tissue is brighter against bone than the equations say.
    """

    size: tuple[int, int, int] = (64, 64, 64)
    spacing_mm: tuple[float, float] = (1.0, 3.5)
    around: str = "any"
    offset_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    wander_mm: float = 12.0
    astray: float = 0.0
    rotation_deg: float = 10.0
    thick_mm: tuple[float, float] = (1.0, 5.5)
    in_plane_mm: tuple[float, float] = (0.6, 1.6)
    warp_mm: float = 1.2
    physics: float = 0.5
    mirror: float = 0.5
    tight: float = 0.3
    tightest: float = 0.25
    masses: float = 0.35
    corruption: float = 1.0
    marrow_texture: tuple[float, float] = (0.5, 2.0)
    gradient_echo: float = 0.22
    surface_coil: float = 0.5
    bright_surroundings: float = 0.3

    def __post_init__(self) -> None:
        if self.around not in ("head", "hip", "pelvis", "any"):
            raise InputError(f'around is "{self.around}"; it must be "head", "hip", "pelvis" or "any".')
        if len(self.size) != 3 or min(self.size) < 20 or max(self.size) > 512:
            raise InputError(f"size is {self.size}; three numbers of voxels from 20 to 512 are needed.")
        for name in ("spacing_mm", "thick_mm", "in_plane_mm"):
            low, high = getattr(self, name)
            if not 0.3 <= low <= high <= 12.0:
                raise InputError(f"{name} is {low:g} to {high:g}; it must rise within 0.3 to 12 mm.")
        low, high = self.marrow_texture
        if not 0.0 <= low <= high <= 5.0:
            raise InputError(f"marrow_texture is {low:g} to {high:g}; it must rise within 0 to 5.")

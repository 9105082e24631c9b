"""A case under way: what can be chosen, and what the steps take and give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ..bundles.defaults import default_predictor, default_stager, default_survival
from ..extract.radiomics import DEFAULT_ENGINE
from ..imaging.files import write_image
from ..imaging.image import Image
from .case import Case
from .result import CaseResult, HipResult


@dataclass(frozen=True)
class Settings:
    """What can be chosen.

    Attributes:
        preset: of the radiomics. engine: "native" or "pyradiomics". deep: deep features too.
        predictor: bundle of the probability. stager: bundle of the stage; "" takes the default of each.
        survival_model: bundle of the nomogram for hips with a radiograph; "" takes the default.
        radiograph_preset: of the radiomics on the radiograph.
        twice: a second, nearer look of the outliner.
        sagittal: arc B in the sagittal instead of the axial plane.
        find_edges: look for the acetabular edge where no reader marked it.
        image_suffix: of files that are written. checked: they are read back, and compressed.
    """

    preset: str = "dlr-mri"
    engine: str = DEFAULT_ENGINE
    deep: bool = True
    predictor: str = ""
    stager: str = ""
    survival_model: str = ""
    radiograph_preset: str = "dlrc-xray"
    twice: bool = False
    sagittal: bool = False
    find_edges: bool = True
    image_suffix: str = ".nii.gz"
    checked: bool = True

    def completed(self) -> Settings:
        """With the default bundles where none is named."""
        return replace(
            self,
            predictor=self.predictor or default_predictor(),
            stager=self.stager or default_stager(),
            survival_model=self.survival_model or default_survival(),
        )


@dataclass
class Work:
    """A case under way: what the steps take and give.

    Attributes:
        case: with its outlines, once there are some.
        settings: completed.
        out: folder for images.
        result: so far.
        known: an earlier result of the case, whose features and stage may be taken where they fit; None without.
    """

    case: Case
    settings: Settings
    out: Path
    result: CaseResult
    known: CaseResult | None = None

    def keep(self, hip: HipResult) -> None:
        """Put a hip into the result."""
        self.result = self.result.with_hip(hip)

    def write(self, name: str, image: Image) -> str:
        """Write an image into the folder; its file."""
        path = self.out / f"{name}{self.settings.image_suffix}"
        if self.settings.checked:
            return str(write_image(image, path))
        import SimpleITK as sitk  # noqa: N813 - its documented short name

        path.parent.mkdir(parents=True, exist_ok=True)
        sitk.WriteImage(image.to_sitk(), str(path))
        return str(path)

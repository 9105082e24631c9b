"""PyRadiomics' own numbers on made-up regions, kept for machines where it (or what its filters need) is missing.

``python pyradiomics_figures.py`` writes them again. The LBP figures need an environment with PyRadiomics 3.0.1,
scikit-image, trimesh and SciPy before 1.15 (its other filters run beside any).
"""

from __future__ import annotations

import json
from pathlib import Path

from support.random_regions import preset_of
from support.regions import ball

from ONFHAssistLib.extract.presets import Preset, load_preset
from ONFHAssistLib.imaging.image import Image

FIGURES = Path(__file__).with_suffix(".json")


def cases() -> dict[str, tuple[Image, Image, Preset]]:
    """Name to image, region and preset; whole-number grey values, so that no platform rounds them otherwise."""
    image, mask = ball((10, 12, 11), (1.0, 1.2, 2.0), seed=3)
    image = image.like(image.array.round())
    some = {"firstorder": (), "glcm": ("Contrast", "JointEntropy", "Imc2"), "glszm": ("ZoneEntropy",)}
    fine = {"lbp3DLevels": 3, "lbp3DIcosphereRadius": 2.0, "lbp3DIcosphereSubdivision": 2}
    found = {
        "dlr-mri": (image, mask, load_preset("dlr-mri")),
        "lbp 3D": (image, mask, preset_of({"binWidth": 0.5}, {"LBP3D": {}}, some)),
        "lbp 3D fine": (image, mask, preset_of({"binWidth": 0.5}, {"LBP3D": fine}, some)),
        "lbp 2D sagittal": (image, mask, preset_of({"binWidth": 1, "force2D": True, "force2Ddimension": 2},
                                                   {"LBP2D": {}}, some)),
    }  # fmt: skip
    for method in ("default", "ror", "uniform", "var"):
        own = {"lbp2DMethod": method, "lbp2DRadius": 1.5, "lbp2DSamples": 9}
        found[f"lbp 2D {method}"] = (image, mask, preset_of({"binWidth": 1}, {"LBP2D": own}, some))
    return found


def main() -> None:
    """Write the figures."""
    from ONFHAssistLib.extract.radiomics import extract_radiomics

    figures = {
        name: extract_radiomics(*case, engine="pyradiomics").features for name, case in cases().items()
    }
    FIGURES.write_text(json.dumps(figures, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()

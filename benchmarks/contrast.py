"""Fits how a series looks (T1-weighted, T2-weighted, fat-suppressed) and prints what the looks are worth.

    python benchmarks/contrast.py [--patients 100] [--real FOLDER] [--keep FILE] [--write]

Simulated patients of all stages are scanned by random protocols of all scanners and planes, three in five of them with
other times, shading, noise and fat suppression than the protocol's; the sphere of a head is moved by 1.5 mm and 3% as a
detector does. Real series lie in FOLDER: T1 pelves in ``real_pelvis_t1`` (with ``spheres.json``) and the T1 hip
``real_hip_t1/hip_right_t1.nii.gz``; without a folder there are none. One real head counts as
``REAL_WEIGHT`` simulated ones. The table is cross-validated: ten folds of simulated patients, and of the real ones each
patient is left out once. What is no spin echo (ADC maps and diffusion-weighted images made of the same patients, noise,
random contrasts) is not fitted; the last lines say what it is called. ``--write`` puts the numbers, fitted on all, into
``Resources/contrast.json``.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from scipy import ndimage
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from ONFHAssistLab.simulate.acquisition.domain import Domain
from ONFHAssistLab.simulate.acquisition.mri import acquire
from ONFHAssistLab.simulate.acquisition.protocols import PROTOCOLS, RANGES, MrProtocol
from ONFHAssistLab.simulate.acquisition.randomise import PatientBank, random_volumes
from ONFHAssistLab.simulate.anatomy.patient import Patient, build_patient, draw_patient
from ONFHAssistLab.simulate.anatomy.tissues import COUNT, Tissue, column
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.imaging.contrast import (
    CONTRASTS,
    CONTRASTS_OF_SEQUENCE,
    RATIOS,
    ContrastModel,
    tissue_ratios,
)
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image

FIRST_SEED, SCANS, FOLDS = 70_000, 9, 10
REAL_WEIGHT = 60.0
CERTAINTY = 0.8
STRENGTH = 10.0  # inverse of the penalty on the weights of standardised ratios
WIDER = 0.3  # of its range, by which a class may lie beyond what was seen of it
HIP = SimpleNamespace(centre=(-89.1, 24.2, -743.8), radius=25.1)
OTHER = "none of them"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--patients", type=int, default=100)
    parser.add_argument("--real", type=Path, help="folder of the real series")
    parser.add_argument("--keep", type=Path, help="file of the measured ratios, read where it is there")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    table = measured(chosen.patients, chosen.real, chosen.keep)
    fitted = table[table["sequence"].isin(CONTRASTS_OF_SEQUENCE)]
    answers = cross_validated(fitted)
    print_answers(answers)
    model = fit(fitted)
    others = table[~table["sequence"].isin(CONTRASTS_OF_SEQUENCE)]
    print_answers(pd.concat([answered(part, model) for _, part in others.groupby("sequence")]))
    print_numbers(model)
    if chosen.write:
        write(model, fitted)


# series and their ratios -------------------------------------------------------------------------------------


def measured(patients: int, real: Path | None, keep: Path | None) -> pd.DataFrame:
    """One row a head: patient, scan, sequence, scanner, where from, and the ratios."""
    if keep is not None and keep.is_file():
        return pd.read_parquet(keep)
    rows = [] if real is None else real_rows(real)
    started = time.perf_counter()
    for number in range(patients):
        rows += simulated_rows(FIRST_SEED + number)
        print(f"patient {number + 1} of {patients}, {time.perf_counter() - started:.0f} s", flush=True)
    rows += random_rows(120)
    table = pd.DataFrame(rows)
    if keep is not None:
        table.to_parquet(keep)
    return table


def real_rows(folder: Path) -> list[dict[str, Any]]:
    """The real T1 pelves and the real T1 hip; none where they are not there."""
    pelves, hip = folder / "real_pelvis_t1", folder / "real_hip_t1/hip_right_t1.nii.gz"
    spheres = json.loads((pelves / "spheres.json").read_text(encoding="utf-8")) if pelves.is_dir() else {}
    rows = []
    for name, heads in spheres.items():
        known = [SimpleNamespace(**head) for head in heads.values()]
        rows += head_rows(read_image(pelves / name), known, name, "T1", "real", 1.5)
    if hip.is_file():
        rows += head_rows(read_image(hip), [HIP], "hip", "T1", "real", 1.5)
    return rows


def simulated_rows(seed: int) -> list[dict[str, Any]]:
    """One patient on :data:`SCANS` protocols, as an ADC map and as two diffusion-weighted images."""
    rng = np.random.default_rng([seed, 5])
    patient = build_patient(draw_patient(seed), 1.25)
    truth = [t for t in patient.truth.values() if t["centre"] is not None]
    rows = []
    for number in range(SCANS):
        protocol, scanner = drawn_protocol(rng)
        image = acquire(patient, protocol, 100 * seed + number)
        rows += head_rows(image, moved(truth, rng), f"{seed}", protocol.sequence, scanner, protocol.field_t)
    for kind in ("ADC map", "b50", "b800"):
        image = diffusion(patient, kind, rng)
        rows += head_rows(image, moved(truth, rng), f"{seed}", kind, "EPI", 1.5)
    return rows


def drawn_protocol(rng: np.random.Generator) -> tuple[MrProtocol, str]:
    """A protocol at random, three in five of them changed, with its scanner's name."""
    name = str(rng.choice(list(PROTOCOLS)))
    protocol, scanner = PROTOCOLS[name], name.split("_", maxsplit=1)[0]
    if rng.random() < 0.4:
        return protocol, scanner
    times = {
        field: float(np.clip(getattr(protocol, field) * rng.uniform(0.75, 1.35), *RANGES[field]))
        for field in ("repetition_time_ms", "echo_time_ms")
    }
    bias, fat, snr = rng.uniform(0.05, 0.8), rng.uniform(0.0, 0.25), rng.uniform(8.0, 40.0)
    return replace(protocol, **times, bias=float(bias), fat_residual=float(fat), snr=float(snr)), scanner


def moved(truth: list[dict[str, Any]], rng: np.random.Generator) -> list[SimpleNamespace]:
    """The spheres as a detector finds them."""
    return [
        SimpleNamespace(
            centre=np.array(t["centre"]) + rng.normal(0, 1.5, 3),
            radius=t["radius"] * float(np.exp(rng.normal(0, 0.03))),
        )
        for t in truth
    ]


def head_rows(
    image: Image, heads: list[SimpleNamespace], patient: str, sequence: str, scanner: str, field: float
) -> list[dict[str, Any]]:
    """The ratios of each head of a scan."""
    scan = f"{patient}/{sequence}/{np.asarray(image.array, float).sum():.6g}"
    facts = {"patient": patient, "scan": scan, "sequence": sequence, "scanner": scanner, "field_t": field}
    rows = []
    for head in heads:
        started = time.perf_counter()
        ratios = tissue_ratios(image, np.asarray(head.centre), head.radius)
        if ratios is not None:
            rows.append({**facts, "ms": 1000 * (time.perf_counter() - started), **ratios})
    return rows


# Apparent diffusion in 1e-3 mm2/s; fat hardly diffuses, and its signal is suppressed before it is fitted.
_DIFFUSION = {
    Tissue.MUSCLE: 1.5, Tissue.YELLOW_MARROW: 0.3, Tissue.RED_MARROW: 0.55, Tissue.FLUID: 2.8, Tissue.URINE: 2.9,
    Tissue.OEDEMA: 1.4, Tissue.NECROSIS_FLUID: 1.6, Tissue.GRANULATION: 1.5, Tissue.ORGAN: 1.4, Tissue.CARTILAGE: 1.3,
}  # fmt: skip


def diffusion(patient: Patient, kind: str, rng: np.random.Generator) -> Image:
    """An echo-planar image with fat suppression at b = 50 or 800 s/mm2, or the ADC map of the two."""
    adc = np.full(COUNT, 1.0)
    for tissue, value in _DIFFUSION.items():
        adc[tissue] = value
    water = column("density") * (1 - 0.9 * column("fat")) * np.exp(-70.0 / column("t2", 0))
    adc[column("fat") > 0.8] = 0.25
    images = []
    tissue = patient.tissue.array
    for b in (0.05, 0.8):
        blurred = ndimage.gaussian_filter(
            (water * np.exp(-b * adc))[tissue].astype(np.float32), (1.8, 1.0, 1.0)
        )
        coarse = blurred[::4, ::2, ::2]
        noise = rng.normal(0, 0.012, (2, *coarse.shape))
        images.append(np.hypot(coarse + noise[0], noise[1]).astype(np.float32))
    spacing = tuple(s * n for s, n in zip(patient.tissue.spacing, (2, 2, 4), strict=True))
    grid = Image(images[0], spacing, patient.tissue.origin, patient.tissue.direction)
    if kind == "ADC map":
        found = np.log(np.maximum(images[0], 1e-4) / np.maximum(images[1], 1e-4)) / 0.75
        return grid.like(np.clip(1000 * found, 0, 4000).astype(np.float32))
    return grid.like(images[0] if kind == "b50" else images[1])


def random_rows(count: int) -> list[dict[str, Any]]:
    """Heads in volumes of noise, and in volumes of contrasts that no scanner makes."""
    rng = np.random.default_rng(8)
    rows: list[dict[str, Any]] = []
    ball = [SimpleNamespace(centre=np.zeros(3), radius=24.0)]
    for number in range(count):
        noise = [
            np.abs(rng.normal(0, 1, (48,) * 3)),
            rng.random((48,) * 3) * 1000,
            rng.gamma(2, 100, (48,) * 3),
        ]
        array = ndimage.gaussian_filter(noise[number % 3], rng.uniform(0, 1.5)).astype(np.float32)
        image = Image(array, (2.5,) * 3, (-60.0,) * 3)
        rows += head_rows(image, ball, f"noise {number}", "noise", "none", 0.0)
    volumes = random_volumes(PatientBank.build(6, 4), 4, Domain(physics=0.0, around="head", masses=0.0))
    for number in range(count):
        sample = next(volumes)
        seen = [SimpleNamespace(centre=j.centre, radius=j.radius) for j in sample.joints if not j.replaced]
        rows += head_rows(sample.image, seen[:1], f"random {number}", "random contrast", "none", 0.0)
    return rows


# the model ---------------------------------------------------------------------------------------------------


def classes_of(table: pd.DataFrame) -> np.ndarray:
    """Number of each row's contrast."""
    return np.array([CONTRASTS.index(CONTRASTS_OF_SEQUENCE[name][0]) for name in table["sequence"]])


def fit(table: pd.DataFrame) -> ContrastModel:
    """Multinomial logistic regression of the logarithms of the ratios, and the range of each class."""
    logs, classes = np.log(table[list(RATIOS)].to_numpy()), classes_of(table)
    weight = np.where(table["scanner"] == "real", REAL_WEIGHT, 1.0)
    scaler = StandardScaler().fit(logs)
    found = LogisticRegression(C=STRENGTH, max_iter=5000).fit(scaler.transform(logs), classes, weight)
    weights = found.coef_ / scaler.scale_
    ends = np.array([[logs[classes == k].min(axis=0), logs[classes == k].max(axis=0)] for k in range(3)])
    spare = WIDER * (ends[:, 1] - ends[:, 0])
    return ContrastModel(
        found.intercept_ - weights @ scaler.mean_, weights, ends[:, 0] - spare, ends[:, 1] + spare, CERTAINTY
    )


def cross_validated(table: pd.DataFrame) -> pd.DataFrame:
    """Each scan's answer by a model that saw neither its patient nor, of a real one, anything of him."""
    simulated = table["scanner"] != "real"
    order = np.random.default_rng(0).permutation(sorted(set(table.loc[simulated, "patient"])))
    fold = {patient: number % FOLDS for number, patient in enumerate(order)}
    fold |= {patient: FOLDS + n for n, patient in enumerate(sorted(set(table.loc[~simulated, "patient"])))}
    of_row = table["patient"].map(fold).to_numpy()
    return pd.concat(
        [answered(table[of_row == k], fit(table[of_row != k])) for k in sorted(set(fold.values()))]
    )


def answered(table: pd.DataFrame, model: ContrastModel) -> pd.DataFrame:
    """One row a scan, and one a head alone (``heads`` 1), with what it is called."""
    rows = []
    for _scan, part in table.groupby("scan"):
        facts = part.iloc[0][["sequence", "scanner"]].to_dict()
        ratios = part[list(RATIOS)].to_numpy()
        rows.append({**facts, "unit": "scan", "called": model.contrast_of(ratios) or OTHER})
        rows += [{**facts, "unit": "head", "called": model.contrast_of(one[None]) or OTHER} for one in ratios]
    return pd.DataFrame(rows)


# what is said ------------------------------------------------------------------------------------------------


def print_answers(answers: pd.DataFrame) -> None:
    for unit in ("scan", "head"):
        own = answers[answers["unit"] == unit]
        counts = pd.crosstab([own["sequence"], own["scanner"]], own["called"])
        print(f"\nby {unit}\n{counts.reindex(columns=[*CONTRASTS, OTHER], fill_value=0).to_string()}")


def print_numbers(model: ContrastModel) -> None:
    for k, name in enumerate(CONTRASTS):
        print(f"\n{name}: intercept {model.intercept[k]:.2f}")
        for ratio, weight, low, high in zip(
            RATIOS, model.weights[k], np.exp(model.low[k]), np.exp(model.high[k]), strict=True
        ):
            print(f"  {ratio:12s} weight {weight:7.2f}, {low:.2f} to {high:.2f} times the marrow")


def write(model: ContrastModel, table: pd.DataFrame) -> None:
    heads = table.groupby("scanner").size().to_dict()
    numbers = {
        "about": "How a series looks about the femoral heads; imaging/contrast.py says what the numbers are, "
        "benchmarks/contrast.py fitted them.",
        "fitted_on": {"heads": heads, "real": "eleven T1 pelves of CPTAC-UCEC and one T1 hip of Soft-tissue-Sarcoma, "
                      "The Cancer Imaging Archive, CC BY 3.0"},
        "certainty": model.certainty,
        "contrasts": {
            name: {
                "intercept": round(float(model.intercept[k]), 4),
                **{
                    part: {ratio: round(float(v), 4) for ratio, v in zip(RATIOS, values, strict=True)}
                    for part, values in (
                        ("weights", model.weights[k]), ("least", np.exp(model.low[k])), ("most", np.exp(model.high[k])),
                    )
                },
            }
            for k, name in enumerate(CONTRASTS)
        },
    }  # fmt: skip
    path = resource_path("contrast.json")
    path.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    print(f"\n{path.name} is written")


if __name__ == "__main__":
    main()

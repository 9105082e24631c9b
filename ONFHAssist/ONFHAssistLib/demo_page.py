"""The demo's page: what a radiologist would rather look at than read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .report.case_page import CasePage, Picture, Section, write_case_page
from .survival.clinical import predict

if TYPE_CHECKING:
    from .demo import Demo

BANNER = (
    "This patient does not exist: the images were simulated, and the model learned from simulated hips only. "
    "The figures below say nothing about real patients and are not a diagnosis."
)
SIDES = {"R": "Right", "L": "Left"}
FILES = {
    "case.mrb": "the scene; open it in 3D Slicer",
    "tables/radiomics-one-row-a-hip.csv": "1,197 features of each hip",
    "dicom/dlr_t2fs": "the T2 FS series as DICOM",
    "dicom/dlr_t1": "the T1 series as DICOM",
}


def write_page(demo: Demo, pictures: Mapping[str, Picture]) -> Path:
    """Write ``index.html``."""
    from .scene.tables import columns_of

    measured = columns_of(demo.nodes["measurements"])
    rows = [dict(zip(measured, values, strict=True)) for values in zip(*measured.values(), strict=True)]
    page = CasePage(
        title="Simulated patient: both hips",
        banner=BANNER,
        summary=[_card(demo, row) for row in rows],
        sections=[*_picture_sections(pictures), _measurements(rows), *_answers(demo, pictures)],
        provenance=demo.prediction["provenance"],
        files=FILES,
    )
    return write_case_page(page, demo.out / "index.html")


def _card(demo: Demo, row: Mapping[str, Any]) -> dict[str, Any]:
    side = row["side"]
    hip = next(h for h in demo.prediction["hips"] if h["side"] == side)
    facts = {"Head radius": f"{row['radius']:.1f} mm", "Necrosis": _necrosis(row)}
    if row["necrosis_ml"] > 0:
        facts["Combined necrotic angle"] = f"{row['combined_necrotic_angle']:.0f}°"
    if side in demo.findings:
        estimate = predict(demo.findings[side])
        facts["No collapse at 3 years"] = f"{100 * estimate.survival[0]:.1f}%"
        facts["No collapse at 5 years"] = f"{100 * estimate.survival[1]:.1f}%"
    positive = hip["dlr_probability"] >= hip["threshold"]
    return {
        "side": SIDES[side],
        "headline": _probability(hip["dlr_probability"]),
        "meaning": f"probability of early osteonecrosis: {hip['answer'].replace('early osteonecrosis ', '')}",
        "tone": "alert" if positive else "calm",
        "facts": facts,
    }


def _probability(value: float) -> str:
    if value > 0.99:
        return "over 99%"
    return "under 1%" if value < 0.01 else f"{100 * value:.0f}%"


def _necrosis(row: Mapping[str, Any]) -> str:
    if row["necrosis_ml"] <= 0:
        return "none outlined"
    return f"{row['necrosis_ml']:.1f} ml, {100 * row['necrotic_share']:.0f}% of the head"


def _picture_sections(pictures: Mapping[str, Picture]) -> list[Section]:
    return [
        Section(
            "The images",
            "Radiological orientation: the patient's right is on the left of the picture.",
            pictures=[pictures["pelvis dlr_t1"], pictures["pelvis dlr_t2fs"]],
        ),
        Section(
            "The right hip",
            "The femoral head was made by the sphere tool from eight points on its rim and clipped to marrow; the "
            "necrosis stands for an outline drawn in the Segment Editor.",
            pictures=[pictures[f"right {o}"] for o in ("Coronal", "Axial", "Sagittal")] + [pictures["3d"]],
        ),
    ]


def _measurements(rows: list[dict[str, Any]]) -> Section:
    shown = (
        ("radius", "Head radius (mm)", "{:.1f}"),
        ("head_ml", "Head (ml)", "{:.1f}"),
        ("necrosis_ml", "Necrosis (ml)", "{:.1f}"),
        ("necrotic_share", "Necrotic share of the head", "{:.1%}"),
        ("arc_a", "Arc A, mid-coronal (°)", "{:.0f}"),
        ("arc_b", "Arc B, mid-axial (°)", "{:.0f}"),
        ("combined_necrotic_angle", "Combined necrotic angle (°)", "{:.0f}"),
    )
    return Section(
        "Measurements",
        columns=("", *(f"{SIDES[row['side']]} hip" for row in rows)),
        rows=[(title, *(form.format(row[name]) for row in rows)) for name, title, form in shown],
    )


def _answers(demo: Demo, pictures: Mapping[str, Picture]) -> list[Section]:
    hips = demo.prediction["hips"]
    sections = [
        Section(
            "Early osteonecrosis",
            "Each bar is one feature's step from the average hip to this one, the strongest on top.",
            columns=("Hip", "Probability", "Threshold", "Reading"),
            rows=[
                (SIDES[h["side"]], f"{h['dlr_probability']:.3f}", f"{h['threshold']:.3f}", h["answer"])
                for h in hips
            ],
            pictures=[pictures[f"contributions {h['side']}"] for h in hips],
            note=" ".join([*demo.prediction["warnings"], demo.prediction["statement"]]),
        )
    ]
    for side, findings in demo.findings.items():
        estimate = predict(findings)
        points = zip(estimate.months, estimate.survival, estimate.low, estimate.high, strict=True)
        sections.append(
            Section(
                f"No-collapse survival after core decompression, {SIDES[side].lower()} hip",
                f"ARCO stage {findings.arco}, bone marrow oedema {'present' if findings.oedema else 'absent'}, combined "
                f"necrotic angle {findings.angle_deg:.0f}°.",
                columns=("Months", "Survival", "95% interval"),
                rows=[(f"{m:.0f}", f"{s:.1%}", f"{lo:.1%} to {hi:.1%}") for m, s, lo, hi in points],
                pictures=[pictures[f"survival {side}"]],
                note="Published clinical model of the DLRC study: 144 patients, 212 hips, 64 collapses.",
            )
        )
    return sections

"""What a follow-up leaves in its folder: the result, tables, time line, masks and the surface as a coloured model.

followup.json  followup.csv  survival.csv  collapse_bounds.csv  timeline.png
R_20240531_change.nii.gz    1 necrosis of both dates, 2 new, 3 gone, 4 drill track, in the first date's frame
R_20240531_surface.csv      LPS point on the sphere, depth at both dates, by how much it sank; mm
R_20240531_surface.vtk      the same as a model; neither where the surface could not be read
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.spatial import ConvexHull

from ..core.atomic_files import write_text
from ..core.errors import InputError
from ..imaging.files import write_image
from .compare import ComparedHip
from .result import FollowUp, HipChange, HipState
from .surface import SurfaceChange, map_rows
from .tracks import LOST, NEW, voxels_of

BOTH, NEW_LABEL, GONE_LABEL, TRACK_LABEL = 1, 2, 3, 4
COLUMNS = (
    "patient", "side", "date", "months", "necrosis_ml", "necrotic_share", "growth_ml", "growth_low", "growth_high",
    "called", "new_ml", "gone_ml", "arc_a", "arc_b", "combined_necrotic_angle", "jic_type", "stage", "bone_marrow_oedema",
    "effusion_grade", "flattening_mm", "sunk_mm", "sunk_low", "sunk_high", "new_tracks", "lost_tracks", "alignment_mm",
)  # fmt: skip
SURVIVAL = ("patient", "side", "months", "collapse")
BOUNDS = ("patient", "side", "after_months", "by_months", "at_start")
_EDGE = 0.14  # of a triangle of the surface, in radii


def write_follow_up(
    result: FollowUp, compared: Sequence[ComparedHip], out: Path, survival: Path | None = None
) -> FollowUp:
    """Write everything; ``followup.json`` comes last.

    Args:
        compared: of :func:`.compare.follow`. survival: a table of many patients that gets this one's rows, too.

    Returns:
        The result with the names of its files.

    Raises:
        InputError: ``survival`` is another table.
    """
    from .timeline import draw_timeline

    if survival is not None:
        merged_rows(survival, result.patient, survival_rows(result))  # refuses before anything is written
    changes = {(one.first.side, one.change.date): _write_change(one, out) for one in compared}
    hips = tuple(
        replace(hip, changes=tuple(replace(one, files=changes[hip.side, one.date]) for one in hip.changes))
        for hip in result.hips
    )
    result = replace(result, hips=hips)
    files = {
        "table": write_table(out / "followup.csv", COLUMNS, table_rows(result)),
        "survival": write_table(out / "survival.csv", SURVIVAL, survival_rows(result)),
        "bounds": write_table(out / "collapse_bounds.csv", BOUNDS, bounds_rows(result)),
        "timeline": draw_timeline(result, out / "timeline.png"),
    }
    if survival is not None:
        files["cohort"] = write_table(
            survival, SURVIVAL, merged_rows(survival, result.patient, survival_rows(result))
        )
    result = replace(result, files={name: str(path) for name, path in files.items()})
    result.write(out)
    return result


def _write_change(one: ComparedHip, out: Path) -> dict[str, str]:
    if one.both is None or one.surface is None:
        return {}
    name = f"{one.first.side}_{one.change.date.replace('-', '')}"
    both = one.both
    drilled = voxels_of([track for track in one.change.tracks if track.state in (NEW, LOST)], both.grid, 1.5)
    labels = np.zeros(both.grid.array.shape, np.uint8)
    for mask, label in (
        (both.before & both.after, BOTH),
        (both.new, NEW_LABEL),
        (both.gone, GONE_LABEL),
        (drilled, TRACK_LABEL),
    ):
        labels[mask] = label
    centre, radius = one.first.head.centre, one.first.head.radius
    change = str(write_image(both.grid.like(labels), out / f"{name}_change.nii.gz"))
    if not one.change.told:
        return {"change": change}
    header = ("x", "y", "z", "depth_before_mm", "depth_after_mm", "sunk_mm")
    rows = map_rows(one.surface, centre, radius)
    return {
        "change": change,
        "surface": str(
            write_table(
                out / f"{name}_surface.csv", header, [dict(zip(header, row, strict=True)) for row in rows]
            )
        ),
        "model": str(
            write_text(out / f"{name}_surface.vtk", surface_model_text(one.surface, centre, radius))
        ),
    }


def surface_triangles(rays: np.ndarray) -> np.ndarray:
    """Triangles (n, 3) between neighbouring rays (n, 3); those across the open side are left out."""
    found = np.asarray(ConvexHull(rays).simplices)
    sides = np.stack(
        [np.linalg.norm(rays[found[:, a]] - rays[found[:, b]], axis=1) for a, b in ((0, 1), (1, 2), (2, 0))]
    )
    return np.asarray(found[sides.max(axis=0) <= _EDGE])


def surface_model_text(surface: SurfaceChange, centre: Sequence[float], radius: float) -> str:
    """The later surface as VTK's legacy format, LPS mm, with what it sank as ``sunk_mm``."""
    points = np.asarray(centre) + (radius - surface.after)[:, None] * surface.rays
    triangles = surface_triangles(surface.rays)
    lines = ["# vtk DataFile Version 3.0", "articular surface SPACE=LPS", "ASCII", "DATASET POLYDATA",
             f"POINTS {len(points)} float"]  # fmt: skip
    lines += [" ".join(f"{v:.3f}" for v in point) for point in points]
    lines.append(f"POLYGONS {len(triangles)} {4 * len(triangles)}")
    lines += [f"3 {a} {b} {c}" for a, b, c in triangles]
    lines += [f"POINT_DATA {len(points)}", "SCALARS sunk_mm float 1", "LOOKUP_TABLE default"]
    lines += [f"{value:.3f}" for value in surface.change]
    return "\n".join(lines) + "\n"


def table_rows(result: FollowUp) -> list[dict[str, object]]:
    """One row a hip and date."""
    rows = []
    for hip in result.hips:
        changes: dict[str, HipChange] = {one.date: one for one in hip.changes}
        rows += [
            {"patient": result.patient, "side": hip.side, **_row(state, changes.get(state.date))}
            for state in hip.states
        ]
    return rows


def _row(state: HipState, change: HipChange | None) -> dict[str, object]:
    names = ("necrosis_ml", "necrotic_share", "arc_a", "arc_b", "combined_necrotic_angle")
    row: dict[str, object] = {
        "date": state.date, "months": _number(state.months, 2), "jic_type": state.jic_type, "stage": state.stage,
        "bone_marrow_oedema": "" if state.oedema is None else int(state.oedema),
        "effusion_grade": "" if state.effusion_grade is None else state.effusion_grade,
        "flattening_mm": "" if state.flattening is None else _number(state.flattening.value, 2),
        **{name: _number(getattr(state, name), 4) for name in names},
    }  # fmt: skip
    if change is None or change.growth is None:
        return row
    growth, sunk = change.growth, change.sunk_told
    if sunk is not None:
        ends = {"sunk_mm": sunk.value, "sunk_low": sunk.low, "sunk_high": sunk.high}
        row |= {name: _number(value, 2) for name, value in ends.items()}
    return row | {
        "growth_ml": _number(growth.ml, 3), "growth_low": _number(growth.low, 3), "growth_high": _number(growth.high, 3),
        "called": growth.called, "new_ml": _number(growth.new_ml, 3), "gone_ml": _number(growth.gone_ml, 3),
        "new_tracks": sum(one.state == NEW for one in change.tracks),
        "lost_tracks": sum(one.state == LOST for one in change.tracks),
        "alignment_mm": _number(change.alignment_mm, 2),
    }  # fmt: skip


def _number(value: float, digits: int) -> object:
    return round(value, digits) if np.isfinite(value) else ""


def survival_rows(result: FollowUp) -> list[dict[str, object]]:
    """Rows of the table that *Develop* reads: a hip that was at risk, months to the first examination that shows its
    collapse (or to the last), and whether there is one. A hip that had collapsed at the first date is none of them."""
    return [
        {
            "patient": result.patient,
            "side": hip.side,
            "months": _number(hip.collapse.months, 2),
            "collapse": int(hip.collapse.collapsed),
        }
        for hip in result.hips
        if not hip.collapse.at_start and hip.collapse.months > 0
    ]


def bounds_rows(result: FollowUp) -> list[dict[str, object]]:
    """Between which months the collapse of each hip lies; empty ``by_months`` where none was seen."""
    return [
        {
            "patient": result.patient,
            "side": hip.side,
            "after_months": _number(hip.collapse.after_months, 2),
            "by_months": _number(hip.collapse.months, 2) if hip.collapse.collapsed else "",
            "at_start": int(hip.collapse.at_start),
        }
        for hip in result.hips
    ]


def merged_rows(path: Path, patient: str, rows: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The rows of a survival table with these in the place of all of the same patient.

    Raises:
        InputError: the file is a table with other columns.
    """
    if not path.is_file():
        return list(rows)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != SURVIVAL:
            raise InputError(
                f"{path} is no survival table of 'onfh followup'; its columns are not {', '.join(SURVIVAL)}."
            )
        old = list(reader)
    return [*(row for row in old if row["patient"] != patient), *rows]


def write_table(path: Path, columns: Sequence[str], rows: Sequence[dict[str, object]]) -> Path:
    """A CSV file that appears when it is whole; missing cells are empty."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return write_text(path, text.getvalue())

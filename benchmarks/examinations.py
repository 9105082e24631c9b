"""Simulated examinations worked up automatically: what is said of each series, alignment, measurements, stage, times.

    onfh simulate --exam --cases 60 --seed 202 --out EXAMS
    python benchmarks/exam_cache.py --exams EXAMS --keep FOLDER     # hours; can be stopped and goes on
    python benchmarks/examinations.py --keep FOLDER

No outline, edge or pose is given to the product. Every hip is measured by one, two, three and all of its series, taken
up as a reader would (the reference, another contrast, another plane, the rest), with the shipped weights, and by all with
equal ones; rows that were measured are kept beside the examinations (``--again`` measures anew). The target error of an
alignment is that over points of the head, against the pose that the hip really had between the two series; "of marrow"
it is against where a scanner shows fatty marrow, which the chemical shift moves by about a pixel along the frequency
direction where fat is not suppressed. Angles and arcs are compared with the true ones as the hip lay in the reference.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLab.simulate.acquisition.physics import fat_shift_pixels
from ONFHAssistLab.simulate.acquisition.protocols import get_protocol
from ONFHAssistLab.simulate.exam.scan import SMALL
from ONFHAssistLib.exam.work import Work
from ONFHAssistLib.measure.effusion import effusion_grade
from ONFHAssistLib.measure.hip import steinberg_of
from ONFHAssistLib.stage.answer import NECROTIC

MISSED_MM = 3.0  # a target error from which on an alignment should have been refused
SUPPRESSED = ("t2fs", "stir", "pdfs")
FREQUENCY = {"coronal": (1.0, 0.0, 0.0), "axial": (1.0, 0.0, 0.0), "sagittal": (0.0, 1.0, 0.0)}
KEPT_SCANNER = "signa"
FLATTENED_MM, LARGE_ML = 2.0, 2.0
JIC = ("A", "B", "C1", "C2")
WAYS = ("1", "2", "3", "all", "all, equal weights")


def main() -> None:
    from exam_cache import kept_in, load_kept
    from exam_rows import rows_of

    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--again", action="store_true")
    chosen = parser.parse_args()
    aligned: list[dict[str, Any]] = []
    hips: list[dict[str, Any]] = []
    scanners: list[str] = []
    seconds: list[float] = []
    for path in kept_in(chosen.keep):
        found = rows_of(path, chosen.again)
        hips += [{**row, "exam": path.stem, "scanner": found["scanner"]} for row in found["hips"]]
        scanners.append(found["scanner"])
        kept = load_kept(path)
        print("\n".join(said_of(path.stem, kept["work"], kept["truth"])))
        aligned += alignments(path.stem, kept["work"], kept["truth"])
        seconds.append(sum(kept["seconds"].values()))
    print(f"\n{len(scanners)} examinations, {scanners.count(KEPT_SCANNER)} on the scanner kept for testing")
    print_alignments(aligned)
    print_measurements(hips)
    print_others([row for row in hips if row["by"] == "all"])
    print(f"\nTable, alignment and stage: {np.median(seconds):.0f} s of one core (median)")


def said_of(name: str, work: Work, truth: dict[str, Any]) -> list[str]:
    """What is said of every series that does not belong to the examination, or that is not used."""
    rows = {look.row.number: look.row for look in work.looks}
    lines = []
    for row in truth["series"]:
        own = [one for number, one in rows.items() if number.split(".")[0] == str(row["number"])]
        wrong = bool([one for one in own if one.uses]) != row["belongs"]
        if wrong or not row["belongs"] or row["stated"]:
            notes = [note for one in own for note in (one.reason, *one.notes) if note]
            said = " ".join(dict.fromkeys(notes)) or "(nothing)"
            lines.append(f"{'!' if wrong else ' '} {name} series {row['number']:>2} {row['kind']:14} {said}")
    return lines


def alignments(name: str, work: Work, truth: dict[str, Any]) -> list[dict[str, Any]]:
    """One row for each hip of each series against the series that it was aligned with."""
    rows, found = {str(row["number"]): row for row in truth["series"]}, []
    for one in work.alignments:
        first = work.views[one.side][0][1]
        row, base = rows[one.series], rows[first.series]
        if one.series == first.series or not row["poses"] or not base["poses"]:
            continue
        ball = np.random.default_rng(0).normal(size=(400, 3))
        ball *= (
            first.head.radius
            * np.random.default_rng(1).uniform(size=(400, 1)) ** (1 / 3)
            / np.linalg.norm(ball, axis=1, keepdims=True)
        )
        points = ball + np.array(first.head.centre)
        true = np.array(row["poses"][one.side]) @ np.linalg.inv(np.array(base["poses"][one.side]))
        there, here = (np.array(chemical_shift(r, truth["scanner"])) for r in (row, base))
        places = {"error": _move(true, points), "of marrow": _move(true, points - here) + there}
        reached = _move(np.array(one.matrix).reshape(4, 4), points)
        error = {key: np.linalg.norm(reached - place, axis=1) for key, place in places.items()}
        moved = np.linalg.norm(places["error"] - points, axis=1)
        found.append(
            {
                "name": name, "series": row["description"], "side": one.side, "failure": one.failure,
                "moved": float(np.median(moved)), "overlap": one.overlap, "spread": one.spread_mm,
                "fat": "both alike" if (row["weighting"] in SUPPRESSED) == (base["weighting"] in SUPPRESSED) else "one",
                **{key: float(np.median(value)) for key, value in error.items()},
                **{f"{key} 95%": float(np.percentile(value, 95)) for key, value in error.items()},
            }
        )  # fmt: skip
    return found


def _move(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    return np.asarray(points @ matrix[:3, :3].T + matrix[:3, 3])


def chemical_shift(row: dict[str, Any], scanner: str) -> tuple[float, ...]:
    """Mm (LPS) by which a series shows fatty marrow beside where it is."""
    if row["weighting"] in SUPPRESSED:
        return (0.0, 0.0, 0.0)
    protocol = get_protocol(f"{scanner}_{row['weighting']}_{row['plane']}")
    pixel = float(SMALL["acquired_mm"]) if row["side"] else protocol.acquired_mm
    shift = fat_shift_pixels(protocol.field_t, protocol.bandwidth_hz) * pixel
    return tuple(shift * v for v in FREQUENCY[row["plane"]])


def print_alignments(rows: list[dict[str, Any]]) -> None:
    print("\nhip of a series               moved  error   95%  of marrow   95%  outlines  searches")
    for row in [row for row in rows if row["failure"] or row["of marrow"] > 2.0]:
        print(
            f"{row['name']} {row['series'][:16]:16} {row['side']}  {row['moved']:5.1f}  {row['error']:5.2f} "
            f"{row['error 95%']:5.2f}     {row['of marrow']:5.2f} {row['of marrow 95%']:5.2f}     {row['overlap']:.3f}"
            f"      {row['spread']:.2f}  {row['failure']}"
        )
    good = [row for row in rows if not row["failure"]]
    missed = [row for row in good if row["of marrow"] > MISSED_MM]
    print(
        f"\n{len(rows)} alignments, {len(rows) - len(good)} refused, {len(missed)} beyond {MISSED_MM:g} mm not refused"
    )
    for key in ("moved", "error", "of marrow"):
        for fat in (("both alike", "one"), ("both alike",), ("one",)):
            values = [row[key] for row in good if row["fat"] in fat]
            if values:
                print(
                    f"{key:10} fat suppressed in {' or '.join(fat):18} median {np.median(values):.2f} mm, "
                    f"95% {np.percentile(values, 95):.2f} mm ({len(values)})"
                )


def print_measurements(rows: list[dict[str, Any]]) -> None:
    """Errors by the number of series, of all hips with a necrosis and of those on the kept scanner."""
    for where, part in (
        ("all scanners", rows),
        ("kept scanner", [r for r in rows if r["scanner"] == KEPT_SCANNER]),
    ):
        print(
            f"\nby (necrotic hips, {where})   angle off  within 10  share off  within 3  Steinberg  JIC  Dice  head"
        )
        for way in WAYS:
            every = [row for row in part if row["by"] == way]
            own = [row for row in every if row["true"]["necrosis_ml"] > 0]
            if own:
                print(f"{way:20} {len(own):3} {_line(own, every)}")
    print("\nhip        arco  angle (found, true)  share  JIC  Dice  head")
    for row in rows:
        if row["by"] == "all" and row["true"]["necrosis_ml"] > 0:
            true = row["true"]
            print(
                f"{row['exam']} {row['side']} {true['arco']:5} {row['combined_necrotic_angle']:6.1f} "
                f"{true['combined_necrotic_angle']:6.1f}  {100 * row['necrotic_share']:5.1f} "
                f"{100 * true['necrotic_share']:5.1f}  {row['jic_type']}/{true['jic_type']}  {row['dice necrosis']:.3f} "
                f"{row['dice head']:.3f}"
            )


def _line(own: list[dict[str, Any]], every: list[dict[str, Any]]) -> str:
    def off(name: str) -> np.ndarray:
        return np.abs([row[name] - row["true"][name] for row in own])

    angle, share = off("combined_necrotic_angle"), 100 * off("necrotic_share")
    grade = [row["steinberg"] == steinberg_of(row["true"]["necrotic_share"]) for row in own]
    typed = [
        (row["jic_type"], row["true"]["jic_type"])
        for row in own
        if row["jic_type"] and row["true"]["jic_type"]
    ]
    steps = np.array([abs(JIC.index(a) - JIC.index(b)) for a, b in typed])
    large = [row["dice necrosis"] for row in own if row["true"]["necrosis_ml"] > LARGE_ML]
    head = [row["dice head"] for row in every]
    jic = (
        f"{100 * (steps == 0).mean():.0f}% of {len(steps)}, {(steps > 1).sum()} by two" if len(steps) else "-"
    )
    return (
        f"{angle.mean():5.1f} ({np.median(angle):.1f})  {100 * (angle <= 10).mean():3.0f}%  {share.mean():.2f}  "
        f"{100 * (share <= 3).mean():3.0f}%  {100 * np.mean(grade):3.0f}%  {jic}  {np.mean(large):.3f} "
        f"(least {np.min(large):.2f})  {np.mean(head):.3f}"
    )


def print_others(rows: list[dict[str, Any]]) -> None:
    """Stage, flattening, fracture line, effusion, oedema and false necroses."""
    healthy = [row for row in rows if row["true"]["necrosis_ml"] == 0]
    print(
        f"\n{sum(row['necrosis_ml'] > 0 for row in healthy)} of {len(healthy)} healthy hips are called necrotic"
    )
    sick = [row for row in rows if row["true"]["necrosis_ml"] > LARGE_ML]
    print(f"{sum(row['necrosis_ml'] == 0 for row in sick)} of {len(sick)} necroses over 2 ml are missed")
    print_stages(rows)
    flat = [(row["flattening"], row["true"]["collapse_mm"]) for row in rows]
    true = np.array([mm >= FLATTENED_MM for _, mm in flat])
    called = np.array([mm >= FLATTENED_MM for mm, _ in flat])
    off = np.abs([a - b for a, b in flat])
    print(
        f"flattening of 2 mm or more: {(called & true).sum()} of {true.sum()} found, {(called & ~true).sum()} of "
        f"{(~true).sum()} called; {off.mean():.2f} mm off"
    )
    lines = [(row["line"], row["true"]["arco"].startswith("III")) for row in rows if row["line"] is not None]
    from ONFHAssistLib.measure.surface import LINE_CONTRAST

    found = [sum(value >= LINE_CONTRAST for value, truth in lines if truth is kind) for kind in (True, False)]
    there = [sum(truth is kind for _, truth in lines) for kind in (True, False)]
    print(f"fracture line: {found[0]} of {there[0]} found, {found[1]} of {there[1]} called without one")
    fluid = [(row["effusion"], row["true"]["effusion_mm"]) for row in rows if row["effusion"] is not None]
    steps = np.array([effusion_grade(a) - effusion_grade(b) for a, b in fluid])
    print(
        f"effusion: grade right in {100 * (steps == 0).mean():.0f}% of {len(steps)}, {(np.abs(steps) > 1).sum()} by two; "
        f"{np.mean(np.abs(np.subtract(*zip(*fluid, strict=True)))):.2f} mm off"
    )
    water = [(row["oedema"], row["true"]["oedema"]) for row in rows if row["oedema"] is not None]
    print(
        f"oedema: {sum(a and b for a, b in water)} of {sum(b for _, b in water)} found, "
        f"{sum(a and not b for a, b in water)} of {sum(not b for _, b in water)} called"
    )


def print_stages(rows: list[dict[str, Any]]) -> None:
    """The stage of the examination against those of its series; flattened heads are past the stages and left out."""
    known = [row for row in rows if row["true"]["arco"] != "IIIB" and row["stage"]["exam"]]
    print(
        f"stage: {len(known)} of {len(rows)} hips; right is the stage, or 'I or II' of one of them (clear: not that)"
    )
    best: dict[str, list[bool]] = {"exam": [], "single series": [], "reference": []}
    clear: dict[str, list[bool]] = {key: [] for key in best}
    for row in known:
        true = row["true"]["stage"]
        answers = list(row["stage"].items())
        for key, own in (("exam", answers[:1]), ("single series", answers[1:]), ("reference", answers[1:2])):
            best[key] += [
                stage == true or (stage in NECROTIC and len(stage) > 2 and true != "0") for _, stage in own
            ]
            clear[key] += [stage == true for _, stage in own]
    for key, right in best.items():
        print(
            f"  {key:14} {100 * np.mean(right):.1f}% right, {100 * np.mean(clear[key]):.1f}% clear, of {len(right)}"
        )


if __name__ == "__main__":
    main()

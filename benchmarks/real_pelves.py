"""A table for ``onfh evaluate real`` from a folder of real pelves with the spheres of their femoral heads.

    python benchmarks/real_pelves.py FOLDER --out TABLE.csv [--sequence T1]
    onfh evaluate real TABLE.csv --out judged

FOLDER holds images and ``spheres.json``: for each file and side ("R", "L") the ``centre`` (LPS mm) and ``radius`` (mm)
of the sphere at the image's edge of the femoral head. The hips are healthy. Images are not copied: the table names
them where they are.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
from pathlib import Path

COLUMNS = (
    "image",
    "side",
    "centre_x",
    "centre_y",
    "centre_z",
    "radius",
    "truth",
    "stage",
    "patient",
    "sequence",
)


def rows_of(folder: Path, table: Path, sequence: str) -> list[dict[str, object]]:
    """A row a hip, right before left; paths relative to the table where both lie on one drive."""
    spheres = json.loads((folder / "spheres.json").read_text(encoding="utf-8"))
    rows = []
    for name, hips in sorted(spheres.items()):
        image = (folder / name).resolve()
        if not image.is_file():
            raise SystemExit(f"{folder / 'spheres.json'} names {name}, which is not in {folder}.")
        for side in sorted(hips, reverse=True):
            x, y, z = hips[side]["centre"]
            rows.append(
                {
                    "image": _relative(image, table.resolve().parent),
                    "side": side,
                    "centre_x": x,
                    "centre_y": y,
                    "centre_z": z,
                    "radius": hips[side]["radius"],
                    "truth": "healthy",
                    "stage": "0",
                    "patient": name.split(".")[0],
                    "sequence": sequence,
                }
            )
    return rows


def _relative(image: Path, base: Path) -> str:
    try:
        return Path(os.path.relpath(image, base)).as_posix()
    except ValueError:  # another drive
        return str(image)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="CSV file")
    parser.add_argument("--sequence", default="T1", help="of all images; '' states none")
    arguments = parser.parse_args()
    if not (arguments.folder / "spheres.json").is_file():
        parser.error(f"{arguments.folder} holds no spheres.json")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    rows = rows_of(arguments.folder, arguments.out, arguments.sequence)
    with arguments.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    print(f"{arguments.out}: {len(rows)} hips of {len({row['image'] for row in rows})} images")


if __name__ == "__main__":
    main()

"""The cases of a cohort: a table of images or studies, or a folder of DICOM studies.

Whose study it is goes into no file: patients are numbered in the order of the cases.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydicom.tag import Tag

from ...core.errors import InputError
from ...core.names import case_name
from ...core.provenance import sha256_of_file
from ...imaging.labels import SIDES
from ...imaging.series.files import SliceFile, read_file
from ...imaging.series.numbers import tolerant, words
from .folder import COHORT_FILE, folder_names

STUDY, VOLUME = "study", "image"
_COLUMNS = ("case", VOLUME, STUDY, "patient", "side", "segmentation", "sequence", "series")
_TAGS: list[int] = [
    Tag(name)
    for name in ("StudyInstanceUID", "PatientID", "SeriesInstanceUID", "SOPClassUID", "Rows", "Columns")
]


@dataclass(frozen=True)
class Source:
    """Where a case comes from.

    Attributes:
        case: its key in the tables. name: of its folder. patient: whose it is, in words that name nobody.
        kind: "study" (all series of an examination) or "image" (one volume or series).
        path: file or folder, absolute. files: of the folder, relative to it, where not all of them are the case's.
        segmentation: file of given outlines, for an image. side, sequence, series: as ``onfh run`` takes them.
        archive: settings file of the archive that the study is fetched from into ``path``. study_uid: of that study.
        instances: that the archive says it has.
    """

    case: str
    kind: str
    path: str
    name: str = ""
    patient: str = ""
    files: tuple[str, ...] = ()
    segmentation: str = ""
    side: str = ""
    sequence: str = ""
    series: str = ""
    archive: str = ""
    study_uid: str = ""
    instances: int = 0

    def paths(self) -> list[tuple[str, Path]]:
        """Every file that the case is made from, with a name that does not say where the cohort lies."""
        root = Path(self.path)
        if self.files:
            found = [(name, root / name) for name in self.files]
        elif root.is_dir():
            found = [(p.relative_to(root).as_posix(), p) for p in sorted(root.rglob("*")) if not p.is_dir()]
        else:
            found = [(root.name, root)]
        if self.segmentation:
            found.append(("segmentation", Path(self.segmentation)))
        return found

    def stamp(self) -> str:
        """Hash of sizes and times of the files: where it is the same they are taken for unchanged."""
        entries = []
        for name, path in self.paths():
            entry = path.stat()
            entries.append([name, entry.st_size, entry.st_mtime_ns])
        return _hash([entries, self._said(), self.instances])

    def content(self) -> str:
        """Hash of what is in the files, and of what the table says of the case."""
        return _hash([[[name, sha256_of_file(path)] for name, path in self.paths()], self._said()])

    def _said(self) -> list[str]:
        return [self.kind, self.side, self.sequence, self.series]


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()


def read_sources(studies: str | Path) -> list[Source]:
    """The cases of a table (CSV) or of a folder of studies, in their order.

    Raises:
        InputError: neither; a table that lacks a column, names a case twice or has none; a folder without studies.
    """
    path = Path(studies)
    if path.is_dir():
        return named(_in_folder(path.resolve()))
    if not path.exists():
        raise InputError(
            f"{studies} does not exist; give a folder of studies, a table (CSV) or an archive's TOML file."
        )
    if path.suffix.lower() not in (".csv", ".txt"):
        raise InputError(
            f"{studies} is no folder of studies; give one, a table (CSV) with case and image or study, or an archive's "
            "TOML file."
        )
    return named(_in_table(path))


def named(found: list[Source]) -> list[Source]:
    """With the names of their folders, and patients numbered in the order of the cases."""
    names = folder_names([one.case for one in found])
    numbers: dict[str, str] = {}
    out = []
    for one in found:
        patient = one.patient
        if patient.startswith("\0"):  # of a header
            patient = numbers.setdefault(patient, f"P{len(numbers) + 1:04d}")
        out.append(replace(one, name=names[one.case], patient=patient or one.case))
    return out


# a table ----------------------------------------------------------------------------------------------------------


def _in_table(path: Path) -> list[Source]:
    found: dict[str, Source] = {}
    lines: dict[str, int] = {}
    sides: dict[str, set[str]] = {}
    for number, row in _rows(path):
        where = f"{path.name}, line {number}"
        case = row.get("case", "")
        if not case:
            raise InputError(f"{where}: the column 'case' is empty; every row needs the name of its case.")
        source = _of_row(path, row, where)
        earlier = found.get(case)
        if earlier is not None:
            same = replace(source, side="") == replace(earlier, side="")
            if (
                same and row.get("side") and row["side"] not in sides[case]
            ):  # the other hip of one image: one case
                sides[case].add(row["side"])
                found[case] = replace(earlier, side="")
                continue
            raise InputError(
                f"{where}: the case '{case}' is there twice, first in line {lines[case]}; give every case "
                "a name of its own."
            )
        found[case], lines[case], sides[case] = source, number, {source.side}
    if not found:
        raise InputError(f"{path.name} has no rows; it needs one row a case.")
    return list(found.values())


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    import csv

    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            names = [str(name).strip() for name in reader.fieldnames or ()]
            _require_columns(path, names)
            for row in reader:
                cells = {
                    str(k).strip(): (v or "").strip() for k, v in row.items() if k and not isinstance(v, list)
                }
                if any(cells.values()):
                    yield reader.line_num, cells
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"{path} is not a readable CSV file; save it as comma-separated UTF-8 text."
        ) from error


def _require_columns(path: Path, names: list[str]) -> None:
    twice = next((name for name in _COLUMNS if names.count(name) > 1), None)
    if twice:
        raise InputError(f"{path.name} has the column '{twice}' twice; leave one of them out.")
    if "case" not in names or not {VOLUME, STUDY} & set(names):
        lacking = "case" if "case" not in names else "image' or 'study"
        raise InputError(
            f"{path.name} lacks the column '{lacking}'; it has {', '.join(names[:12]) or 'none'}."
        )


def _of_row(path: Path, row: Mapping[str, str], where: str) -> Source:
    given = [kind for kind in (VOLUME, STUDY) if row.get(kind)]
    if len(given) != 1:
        said = "both 'image' and 'study' are given" if given else "neither 'image' nor 'study' is given"
        raise InputError(f"{where}: {said}; a case is one of them.")
    if row.get("side", "") not in ("", *SIDES):
        raise InputError(f"{where}: the side is '{row['side']}'; R, L or nothing is accepted.")
    if given == [STUDY] and row.get("segmentation"):
        raise InputError(
            f"{where}: outlines can be given for an image, not for a study; leave 'segmentation' empty."
        )
    drawn = row.get("segmentation", "")
    return Source(
        row["case"], given[0], _place(path, row[given[0]], where), patient=row.get("patient", ""),
        segmentation=_place(path, drawn, where) if drawn else "", side=row.get("side", ""),
        sequence=row.get("sequence", ""), series=row.get("series", ""),
    )  # fmt: skip


def _place(table: Path, name: str, where: str) -> str:
    try:
        return str((table.parent / name).resolve())
    except (OSError, ValueError):  # a zero byte, or longer than any file name
        raise InputError(f"{where}: {name[:40]!r} is no name of a file.") from None


# a folder ---------------------------------------------------------------------------------------------------------


def _in_folder(folder: Path) -> list[Source]:
    entries = [one for one in sorted(folder.iterdir()) if not one.name.startswith(".")]
    files = [one for one in entries if one.is_file() and one.name != "DICOMDIR"]
    if any(_facts(file) for file in files):
        return _by_header(folder)
    found: list[Source] = []
    owners: dict[str, str] = {}
    for one in entries:
        if not one.is_dir() or (one / COHORT_FILE).is_file():
            continue
        for uid, source in _in_subfolder(folder, one):
            if uid in owners:
                raise InputError(
                    f"The folders {owners[uid]} and {source.case} hold the same study; give the folder above the "
                    "examination, in which every folder is a study."
                )
            if uid:
                owners[uid] = source.case
            found.append(source)
    if not found:
        raise InputError(
            f"{folder} holds no study; give a folder in which every folder is a study, or a table (CSV)."
        )
    return found


def _by_header(folder: Path) -> list[Source]:
    """Files of many studies in one folder, parted by their Study Instance UID."""
    groups: dict[str, list[str]] = {}
    patients: dict[str, str] = {}
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        facts = _facts(file)
        if facts is not None:
            groups.setdefault(facts[0], []).append(file.relative_to(folder).as_posix())
            patients.setdefault(facts[0], facts[1])
    return [
        Source(
            uid or case_name(folder), STUDY, str(folder), patient=_patient(patients[uid]), files=tuple(names)
        )
        for uid, names in sorted(groups.items())
    ]


def _in_subfolder(root: Path, folder: Path) -> list[tuple[str, Source]]:
    """The studies of a folder, each with its UID; one of which nothing can be read too, so that it is listed."""
    groups: dict[str, dict[Path, list[Path]]] = {}  # study to its folders and its files in each
    patients: dict[str, str] = {}
    files: dict[Path, list[Path]] = {}
    for one in sorted(one for one in folder.rglob("*") if one.is_file()):
        files.setdefault(one.parent, []).append(one)
    leaves = sorted(files)
    for leaf in leaves:
        for one in files[leaf]:
            facts = _facts(one)
            if facts is not None:
                groups.setdefault(facts[0], {}).setdefault(leaf, []).append(one)
                patients.setdefault(facts[0], facts[1])
    if len(groups) < 2:
        uid = next(iter(groups), "")
        case = folder.relative_to(root).as_posix()
        return [(uid, Source(case, STUDY, str(folder), patient=_patient(patients.get(uid, ""))))]
    found = []
    for uid, own in groups.items():
        shared = {leaf for other, theirs in groups.items() if other != uid for leaf in theirs}
        whole = {leaf: own[leaf] if leaf in shared else files[leaf] for leaf in own}
        others = [leaf for leaf in leaves if leaf not in own or leaf in shared]
        found.append((uid, _among((root, folder), uid, whole, others, patients[uid])))
    return found


def _among(
    folders: tuple[Path, Path], uid: str, own: Mapping[Path, list[Path]], others: list[Path], patient: str
) -> Source:
    """One of several studies below a folder: by the folder that holds it alone, or by its files."""
    root, folder = folders
    above = Path(*_common(list(own)))

    def is_alone(place: Path) -> bool:
        return not any(one == place or place in one.parents for one in others)

    while above.parent != folder and is_alone(above.parent):
        above = above.parent
    if is_alone(above):
        return Source(above.relative_to(root).as_posix(), STUDY, str(above), patient=_patient(patient))
    names = tuple(one.relative_to(above).as_posix() for files in own.values() for one in files)
    case = f"{above.relative_to(root).as_posix()}/{uid or case_name(above)}"
    return Source(case, STUDY, str(above), patient=_patient(patient), files=names)


def _common(folders: list[Path]) -> tuple[str, ...]:
    shared = []
    for parts in zip(*(one.parts for one in folders), strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return tuple(shared)


def _patient(stated: str) -> str:
    """A mark by which studies of one patient are known as such; it is replaced by a number before anything is written."""
    return f"\0{' '.join(stated.upper().split())}" if stated.strip() else ""


def _facts(file: Path) -> tuple[str, str] | None:
    """Study UID and Patient ID of a DICOM image; None of another file."""
    with tolerant():
        one = read_file(file, _TAGS)
        if not isinstance(one, SliceFile):
            return None
        return words(one.dataset, "StudyInstanceUID"), words(one.dataset, "PatientID")

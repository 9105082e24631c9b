"""Which cases a table or a folder of studies has, and whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.cohort_cases import write_table
from support.dicom_cases import TAGS
from support.dicom_files import slice_datasets, write_shuffled

from ONFHAssistLib.cohort.run.folder import folder_names
from ONFHAssistLib.cohort.run.sources import STUDY, Source, read_sources
from ONFHAssistLib.cohort.run.work_case import _place_of
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image


def write_series(folder: Path, study: str, patient: str) -> None:
    """Two slices of a series."""
    import numpy as np

    image = Image(np.arange(32, dtype=np.int16).reshape(2, 4, 4), (1.0, 1.0, 3.0))
    images = slice_datasets(image, **{**TAGS, "PatientID": patient})
    for one in images:
        one.StudyInstanceUID = study
    write_shuffled(images, folder)


def described(sources: list[Source]) -> list[tuple[str, str, int]]:
    """Case, patient and number of files."""
    return [(one.case, one.patient, len(one.paths())) for one in sources]


def test_a_row_is_a_case_and_both_hips_of_an_image_are_one(tmp_path: Path) -> None:
    rows = [
        {"case": "A", "image": "a.nii.gz", "patient": "7", "side": "R"},
        {"case": "A", "image": "a.nii.gz", "patient": "7", "side": "L"},
        {"case": "B", "study": "b", "patient": ""},
    ]
    first, second = read_sources(write_table(tmp_path / "t.csv", rows))
    assert (first.case, first.kind, first.path, first.patient, first.side) == (
        "A", "image", str(tmp_path / "a.nii.gz"), "7", "",
    )  # fmt: skip
    assert (second.kind, second.path, second.patient) == ("study", str(tmp_path / "b"), "B")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"case": "A", "image": "a"}, {"case": "A", "image": "b"}], "3: the case 'A' is there twice, first in line 2;"),
        ([{"case": "A", "image": "a", "side": "R"}, {"case": "A", "image": "a", "side": "R"}], "there twice"),
        ([{"case": "A", "image": "a", "study": "b"}], "both 'image' and 'study'"),
        ([{"case": "A", "image": ""}], "neither 'image' nor 'study'"),
        ([{"case": "", "image": "a"}], "line 2: the column 'case' is empty"),
        ([{"case": "A", "image": "a", "side": "left"}], "the side is 'left'; R, L"),
        ([{"case": "A", "study": "a", "segmentation": "s"}], "can be given for an image, not for a study"),
        ([{"name": "A", "image": "a"}], "lacks the column 'case'"),
        ([{"case": "A", "picture": "a"}], "lacks the column 'image' or 'study'"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_refused_with_its_line(
    tmp_path: Path, rows: list[dict[str, str]], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        read_sources(write_table(tmp_path / "t.csv", rows))


def test_every_folder_is_a_study_and_patients_are_numbered_and_not_named(tmp_path: Path) -> None:
    write_series(tmp_path / "anna-first" / "S1", "1.1", "MEIER7")
    write_series(tmp_path / "anna-first" / "S2", "1.1", "MEIER7")
    write_series(tmp_path / "bert", "1.2", "HUBER9")
    write_series(tmp_path / "two visits" / "old" / "S1", "1.3", "meier7")
    write_series(tmp_path / "two visits" / "new" / "S1", "1.4", "MEIER7 ")
    (tmp_path / "empty").mkdir()
    found = read_sources(tmp_path)
    assert described(found) == [
        ("anna-first", "P0001", 4), ("bert", "P0002", 2), ("empty", "empty", 0),
        ("two visits/new", "P0001", 2), ("two visits/old", "P0001", 2),
    ]  # fmt: skip
    assert "MEIER" not in repr(found).upper()
    assert len({one.name for one in found}) == len(found)
    assert all(set(one.name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_") for one in found)


def test_a_flat_folder_is_parted_by_study(tmp_path: Path) -> None:
    for study, patient in (("1.9", "A"), ("1.10", "B")):
        write_series(tmp_path / "made", study, patient)
        for number, path in enumerate(sorted((tmp_path / "made").iterdir())):
            path.rename(tmp_path / f"{study}-{number}.dcm")
    (tmp_path / "made").rmdir()
    (tmp_path / "README.txt").write_text("no image")
    found = read_sources(tmp_path)
    assert described(found) == [("1.10", "P0001", 2), ("1.9", "P0002", 2)]
    assert all(name.startswith("1.9-") for name in found[1].files)


def test_series_folders_of_one_study_are_refused(tmp_path: Path) -> None:
    write_series(tmp_path / "S1", "1.1", "A")
    write_series(tmp_path / "S2", "1.1", "A")
    with pytest.raises(InputError, match="folders S1 and S2 hold the same study; give the folder above"):
        read_sources(tmp_path)


def test_a_changed_file_changes_the_content_and_a_new_place_does_not(tmp_path: Path) -> None:
    write_series(tmp_path / "a" / "K", "1.1", "A")
    (before,) = read_sources(tmp_path / "a")
    content = before.content()
    (tmp_path / "a").rename(tmp_path / "b")
    (moved,) = read_sources(tmp_path / "b")
    assert moved.content() == content
    file = moved.paths()[0][1]
    file.write_bytes(file.read_bytes() + b"\0")
    assert moved.content() != content


def test_names_of_folders_are_taken_by_every_file_system() -> None:
    names = folder_names(["Anna", "anna", "Müller/1", "con", "a" * 200, "", "K-1"])
    assert names["K-1"] == "K-1"
    assert len({name.casefold() for name in names.values()}) == 7
    for name in names.values():
        assert len(name) <= 90
        assert name.split(".")[0].casefold() != "con"
        assert "/" not in name


def test_two_studies_in_one_leaf_folder_are_two_cases(tmp_path: Path) -> None:
    for study in ("1.1", "1.2"):
        write_series(tmp_path / "made", study, "A")
        for number, path in enumerate(sorted((tmp_path / "made").iterdir())):
            (tmp_path / "anna").mkdir(exist_ok=True)
            path.rename(tmp_path / "anna" / f"{study}-{number}.dcm")
    (tmp_path / "made").rmdir()
    write_series(tmp_path / "anna" / "more", "1.2", "A")
    found = read_sources(tmp_path)
    assert described(found) == [("anna/1.1", "P0001", 2), ("anna/1.2", "P0001", 4)]
    assert found[0].files == ("1.1-0.dcm", "1.1-1.dcm")


def test_a_study_that_grew_in_the_archive_is_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from ONFHAssistLib.cohort.run.archive import fetch_source
    from ONFHAssistLib.node.archives import address, exchange

    there = ["a", "b"]
    asked = []

    def fetch(_archive: object, study: str, out: Path) -> int:
        asked.append(study)
        for name in there:
            (out / f"{name}.dcm").write_text(name)
        return len(there)

    monkeypatch.setattr(address, "read_archive", lambda path: path)
    monkeypatch.setattr(exchange, "fetch", fetch)
    place = tmp_path / "studies" / "1.1"
    source = Source("1.1", "study", str(place), archive="a.toml", study_uid="1.1", instances=3)
    fetch_source(source)  # the archive counts one that it does not send
    fetch_source(source)
    assert asked == ["1.1"]
    there[:] = ["a", "b", "c", "d"]
    fetch_source(replace(source, instances=5))
    fetch_source(replace(source, instances=5))
    assert asked == ["1.1", "1.1"]
    assert sorted(one.name for one in place.iterdir()) == ["a.dcm", "b.dcm", "c.dcm", "d.dcm"]
    assert sorted(one.name for one in place.parent.iterdir()) == ["1.1", "1.1.count"]


def test_a_study_that_is_a_part_of_a_folder_is_read_from_one_of_that_name(tmp_path):
    """Results name their source; a folder of links with a name of its own would make them others in every run."""
    folder = tmp_path / "Exam 7"
    folder.mkdir()
    for name in ("a.dcm", "b.dcm", "c.dcm"):
        (folder / name).write_text(name)
    with _place_of(Source("case", STUDY, str(folder), files=("c.dcm", "a.dcm"))) as place:
        assert place.name == "Exam 7"
        assert [one.read_text() for one in sorted(place.iterdir())] == ["c.dcm", "a.dcm"]
    assert not place.exists()
    with _place_of(Source("case", STUDY, str(folder))) as place:
        assert place == folder

"""Files and folders appear whole or not at all, whatever happens meanwhile."""

import pytest

from ONFHAssistLib.core.atomic_files import atomic_file, atomic_folder, remove_parts, write_json, write_text


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_text_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "a.csv"
    write_text(target, "old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_a: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_text(target, "new")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_whose_writing_fails_leaves_the_earlier_one_and_nothing_else(tmp_path):
    target = write_text(tmp_path / "a.csv", "old")
    with pytest.raises(ZeroDivisionError), atomic_file(target) as part:
        part.write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert target.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.csv"]


def test_the_part_has_both_suffixes_since_writers_choose_their_format_by_them(tmp_path):
    with atomic_file(tmp_path / "new" / "hip.nii.gz") as part:
        assert part.name.endswith(".nii.gz")
        assert part.parent == tmp_path / "new"
        part.write_bytes(b"x")
    assert names(tmp_path / "new") == ["hip.nii.gz"]


def test_a_folder_takes_the_place_of_the_earlier_one_as_a_whole(tmp_path):
    with atomic_folder(tmp_path / "bundle") as new:
        write_json(new / "a.json", {"version": 1})
    with atomic_folder(tmp_path / "bundle") as new:
        write_json(new / "b.json", {"version": 2})
    assert names(tmp_path / "bundle") == ["b.json"]
    with pytest.raises(ZeroDivisionError), atomic_folder(tmp_path / "bundle") as new:
        write_json(new / "c.json", {})
        raise ZeroDivisionError
    assert names(tmp_path / "bundle") == ["b.json"]
    assert names(tmp_path) == ["bundle"]


def test_what_a_killed_process_left_unfinished_is_removed_and_nothing_else(tmp_path):
    """A killed process cannot clean up: its parts lie there under the name that they had."""
    for name in (".part-a/model", ".part-b/other", "model"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / ".part-c.pt").write_text("half")
    assert remove_parts(tmp_path, "model") == [tmp_path / ".part-a"]
    assert names(tmp_path) == [".part-b", ".part-c.pt", "model"]
    remove_parts(tmp_path)
    assert names(tmp_path) == ["model"]
    assert remove_parts(tmp_path / "nowhere") == []

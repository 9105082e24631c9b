"""The files that take long start first, so that no core waits for the last one."""

from pathlib import Path

from support.durations import SECONDS, longest_first


def test_every_long_file_exists():
    there = {path.name for path in Path(__file__).parent.rglob("test_*.py")}
    assert set(SECONDS) <= there


def test_long_files_stand_before_those_of_many_quick_tests_and_these_before_those_of_few():
    longest = max(SECONDS, key=SECONDS.get)
    files = ["test_few.py"] * 2 + [longest] + ["test_many.py"] * 70
    place = longest_first(files)
    assert sorted(place, key=place.get) == [longest, "test_many.py", "test_few.py"]

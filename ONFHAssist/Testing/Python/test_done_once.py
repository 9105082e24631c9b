"""Work that several files of tests share is done once, and whoever waits for it hears that it failed."""

import threading
import time

import pytest
from support.done_once import done_once


@pytest.fixture
def factory(tmp_path, monkeypatch):
    """The factory of one process; without the name of a worker its folder is that of the run."""
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)

    class Factory:
        def getbasetemp(self):
            return tmp_path

    return Factory()


def test_the_second_one_waits_for_the_work_of_the_first(factory):
    done = []

    def work(folder):
        time.sleep(0.2)
        (folder / "answer").write_text("42", encoding="utf-8")
        done.append(folder)

    def ask():
        read.append((done_once(factory, "work", work) / "answer").read_text(encoding="utf-8"))

    read = []
    both = [threading.Thread(target=ask) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert read == ["42", "42"]
    assert len(done) == 1


def test_two_workers_of_one_run_share_its_folder(factory, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")
    monkeypatch.setattr(type(factory), "getbasetemp", lambda _self: tmp_path / "popen-gw1")
    assert done_once(factory, "work", lambda _folder: None) == tmp_path / "work"


def test_work_that_failed_is_not_taken_for_done(factory):
    def fail(_folder):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        done_once(factory, "work", fail)
    with pytest.raises(AssertionError, match="'work' failed where it was made"):
        done_once(factory, "work", lambda _folder: None)

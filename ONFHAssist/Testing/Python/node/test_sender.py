"""Results to several archives: each gets them once, those elsewhere without identity and only with consent."""

from __future__ import annotations

import copy
import shutil

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import MRImageStorage
from support.dicom_cases import NUMBER, PATIENT
from support.node_studies import settings_of
from support.peer_archive import PeerArchive

from ONFHAssistLib.node.metrics import Metrics
from ONFHAssistLib.node.queue import Queue, Task
from ONFHAssistLib.node.receiving.incoming import Incoming
from ONFHAssistLib.node.sender import Sender


@pytest.fixture
def begin(tmp_path, study):
    """``begin(consent, home, far)``: a sender with one study, whose result is the study's segmentation, and its queue."""
    queues = []

    def make(consent, home, far=None):
        (tmp_path / "secret").write_text("0123456789abcdef01")
        elsewhere = {}
        if far is not None:
            elsewhere = {
                "far": {"archive": far.table, "secret": {"file": str(tmp_path / "secret")}, "images": True}
            }
        settings = settings_of(
            tmp_path, archive=home.table, elsewhere=elsewhere, retry_s=0.3, retry_most_s=30.0
        )
        queue = Queue(tmp_path / "queue.sqlite")
        queues.append(queue)
        incoming = Incoming(tmp_path / "images", queue, settings.limits)
        made = copy.deepcopy(study)
        for image in made.images[:2]:
            if consent:
                item = Dataset()
                item.ConsentForDistributionFlag = consent
                image.ConsentForClinicalTrialUseSequence = [item]
            number = queue.number_of(made.uid)
            folder = incoming.study_folder(number)
            folder.mkdir(exist_ok=True)
            image.save_as(folder / f"{image.InstanceNumber}.dcm", enforce_file_format=True)
            queue.add_image(number, image.SOPInstanceUID, "x")
        (tmp_path / "images" / "1" / ".part-9.dcm").write_bytes(b"half")  # is being written
        (tmp_path / "results" / "1").mkdir(parents=True)
        shutil.copy(study.files[-1], tmp_path / "results" / "1" / "SEG.dcm")
        queue.finish_work(queue.claim_work(0.0), "content", "results/1")
        return Sender(settings, queue, incoming, Metrics()), queue

    yield make
    for queue in queues:
        queue.close()


def test_elsewhere_gets_objects_and_images_without_identity_where_every_header_says_yes(begin, study):
    pytest.importorskip("dicomanonymizer")
    with PeerArchive() as home, PeerArchive() as far:
        sender, queue = begin("YES", home, far)
        assert sender.send_next()
        assert queue.table()[0][1] == "sent"
        assert (len(home.objects), len(far.objects)) == (1, 3)
        for one in far.objects.values():
            assert str(one.StudyInstanceUID) != study.uid
            text = str(one)
            assert [word in text for word in (*PATIENT.split(), NUMBER, study.uid)] == [False] * 4


@pytest.mark.parametrize("consent", ["", "NO"])
def test_without_consent_nothing_goes_elsewhere(begin, consent):
    with PeerArchive() as home, PeerArchive() as far:
        sender, queue = begin(consent, home, far)
        assert sender.send_next()
        assert queue.table()[0][1] == "sent"
        assert (len(home.objects), len(far.objects)) == (1, 0)


def test_who_has_the_objects_does_not_get_them_again_when_another_was_away(begin):
    pytest.importorskip("dicomanonymizer")
    with PeerArchive() as home, PeerArchive(answer=lambda _: 0xA700) as far:
        sender, queue = begin("YES", home, far)
        assert sender.send_next()
        assert (queue.table()[0][1], home.arrivals) == ("made", 1)
        assert "out of resources" in sender.away
        assert not sender.send_next()  # the archive is full for every study
        far.answer = lambda _: 0
        sender._until.clear()
        queue.postpone(Task(1, 2, "content", "results/1", 0), "made", 0.0, "")
        assert sender.send_next()
        assert (queue.table()[0][1], home.arrivals, len(far.objects)) == ("sent", 1, 3)


def test_an_archive_that_does_not_take_a_kind_is_named_and_gets_nothing(begin):
    with PeerArchive(kinds=[MRImageStorage]) as home:
        sender, queue = begin("", home)
        assert sender.send_next()
        state, reason = queue.table()[0][1], queue.table()[0][4]
        assert (state, home.objects) == ("made", {})
        assert reason == "Peer does not take Segmentation Storage; nothing was sent."


def test_the_own_archive_gets_objects_while_another_is_away_and_their_folder_goes_when_all_have_them(
    begin, tmp_path
):
    pytest.importorskip("dicomanonymizer")
    with PeerArchive() as home, PeerArchive(answer=lambda _: 0xA700) as far:
        sender, queue = begin("YES", home, far)
        sender._until["far", 0] = 9e12  # away since the last study
        assert sender.send_next()
        assert (len(home.objects), len(far.objects), queue.table()[0][1]) == (1, 0, "made")
        assert (tmp_path / "results" / "1").exists()
        far.answer = lambda _: 0
        sender._until.clear()
        queue.postpone(Task(1, 2, "content", "results/1", 0), "made", 0.0, "")
        assert sender.send_next()
        assert (home.arrivals, len(far.objects), queue.table()[0][1]) == (1, 3, "sent")
        assert not (tmp_path / "results" / "1").exists()


def test_images_of_series_that_were_not_worked_up_stay_here(begin, study, tmp_path):
    pytest.importorskip("dicomanonymizer")
    with PeerArchive() as home, PeerArchive() as far:
        sender, queue = begin("YES", home, far)
        path = next((tmp_path / "images" / "1").glob("[!.]*.dcm"))
        other = pydicom.dcmread(path)
        other.SeriesInstanceUID = "1.2.3"
        other.save_as(path)
        assert sender.send_next()
        assert (queue.table()[0][1], len(far.objects)) == ("sent", 2)


@pytest.mark.parametrize("error", [OSError, NotImplementedError, ValueError])
def test_a_fault_of_a_library_puts_a_study_off_and_is_named_without_its_words(begin, monkeypatch, error):
    def fails(*_):
        raise error(PATIENT)

    monkeypatch.setattr("ONFHAssistLib.node.sender.send", fails)
    with PeerArchive() as home:
        sender, queue = begin("", home)
        assert sender.send_next()
        assert not sender.send_next()
        assert queue.table()[0][1::3] == ("made", f"A fault ({error.__name__}).")


def test_objects_that_are_gone_are_not_taken_for_sent(begin, tmp_path):
    with PeerArchive() as home:
        sender, queue = begin("", home)
        shutil.rmtree(tmp_path / "results" / "1")
        assert sender.send_next()
        assert queue.table()[0][1::3] == (
            "made",
            "The objects that were made of it are no longer in the node's folder.",
        )

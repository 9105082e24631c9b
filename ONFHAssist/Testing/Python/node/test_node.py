"""A node at work: a study in, its objects at the archive once, whatever comes between."""

from __future__ import annotations

import copy
import json
import sqlite3
import threading
import urllib.error
import urllib.request

import pytest
from pydicom.uid import Comprehensive3DSRStorage
from support.node_studies import another, send_study, settings_of
from support.orthanc import until
from support.peer_archive import PeerArchive

from ONFHAssistLib.node.service import Node
from ONFHAssistLib.node.working.children import Child

WAIT_S = 120


def states(node):
    return {number: state for number, state, *_ in node.queue.table()}


def done(node, count):
    return until(lambda: list(states(node).values()).count("sent") == count, WAIT_S)


def page(node, name):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{node.status.port}/{name}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_each_study_has_one_set_whatever_comes_between(start, study, monkeypatch):
    """One node for all of it, since its child starts for seconds."""
    with PeerArchive() as peer:
        node = start(archive=peer.table)
        # as it should be
        send_study(node.receiver.port, study)
        assert done(node, 1)
        assert peer.modalities() == ["SEG", "SR"]
        assert page(node, "health")[0] == 200
        assert json.loads(page(node, "health")[1])["studies"]["sent"] == 1
        assert "onfh_node_sets_sent_total 1\n" in page(node, "metrics")[1]
        assert page(node, "else")[0] == 404
        # the same study twice, and one more series that is of no hip
        send_study(node.receiver.port, study)
        knee = copy.deepcopy(study.images[0])
        knee.SeriesDescription, knee.BodyPartExamined = "Knee", "KNEE"
        knee.SOPInstanceUID = knee.file_meta.MediaStorageSOPInstanceUID = "1.2.3.4"
        knee.SeriesInstanceUID = "1.2.3.5"
        send_study(node.receiver.port, type(study)([knee], study.drawn), parts=slice(1))
        assert until(lambda: node.queue.table()[0][1:4] == ("sent", len(study.images) + 2, 1), WAIT_S)
        assert peer.arrivals == 2
        # an archive that is away, then refuses one object, then takes it
        peer.answer = lambda kind: 0x0122 if kind == Comprehensive3DSRStorage else 0
        send_study(node.receiver.port, another(study, 2))
        assert until(lambda: "SR.dcm" in node.queue.table()[1][4], WAIT_S)
        reason = node.queue.table()[1][4]
        assert reason.startswith(
            "Peer refuses SR.dcm (Comprehensive 3D SR Storage) (status 0122h, kind not supported)"
        )
        assert "1 of 2 objects arrived before it" in reason
        assert page(node, "health")[0] == 503
        peer.answer = lambda _: 0
        assert done(node, 2)
        assert peer.modalities() == ["SEG", "SEG", "SR", "SR"]
        assert page(node, "health")[0] == 200
        # no hip by rule
        other = another(study, 3)
        for one in other.images:
            one.SeriesDescription = "Knee cor"
        send_study(node.receiver.port, other)
        assert until(lambda: states(node)[3] == "left", WAIT_S)
        assert node.queue.table()[2][4] == "Series 3: It is not said to be of a hip."
        # a study that grows while it is worked on
        seen, real, last = [], Child.work, another(study, 4)

        def grows(child, job, seconds, stop):
            outcome = real(child, job, seconds, stop)
            if not seen:
                send_study(node.receiver.port, last, parts=slice(6, None))
            seen.append(outcome.end)
            return outcome

        monkeypatch.setattr(Child, "work", grows)
        peer.objects.clear()
        send_study(node.receiver.port, last, parts=slice(6))
        assert done(node, 3)
        assert (len(seen), seen[-1]) == (2, "made")
        assert peer.modalities() == ["SEG", "SR"]
        outlined = next(one for one in peer.objects.values() if one.Modality == "SEG")
        assert outlined.NumberOfFrames >= len(last.images)  # of every slice, not of the first six


def test_a_crash_and_a_limit_of_time_fail_one_study_and_the_next_goes_on(start, study, monkeypatch):
    real, crashed = Child.work, []

    def crashes(child, job, seconds, stop):
        if job.images.endswith("/1"):
            process = child._running()
            process.kill()
            crashed.append(job.images)
            return real(child, job, seconds, stop)
        return real(child, job, seconds, stop)

    monkeypatch.setattr(Child, "work", crashes)
    with PeerArchive() as peer:
        node = start(archive=peer.table, limits={"failures": 1})
        send_study(node.receiver.port, another(study, 1))
        send_study(node.receiver.port, another(study, 2))
        assert until(lambda: states(node) == {1: "failed", 2: "sent"}, WAIT_S)
        assert len(crashed) == 1
        assert node.queue.table()[0][4] == "its process ended (signal 9)"
        assert peer.modalities() == ["SEG", "SR"]
        monkeypatch.undo()
        assert node.queue.retry() == 1
        assert done(node, 2)
        # the queue cannot be written when a study is done
        told, finish = [], node.queue.finish_work

        def full(*arguments):
            told.append(1)
            if len(told) == 1:
                raise sqlite3.OperationalError("database or disk is full")
            return finish(*arguments)

        monkeypatch.setattr(node.queue, "finish_work", full)
        send_study(node.receiver.port, another(study, 3))
        assert done(node, 3)
        assert len(told) == 2


def test_a_second_node_on_the_same_folder_is_refused(start):
    from ONFHAssistLib.core.errors import InputError

    node = start()
    with pytest.raises(InputError, match="Another node works on"):
        Node(node.settings)


def test_images_are_not_removed_while_one_is_being_taken(tmp_path, study):
    node = Node(settings_of(tmp_path / "node", limits={"keep_days": 0.0}))
    try:
        number = node.queue.number_of(study.uid)
        node.queue.add_image(number, "1.2", "x")
        node.queue.leave(node.queue.claim_work(0.0), "a knee")
        folder = node.incoming.study_folder(number)
        folder.mkdir()
        with node.incoming.storing:
            cleaning = threading.Thread(target=node._clean_up)
            cleaning.start()
            cleaning.join(0.5)
            assert folder.exists()
            node.queue.add_image(number, "1.3", "x")  # it is acknowledged, so it stays
        cleaning.join(20)
        assert folder.exists()
        node.queue.leave(node.queue.claim_work(0.0), "a knee")
        node._clean_up()
        assert not folder.exists()
    finally:
        node.close()

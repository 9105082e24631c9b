"""What comes in: named callers only, within limits, on the disk before it is acknowledged, a line for each refusal."""

from __future__ import annotations

import copy
import io
import logging
import socket
import struct
import time

import pytest
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, JPEG2000Lossless
from support.node_studies import send_study, settings_of
from support.orthanc import until

from ONFHAssistLib.node.log import LOG
from ONFHAssistLib.node.metrics import Metrics
from ONFHAssistLib.node.queue import Queue
from ONFHAssistLib.node.receiving.incoming import (
    FULL,
    KEPT_FIRST,
    MISMATCH,
    STORED,
    UNREADABLE_OBJECT,
    Incoming,
)
from ONFHAssistLib.node.receiving.receiver import Receiver


class Lines(logging.Handler):
    """Lines of the node's log."""

    def __init__(self):
        super().__init__()
        self.found = []

    def emit(self, record):
        self.found.append(record.getMessage())


@pytest.fixture
def lines():
    handler = Lines()
    LOG.addHandler(handler)
    yield handler.found
    LOG.removeHandler(handler)


@pytest.fixture
def receive(tmp_path):
    """``receive(object_mb=1)`` gives a listening receiver with these limits, its queue beside it."""
    made = []

    def begin(**limits):
        settings = settings_of(tmp_path, limits={"idle_s": 1.0, **limits})
        queue = Queue(tmp_path / "queue.sqlite")
        receiver = Receiver(
            settings.listen, settings.limits, Incoming(tmp_path / "images", queue, settings.limits), Metrics()
        )
        receiver.start()
        receiver.queue, receiver.folder = queue, tmp_path / "images"
        made.append(receiver)
        return receiver

    yield begin
    for one in made:
        one.close()
        one.queue.close()


def changed(study, at=0, **tags):
    """A study of which one image has other tags."""
    made = copy.deepcopy(study)
    for name, value in tags.items():
        setattr(made.images[at], name, value)
    return made


def test_an_image_lies_on_the_disk_and_in_the_queue_once_it_is_acknowledged(receive, study, lines):
    receiver = receive()
    assert set(send_study(receiver.port, study)) == {STORED}
    assert receiver.queue.table() == [(1, "receiving", len(study.images) + 1, 0, "")]
    assert len(list((receiver.folder / "1").glob("*.dcm"))) == len(study.images) + 1
    assert set(send_study(receiver.port, study)) == {STORED}  # the same again
    assert receiver.queue.table()[0][2] == len(study.images) + 1
    assert lines == []


def test_callers_that_are_not_named_are_refused_in_one_line(receive, study, lines):
    receiver = receive()
    assert send_study(receiver.port, study, caller="STRANGER") == []
    assert until(lambda: lines, 5)
    assert lines == [
        "refused: an association of 'STRANGER': not one of the callers, another title called, or too many"
    ]
    assert receiver.queue.table() == []


def test_the_first_of_two_images_of_one_identifier_stays(receive, study, lines):
    receiver = receive()
    send_study(receiver.port, study, parts=slice(1))
    first = next((receiver.folder / "1").iterdir()).read_bytes()
    assert send_study(receiver.port, changed(study, Rows=1), parts=slice(1)) == [KEPT_FIRST]
    assert next((receiver.folder / "1").iterdir()).read_bytes() == first
    assert lines == ["kept: an image of study 1 came again with another content; the first stays"]


@pytest.mark.parametrize(
    ("tags", "status", "said"),
    [
        ({"PixelData": b"\0\0"}, UNREADABLE_OBJECT, "an image whose pixels are cut"),
        ({"StudyInstanceUID": "../../etc"}, MISMATCH, "an object whose StudyInstanceUID is none"),
        ({"Rows": 0}, UNREADABLE_OBJECT, "an image without a size"),
    ],
)
def test_images_that_could_not_be_worked_up_are_refused(receive, study, lines, tags, status, said):
    receiver = receive()
    assert send_study(receiver.port, changed(study, **tags), parts=slice(1)) == [status]
    assert lines == [f"refused: {said}"]
    assert receiver.queue.table() == []


def test_a_full_disk_and_counts_above_the_limits_are_refused_until_there_is_room(receive, study, lines):
    receiver = receive(study_objects=3, waiting_studies=1)
    assert send_study(receiver.port, study, parts=slice(4)) == [STORED, STORED, STORED, FULL]
    other = changed(study, StudyInstanceUID="1.2.3", at=4)
    assert send_study(receiver.port, other, parts=slice(4, 5)) == [FULL]
    receiver._incoming._limits = settings_of(receiver.folder, limits={"free_mb": 1 << 40}).limits
    assert send_study(receiver.port, other, parts=slice(4, 5)) == [FULL]
    assert ["3 images" in lines[0], "1 studies wait" in lines[1], "of the disk are free" in lines[2]] == [
        True
    ] * 3
    assert receiver.queue.table()[0][2] == 3


def test_an_object_above_the_limit_is_hung_up_on_before_it_is_whole(receive, study, lines):
    receiver = receive(object_mb=1)
    big = changed(study, PixelData=bytes(5 << 20))
    assert send_study(receiver.port, big, parts=slice(1)) in ([-1], [])
    assert until(lambda: lines, 5)
    assert lines == ["refused: an object of 'CALLER' above 1 MB"]


@pytest.mark.parametrize(
    "content",
    [b"", b"GET / HTTP/1.0\r\n\r\n", struct.pack(">BBL", 1, 0, 0xFFFFFFF0), b"\x01\0\0\0\0\x44half"],
)
def test_whatever_a_stranger_says_ends_with_one_line_and_holds_no_place(receive, study, lines, content):
    receiver = receive(associations=2)
    for _ in range(3):  # more than places, were they held
        with socket.create_connection(("127.0.0.1", receiver.port), timeout=20) as line:
            line.sendall(content)
            line.shutdown(socket.SHUT_WR)
            while line.recv(4096):
                pass
    assert until(lambda: len(lines) == 3, 10)
    assert set(lines) == {"refused: a connection without a DICOM association"}
    assert send_study(receiver.port, study, parts=slice(1)) == [STORED]


def test_half_a_unit_is_waited_for_no_longer_than_the_limit(receive, lines):
    receiver = receive()
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", receiver.port), timeout=20) as line:
        line.sendall(b"\x01\0\0\0\0\x44half")
        assert line.recv(1) == b""
    assert time.monotonic() - begun < 15
    assert until(lambda: lines == ["refused: a connection without a DICOM association"], 5)


def test_a_caller_that_waits_for_no_answer_is_hung_up_on_before_it_fills_the_memory(receive, study, lines):
    from pynetdicom import AE
    from pynetdicom.dimse_primitives import C_STORE
    from pynetdicom.dsutils import encode

    receiver, image = receive(), study.images[0]
    entity = AE("CALLER")
    entity.add_requested_context(image.SOPClassUID, ExplicitVRLittleEndian)
    link = entity.associate("127.0.0.1", receiver.port, ae_title="ONFH")
    with receiver._incoming.storing:  # the first is not answered yet
        for number in range(1, 6):
            request = C_STORE()
            request.MessageID, request.Priority = number, 2
            request.AffectedSOPClassUID, request.AffectedSOPInstanceUID = (
                image.SOPClassUID,
                image.SOPInstanceUID,
            )
            request.DataSet = io.BytesIO(encode(image, False, True))
            link.dimse.send_msg(request, 1)
        assert until(lambda: lines, 10)
    link.abort()
    assert lines[0] == "refused: the rest of what 'CALLER' sent: it does not wait for answers"


def test_deflated_objects_whose_size_nobody_knows_are_not_taken(receive, study):
    from pynetdicom import AE

    receiver = receive()
    entity = AE("CALLER")
    entity.add_requested_context(study.images[0].SOPClassUID, DeflatedExplicitVRLittleEndian)
    entity.add_requested_context(study.images[0].SOPClassUID, JPEG2000Lossless)
    link = entity.associate("127.0.0.1", receiver.port, ae_title="ONFH")
    taken = [one.transfer_syntax[0] for one in link.accepted_contexts]
    link.release()
    assert taken == [JPEG2000Lossless]

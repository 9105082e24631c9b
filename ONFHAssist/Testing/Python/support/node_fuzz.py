"""Damaged objects and associations against a node: it lives, refuses, and writes one line of its log for each."""

from __future__ import annotations

import contextlib
import io
import re
import socket
import struct
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.filewriter import write_dataset
from pynetdicom import AE
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.presentation import build_context
from pynetdicom.sop_class import Verification
from support.node_process import NodeProcess
from support.node_studies import CALLER, Study, another, first_study, settings_of
from support.orthanc import until

from ONFHAssistLib.node.archives.dimse import quiet_network

A_TIME = 25  # objects of one association
_LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (INFO|WARNING|ERROR) ")
_LENGTHS = (0, 1, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)


def damaged(content: bytes, draw: np.random.Generator) -> bytes:
    """The bytes with one to three changes: others, cut, doubled, or a length that is not one."""
    made = bytearray(content)
    for _ in range(int(draw.integers(1, 4))):
        at = int(draw.integers(0, max(1, min(len(made), 1500))))  # the headers are at the beginning
        kind = int(draw.integers(0, 5))
        if kind == 0:
            made[at : at + 1] = bytes([int(draw.integers(0, 256))])
        elif kind == 1:
            del made[int(draw.integers(1, len(made) + 1)) :]
        elif kind == 2:
            made[at:at] = bytes(draw.integers(0, 256, int(draw.integers(1, 64)), dtype=np.uint8))
        elif kind == 3:
            made[at : at + 4] = struct.pack("<L", int(draw.choice(_LENGTHS)))
        else:
            del made[at : at + int(draw.integers(1, 64))]
        if not made:
            return b"\0"
    return bytes(made)


def encoded(dataset: Dataset) -> bytes:
    """A data set without its file's beginning, as a sender puts it on the line."""
    stream = pydicom.filebase.DicomBytesIO()
    stream.is_little_endian, stream.is_implicit_VR = True, False
    write_dataset(stream, dataset)
    return bytes(stream.getvalue())


class Attacker:
    """Speaks to a node.

    Attributes:
        ends: what became of what it sent.
    """

    def __init__(self, port: int, study: Study, seed: int) -> None:
        quiet_network()
        self.port, self.study, self.draw = port, study, np.random.default_rng(seed)
        self.ends: Counter = Counter()
        self.plain = [encoded(one) for one in study.images]
        self.stream = recorded(port, study.images[0])

    def associate(self):
        """A proper association."""
        entity = AE(CALLER)
        entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = 20
        context = build_context(self.study.images[0].SOPClassUID, ["1.2.840.10008.1.2.1"])
        return entity.associate("127.0.0.1", self.port, [context, build_context(Verification)], "ONFH")

    def objects(self, count: int) -> None:
        """Damaged objects by proper associations."""
        link = self.associate()
        for _ in range(count):
            if not link.is_established or link.dimse.maximum_pdu_size is None:
                self.ends["association ended by the node"] += 1
                link = self.associate()
            place = int(self.draw.integers(0, len(self.plain)))
            status = self.store(link, damaged(self.plain[place], self.draw), self.study.images[place])
            self.ends[f"object {status}"] += 1
        link.release()

    @staticmethod
    def store(link, content: bytes, announced: Dataset) -> str:
        """Send bytes as an object; how the node answered."""
        message = C_STORE()
        message.MessageID, message.Priority = 1, 2
        message.AffectedSOPClassUID, message.AffectedSOPInstanceUID = (
            announced.SOPClassUID,
            announced.SOPInstanceUID,
        )
        message.DataSet = io.BytesIO(content)
        link._reactor_checkpoint.clear()  # else the association's own thread takes the answer
        until(lambda: link._is_paused, 5)
        link.dimse.send_msg(message, 1)
        _, answer = link.dimse.get_msg(block=True)
        link._reactor_checkpoint.set()
        return "unanswered" if answer is None else "taken" if answer.Status == 0 else f"{answer.Status:04X}"

    def connection(self) -> None:
        """A damaged, cut or aborted stream of association, object and release."""
        kind = int(self.draw.integers(0, 4))
        whole = b"".join(self.stream)
        if kind == 0:
            content = damaged(whole, self.draw)
        elif kind == 1:
            content = whole[: int(self.draw.integers(0, len(whole) - 10))]
        elif kind == 2:  # an abort somewhere
            content = b"".join(self.stream[: int(self.draw.integers(1, len(self.stream)))]) + bytes.fromhex(
                "07000000000400000000"
            )
        else:
            content = bytes(self.draw.integers(0, 256, int(self.draw.integers(1, 2000)), dtype=np.uint8))
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), timeout=20) as line,
        ):
            line.sendall(content)
            line.shutdown(socket.SHUT_WR)
            while line.recv(4096):
                pass
        self.ends["connection"] += 1


def recorded(port: int, image: Dataset) -> list[bytes]:
    """The units that a sender puts on the line: association, object, release."""
    sent: list[bytes] = []
    entity = AE(CALLER)
    link = entity.associate(
        "127.0.0.1", port, [build_context(image.SOPClassUID, ["1.2.840.10008.1.2.1"])], "ONFH"
    )
    assert link.is_established
    real = link.dul.socket.send

    def send(content: bytes) -> None:
        sent.append(bytes(content))
        real(content)

    link.dul.socket.send = send
    link.send_c_store(image)
    link.release()
    primitive = link.requestor.primitive
    from pynetdicom.pdu import A_ASSOCIATE_RQ

    request = A_ASSOCIATE_RQ()
    request.from_primitive(primitive)
    return [request.encode(), *sent]


def run_fuzz(folder: Path, count: int, seed: int, limit_s: float) -> list[str]:
    """Print what happened; a line for everything that is not as it should be."""
    study = first_study(folder / "first")
    settings = settings_of(
        folder / "node",
        limits={"free_mb": 1, "work_s": 60.0, "idle_s": 5.0, "waiting_studies": 2000},
        quiet_s=2.0,
    )
    node = NodeProcess(settings, folder / "service")
    node.start()
    begun, memory = time.monotonic(), []
    attacker = Attacker(settings.listen.port, another(study, 1), seed)
    sent = 0
    while sent < count and time.monotonic() - begun < limit_s:
        attacker.objects(A_TIME)
        for _ in range(A_TIME):
            attacker.connection()
        sent += 2 * A_TIME
        memory.append(node.memory()[0])
    healthy = whole_study(settings.listen.port, another(study, 2))
    until(lambda: not sum(node.health()["studies"][state] for state in ("receiving", "working")), 300)
    states = node.health()["studies"]
    code = node.stop()
    wrong = [] if healthy and code == 0 else [f"after it: study taken {healthy}, exit code {code}"]
    wrong += lines_of(node.log.read_text(encoding="utf-8"), attacker.ends, sent)
    print(
        f"{sent} in {time.monotonic() - begun:.0f} s: "
        + ", ".join(f"{k} {v}" for k, v in sorted(attacker.ends.items()))
    )
    parts = np.array_split(np.array(memory), min(10, len(memory)))
    print("MB of the node, by tenths of the run:", *(f"{np.median(part):.0f}" for part in parts))
    print("studies at the end:", states)
    print("\n".join(wrong) or "the node lives, takes a whole study, and wrote one line for each")
    return wrong


def whole_study(port: int, study: Study) -> bool:
    """Whether a whole study is taken."""
    from support.node_studies import send_study

    return send_study(port, study) == [0] * (len(study.images) + 1)


def lines_of(log: str, ends: Counter, sent: int) -> list[str]:
    """What is wrong with the log: others than lines of its form, or not one a refusal."""
    lines = log.splitlines()
    wrong = [f"no line of the log: {line[:100]}" for line in lines if not _LINE.match(line)][:5]
    objects = sum(
        " refused: an object" in line or " refused: an image" in line or " kept: an " in line
        for line in lines
    )
    links = sum(" refused: a connection" in line or " refused: an association" in line for line in lines)
    links += sum(" refused: the rest" in line for line in lines)
    said = sum(
        count
        for end, count in ends.items()
        if end.startswith("object") and end not in ("object taken", "object unanswered")
    )
    print(f"{len(lines)} lines: {objects} on objects ({said} refused by proper associations),")
    print(f"{links} on {ends['connection']} connections")
    if objects < said:
        wrong.append(f"{said - objects} refused objects without a line")
    if len(lines) > sent * 1.1 + 2000:
        wrong.append("more lines than refusals")
    return wrong

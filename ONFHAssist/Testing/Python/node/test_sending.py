"""``onfh dicom send`` and a link with TLS: all or nothing, by name, tried again where it may help."""

from __future__ import annotations

import shutil
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydicom.uid import MRImageStorage
from support.node_studies import send_study, settings_of
from support.orthanc import free_port
from support.peer_archive import PeerArchive

from ONFHAssistLab import cli
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.node.archives.address import Archive, Secret, Tls
from ONFHAssistLib.node.archives.exchange import query_series, query_studies, send, tried
from ONFHAssistLib.node.archives.objects import ArchiveError, read_sendable


@pytest.fixture
def onfh(capfd):
    """``onfh("dicom", ...)`` returns (exit code, standard output, standard error)."""

    def call(*arguments):
        capfd.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        return code, *capfd.readouterr()

    return call


def test_send_asks_before_it_sends_and_then_sends_all(onfh, study, tmp_path):
    with PeerArchive() as peer:
        archive = tmp_path / "pacs.toml"
        archive.write_text(f'host = "127.0.0.1"\nport = {peer.port}\ntitle = "PEER"\ntries = 1\n')
        folder = study.files[0].parent
        code, out, err = onfh("dicom", "send", archive, folder)
        assert (code, out, peer.objects) == (2, "", {})
        assert "nobody agreed that they may go to pacs" in err
        code, out, err = onfh("dicom", "send", archive, folder, "--yes", "--json")
        assert (code, len(peer.objects)) == (0, len(study.files)), err
        peer.answer = lambda _: 0xA700
        code, _, err = onfh("dicom", "send", archive, study.files[0], "--yes")
        assert (code, err.count("\n")) == (2, 1)
        assert "status A700h, out of resources" in err
        code, _, err = onfh("dicom", "send", archive, archive, "--yes")
        assert "is no DICOM object that could be sent; nothing was sent" in err


def test_a_kind_that_an_archive_does_not_take_keeps_everything_here(study):
    with PeerArchive(kinds=[MRImageStorage]) as peer:
        with pytest.raises(
            ArchiveError, match=r"Peer does not take Segmentation Storage .*; nothing was sent"
        ):
            send(Archive(**peer.table), read_sendable(study.files))
        assert peer.objects == {}


def test_an_archive_that_is_away_is_tried_again_with_longer_waits():
    away = Archive(
        name="Peer", host="127.0.0.1", port=free_port(), title="PEER", tries=3, wait_s=2.0, timeout_s=2.0
    )
    pauses, calls = [], []

    def work():
        calls.append(1)
        return query_studies(Archive(**{**vars(away), "tries": 1}), PatientID="1")

    with pytest.raises(ArchiveError, match="Peer does not answer at its address and port"):
        tried(away, work, pauses.append)
    assert (len(calls), pauses) == (3, [2.0, 4.0])


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """Self-signed certificates of two names, each its own authority."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    for name in ("ours", "strange"):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2",
             "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / f"{name}.key",
             "-out", folder / f"{name}.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
    return folder


def tls_of(folder, name: str, authority: str) -> Tls:
    return Tls(str(folder / f"{authority}.pem"), str(folder / f"{name}.pem"), str(folder / f"{name}.key"))


def test_only_a_caller_with_a_certificate_of_the_authority_is_heard_and_the_archive_is_checked(
    certificates, study
):
    ours, strange = tls_of(certificates, "ours", "ours"), tls_of(certificates, "strange", "ours")
    with PeerArchive(tls=ours.context(server=True)) as peer:
        files = read_sendable(study.files[:1])
        send(Archive(**peer.table, tls=ours), files)
        assert len(peer.objects) == 1
        for wrong in (strange, tls_of(certificates, "ours", "strange"), None):
            with pytest.raises(ArchiveError):
                send(Archive(**{**peer.table, "timeout_s": 3.0}, tls=wrong), files)
        assert peer.arrivals == 1


def test_a_node_with_tls_hears_nobody_without_and_a_silent_caller_holds_up_nobody(
    certificates, study, tmp_path
):
    import socket

    from ONFHAssistLib.node.metrics import Metrics
    from ONFHAssistLib.node.queue import Queue
    from ONFHAssistLib.node.receiving.incoming import Incoming
    from ONFHAssistLib.node.receiving.receiver import Receiver

    tls = vars(tls_of(certificates, "ours", "ours"))
    settings = settings_of(
        tmp_path,
        listen={"tls": {name: tls[name] for name in ("authority", "certificate", "key")}},
        limits={"idle_s": 5.0},
    )
    queue = Queue(tmp_path / "queue.sqlite")
    receiver = Receiver(
        settings.listen, settings.limits, Incoming(tmp_path / "images", queue, settings.limits), Metrics()
    )
    receiver.start()
    try:
        with socket.create_connection(("127.0.0.1", receiver.port)):  # says nothing
            there = Archive(name="node", host="127.0.0.1", port=receiver.port, title="ONFH", calling="CALLER", tries=1,
                            tls=tls_of(certificates, "ours", "ours"), timeout_s=10.0)  # fmt: skip
            send(there, read_sendable(study.files[:1]))
        assert send_study(receiver.port, study) == []
        assert queue.table()[0][2] == 1
    finally:
        receiver.close()
        queue.close()


def test_tls_files_that_do_not_belong_together_are_named(certificates):
    with pytest.raises(InputError, match=r"TLS cannot be set up with .*ours.pem"):
        Tls(
            str(certificates / "ours.pem"), str(certificates / "ours.pem"), str(certificates / "strange.key")
        ).context()
    with pytest.raises(InputError, match="needs 'certificate' and 'key' of its own"):
        Tls().context(server=True)


@contextmanager
def web_archive(content: bytes, tls=None):
    """The port of an archive that answers every question by DICOMweb with the same content."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "application/dicom+json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join(10)


def test_a_key_with_a_passphrase_is_opened_for_dicomweb(certificates, tmp_path):
    subprocess.run(
        ["openssl", "ec", "-in", certificates / "ours.key", "-aes256", "-passout", "pass:geheim", "-out",
         tmp_path / "locked.key"],
        check=True, capture_output=True,
    )  # fmt: skip
    (tmp_path / "phrase").write_text("geheim\n")
    certificate = str(certificates / "ours.pem")
    locked = Tls(
        certificate, certificate, str(tmp_path / "locked.key"), Secret(file=str(tmp_path / "phrase"))
    )
    nobody = Tls(certificate)
    with web_archive(b"[]", tls_of(certificates, "ours", "ours").context(server=True)) as port:
        there = {"name": "Peer", "url": f"https://127.0.0.1:{port}/", "tries": 1, "timeout_s": 10.0}
        assert query_studies(Archive(**there, tls=locked), PatientID="1") == []
        with pytest.raises(ArchiveError):
            query_studies(Archive(**there, tls=nobody), PatientID="1")


@pytest.mark.parametrize("knows_offset", [True, False])
def test_pages_end_also_where_an_archive_knows_no_offset(knows_offset):
    from ONFHAssistLib.node.archives.web import _all_pages

    answers = [{"0020000D": {"Value": [str(number)]}} for number in range(5)]

    def search(offset):
        begin = offset if knows_offset else 0
        return answers[begin : begin + 2]

    assert _all_pages(search) == (answers if knows_offset else answers[:2])


def test_an_answer_that_is_not_of_dicomweb_is_the_archives_fault():
    with web_archive(b"<html>") as port:
        there = Archive(name="Peer", url=f"http://127.0.0.1:{port}/", tries=1, timeout_s=10.0)
        with pytest.raises(ArchiveError, match="Peer does not answer at its URL"):
            query_studies(there, PatientID="1")
        with pytest.raises(ArchiveError, match="Peer gives at its URL no answer of DICOMweb"):
            query_series(there, "no identifier")

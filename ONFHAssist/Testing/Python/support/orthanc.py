"""A real archive beside the tests: Orthanc (Debian package) on loopback, on a folder and ports of its own."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("Orthanc")
PLUGIN = Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
TITLE = "ARCHIVE"
_START_S = 60.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def until(holds: Callable[[], object], seconds: float) -> bool:
    """Whether something comes to hold within a time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


class Orthanc:
    """An archive on a folder; ``with`` starts and ends it."""

    def __init__(self, folder: Path, node_title: str = "ONFH", node_port: int = 0) -> None:
        self.folder, self.port, self.web = folder, free_port(), free_port()
        folder.mkdir(parents=True, exist_ok=True)
        settings = {
            "Name": "test", "StorageDirectory": str(folder / "storage"), "IndexDirectory": str(folder / "storage"),
            "DicomAet": TITLE, "DicomPort": self.port, "HttpPort": self.web, "RemoteAccessAllowed": False,
            "HttpBindAddresses": ["127.0.0.1"], "AuthenticationEnabled": False, "DicomCheckCalledAet": True,
            "DicomCheckModalityHost": False, "DicomAlwaysAllowStore": False, "DicomAlwaysAllowFind": False,
            "DicomAlwaysAllowGet": False, "DicomAlwaysAllowMove": False, "DicomAlwaysAllowEcho": False,
            "DicomModalities": {"node": {"AET": node_title, "Host": "127.0.0.1", "Port": node_port or free_port(),
                                         "AllowGet": True, "AllowMove": True, "AllowFind": True, "AllowStore": True}},
            "OverwriteInstances": False, "StableAge": 1, "Plugins": [str(PLUGIN)] if PLUGIN.is_file() else [],
            "DicomWeb": {"Enable": True, "Root": "/dicom-web/"}, "ConcurrentJobs": 2, "DicomScuTimeout": 10,
        }  # fmt: skip
        self._config = folder / "orthanc.json"
        self._config.write_text(json.dumps(settings), encoding="utf-8")
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> Orthanc:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start, and wait until it answers."""
        assert PROGRAM is not None
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen([PROGRAM, str(self._config)], stdout=log, stderr=log)
        assert until(self._answers, _START_S), (self.folder / "log").read_text(
            encoding="utf-8", errors="replace"
        )[-2000:]

    def _answers(self) -> bool:
        assert self._process is not None and self._process.poll() is None, (self.folder / "log").read_text()[
            -2000:
        ]
        try:
            return bool(self.ask("system"))
        except OSError:
            return False

    def stop(self) -> None:
        """End it, at once where it does not by itself."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)

    @property
    def table(self) -> dict[str, Any]:
        """Of an archive in the node's settings, by DIMSE."""
        return {
            "name": "Orthanc",
            "host": "127.0.0.1",
            "port": self.port,
            "title": TITLE,
            "timeout_s": 20.0,
            "tries": 1,
        }

    @property
    def url(self) -> str:
        """Of its DICOMweb service."""
        return f"http://127.0.0.1:{self.web}/dicom-web"

    def ask(self, path: str, content: Any = None, raw: bytes | None = None) -> Any:
        """Its REST interface."""
        data = raw if raw is not None else None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.web}/{path}", data=data)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def put(self, path: Path) -> str:
        """A file into the archive; Orthanc's name of its study."""
        return str(self.ask("instances", raw=path.read_bytes())["ParentStudy"])

    def send_to_node(self, study: str) -> None:
        """Have it send a study to the node, as a rule of an archive would."""
        self.ask("modalities/node/store", {"Resources": [study], "Synchronous": True, "Timeout": 60})

    def series(self, study: str) -> dict[str, list[str]]:
        """Modality to the SOP Instance UIDs of a study's series of it."""
        found: dict[str, list[str]] = {}
        for one in self.ask(f"studies/{study}/series"):
            for name in one["Instances"]:
                uid = self.ask(f"instances/{name}/simplified-tags")["SOPInstanceUID"]
                found.setdefault(one["MainDicomTags"]["Modality"], []).append(uid)
        return found

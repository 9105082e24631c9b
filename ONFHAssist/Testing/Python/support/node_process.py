"""The node as a service runs it: a process of its own, started, killed and started again on the same folder."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil
from support.orthanc import until

from ONFHAssistLib.core.serial import to_json_value
from ONFHAssistLib.node.settings import NodeSettings

_START_S = 120.0
_PACKAGES = Path(__file__).resolve().parents[3]


def toml_of(content: dict[str, Any], above: str = "") -> str:
    """TOML of nested dictionaries of text, numbers, truth values and lists of these."""
    plain = {
        name: value for name, value in content.items() if value is not None and not isinstance(value, dict)
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in plain.items()]
    for name, value in content.items():
        if isinstance(value, dict) and value:
            lines += [f"[{above}{name}]", toml_of(value, f"{above}{name}.")]
    return "\n".join(lines)


class NodeProcess:
    """A node; its log goes to a file beside its settings."""

    def __init__(self, settings: NodeSettings, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.settings, self.config, self.log = settings, folder / "node.toml", folder / "node.log"
        self.config.write_text(toml_of(to_json_value(settings)), encoding="utf-8")
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "ONFHAssistLib", "node", "--config", str(self.config)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=_PACKAGES)
        assert until(self._answers, _START_S), self.log.read_text(encoding="utf-8")[-2000:]

    def _answers(self) -> bool:
        assert self._process is not None and self._process.poll() is None, self.log.read_text()[-2000:]
        try:
            return bool(self.health())
        except OSError:
            return False

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(30)

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        assert self._process is not None
        self._process.terminate()
        try:
            return self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait(30)

    def page(self, name: str) -> str:
        """A page of its status server."""
        address = f"http://127.0.0.1:{self.settings.status_port}/{name}"
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:  # 503 has a page, too
            return str(error.read().decode())

    def health(self) -> dict[str, Any]:
        """Its page of that name."""
        found: dict[str, Any] = json.loads(self.page("health"))
        return found

    def memory(self) -> tuple[float, float]:
        """Resident megabytes of the node, and of its child; 0 where there is none."""
        assert self._process is not None
        try:
            whole = psutil.Process(self._process.pid)
            children = sum(one.memory_info().rss for one in whole.children(recursive=True))
            return whole.memory_info().rss / 1e6, children / 1e6
        except psutil.Error:
            return 0.0, 0.0

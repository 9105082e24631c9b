"""Many studies through a node that is killed, an archive that is restarted and a link that is cut."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
from pydicom.uid import generate_uid
from support.cut_link import CutLink
from support.node_process import NodeProcess
from support.node_studies import Study, another, first_study, settings_of
from support.orthanc import Orthanc, free_port, until

TWICE = 10  # every tenth study is sent twice, every tenth gets a further series when it was sent


class Feeder(threading.Thread):
    """The archive's rule: each study goes to the node, again where that did not take it."""

    def __init__(
        self, archive: Orthanc, studies: list[str], late: dict[str, list[Path]], stop: threading.Event
    ) -> None:
        super().__init__(daemon=True)
        self.archive, self.studies, self.late, self.halt = archive, studies, late, stop
        self.sent, self.tries = 0, 0

    def run(self) -> None:
        """Send all of them."""
        for place, name in enumerate(self.studies):
            for _ in range(2 if place % TWICE == 3 else 1):
                self._send(name)
            if name in self.late:
                for path in self.late[name]:
                    self._again(lambda path=path: self.archive.put(path))
                self._send(name)
            self.sent += 1

    def _send(self, name: str) -> None:
        self._again(lambda: self.archive.send_to_node(name))

    def _again(self, work) -> None:
        while not self.halt.is_set():
            self.tries += 1
            try:
                work()
                return
            except OSError:  # the node or the archive is away
                time.sleep(0.5)


def run_studies(folder: Path, count: int, kills: int, cut_s: float, seed: int, limit_s: float) -> list[str]:
    """Print what happened; a line for everything that is not as it should be."""
    draw = np.random.default_rng(seed)
    first = first_study(folder / "first")
    port, stop, begun = free_port(), threading.Event(), time.monotonic()
    with Orthanc(folder / "orthanc", node_port=port) as archive:
        names, late = filled(archive, first, folder, count)
        print(
            f"{count} studies of {len(first.images) + 1} objects in the archive after {time.monotonic() - begun:.0f} s",
            flush=True,
        )
        link = CutLink(archive.port)
        settings = settings_of(
            folder / "node",
            listen={"port": port},
            archive={**archive.table, "port": link.port, "timeout_s": 10.0},
            quiet_s=2.0,
        )
        node = NodeProcess(settings, folder / "service")
        node.start()
        begun = time.monotonic()
        feeder = Feeder(archive, names, late, stop)
        feeder.start()
        events = planned(draw, kills, count)
        memory, done = [], 0
        while time.monotonic() - begun < limit_s:
            done = sum(node.health()["studies"][state] for state in ("sent", "left", "failed"))
            if events and done >= events[0][0]:
                happens(events.pop(0)[1], node, archive, link, cut_s)
            memory.append((done, *node.memory()))
            if not feeder.is_alive() and not events and quiet(node, count):
                break
            time.sleep(0.5)
        stop.set()
        feeder.join(30)
        seconds = time.monotonic() - begun
        until(lambda: quiet(node, count), 30)
        states = node.health()["studies"]
        code = node.stop()
        link.close()
        wrong = judged(archive, names, states, count)
    wrong += [] if code == 0 else [f"the node ended with exit code {code}"]
    log = node.log.read_text(encoding="utf-8")
    wrong += ["a name or number stands in the log"] if "Geheim" in log or "NR-" in log else []
    report(memory, states, seconds, feeder, log, kills)
    print("\n".join(wrong) or f"each of {count} studies has exactly one set of results, none is lost")
    return wrong


def filled(
    archive: Orthanc, first: Study, folder: Path, count: int
) -> tuple[list[str], dict[str, list[Path]]]:
    """The archive with its studies: Orthanc's name of each, and of some the files of a series that comes later."""
    names, late = [], {}
    for number in range(count):
        study = another(first, number).write(folder / "studies" / str(number))
        names.append({archive.put(path) for path in study.files}.pop())
        if number % TWICE == 7:
            extra = another(first, number)
            for one in extra.images:
                one.SeriesInstanceUID = generate_uid(entropy_srcs=["late", one.SeriesInstanceUID])
                one.SOPInstanceUID = generate_uid(entropy_srcs=["late", one.SOPInstanceUID])
                one.file_meta.MediaStorageSOPInstanceUID = one.SOPInstanceUID
                one.SeriesDescription, one.SeriesNumber, one.BodyPartExamined = "Knee", 9, "KNEE"
            extra.images, extra.drawn = extra.images[:-1], extra.images[-1]
            late[names[-1]] = extra.write(folder / "late" / str(number)).files
    return names, late


def planned(draw: np.random.Generator, kills: int, count: int) -> list[tuple[int, str]]:
    """After how many studies which event comes."""
    moments = [(int(at), "kill") for at in draw.integers(0, count - 2, kills)]
    moments += [(int(count * 0.3), "restart"), (int(count * 0.7), "restart"), (int(count * 0.5), "cut")]
    return sorted(moments)


def happens(event: str, node: NodeProcess, archive: Orthanc, link: CutLink, cut_s: float) -> None:
    """Kill, restart or cut; a moment of chance before, so that it hits anything."""
    time.sleep(float(np.random.default_rng().uniform(0, 2)))
    if event == "kill":
        node.kill()
        node.start()
    elif event == "restart":
        archive.stop()
        time.sleep(5)
        archive.start()
    else:
        link.cut()
        time.sleep(cut_s)
        link.mend()


def quiet(node: NodeProcess, count: int) -> bool:
    """Whether all studies are done."""
    states = node.health()["studies"]
    return sum(states.values()) == count and states["sent"] + states["left"] + states["failed"] == count


def judged(archive: Orthanc, names: list[str], states: dict[str, int], count: int) -> list[str]:
    """What is not as it should be: each study has one report, which refers to one segmentation that is there."""
    wrong = [] if states["sent"] == count else [f"states at the end: {states}"]
    for name in names:
        found = archive.series(name)
        if len(found.get("SR", [])) != 1 or len(found.get("SEG", [])) != 2:  # the reader's and ours
            wrong.append(
                f"{name}: {len(found.get('SR', []))} reports, {len(found.get('SEG', []))} segmentations"
            )
    return wrong


def report(
    memory: list, states: dict[str, int], seconds: float, feeder: Feeder, log: str, kills: int
) -> None:
    """Figures of a run."""
    print(
        f"{states['sent']} studies in {seconds:.0f} s with {kills} SIGKILL; sent to the node with {feeder.tries} tries"
    )
    tens = np.array_split(np.array(memory), 10)
    print("MB of the node, by tenths of the run:", *(f"{np.median(part[:, 1]):.0f}" for part in tens))
    print("MB of its child, by tenths of the run:", *(f"{np.median(part[:, 2]):.0f}" for part in tens))
    again, away = log.count("worked up in"), log.count("not sent")
    print(
        f"worked up {again} times, {away} times the archive was away, {log.count('grew meanwhile')} grew while worked on"
    )

"""One command on one changed input, and whether it ended as a program should: done, or refused in one line.

A fault is: another exit code than 0 or 2, an exception that reaches the last frame, a refusal that printed an answer,
more than one line or wrote a file, an answer that is no JSON object, an input that was changed, a gigabyte of memory, or
time.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import numpy as np

from ONFHAssistLab import cli

from .input_corpus import Sample
from .input_mutations import mutate

MEMORY = 1 << 30  # bytes more than before the command
_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class TooLong(BaseException):
    """Not an Exception, so that nothing beneath takes it for its own."""


@dataclass(frozen=True)
class Outcome:
    """What became of one mutation.

    Attributes:
        number: with the seed it gives the same mutation again.
        done: what was changed.
        command: the command line, with IN and OUT.
        code: exit code.
        said: standard error, or the end of the traceback.
        faults: empty where all is as it should be.
        where: the innermost line of the project, of an exception.
    """

    number: int
    kind: str
    done: str
    command: str
    code: int
    said: str
    faults: tuple[str, ...]
    where: str
    seconds: float
    memory: int


def check_mutation(samples: Sequence[Sample], seed: int, number: int, limit: float | None = None) -> Outcome:
    """Draw a sample, a command and a change by ``seed`` and ``number``, and run them.

    Args:
        limit: seconds by the clock after which the command is ended; None where the caller sees to that.
    """
    generator = np.random.default_rng([seed, number])
    shares = np.array([sample.share for sample in samples])
    sample = samples[int(generator.choice(len(samples), p=shares / shares.sum()))]
    command = sample.commands[int(generator.integers(len(sample.commands)))]
    with tempfile.TemporaryDirectory(prefix="inputs-") as name:
        place = Path(name)
        shutil.copytree(sample.folder, place / "in")
        files = sorted({path for pattern in sample.changed for path in (place / "in").glob(pattern)})
        done = mutate(place / "in", files, generator)
        if sample.repaired is not None:
            sample.repaired(place / "in")
        code, _, err, where, seconds, memory, faults = _run(place, command, limit)
    line = "onfh " + " ".join(command)
    return Outcome(number, sample.kind, done, line, code, err, tuple(faults), where, seconds, memory)


def check_unchanged(sample: Sample, command: Sequence[str]) -> tuple[int, str]:
    """Exit code and standard error of a command of the corpus on its own files."""
    with tempfile.TemporaryDirectory(prefix="inputs-") as name:
        shutil.copytree(sample.folder, Path(name) / "in")
        code, _, err, where, *_ = _run(Path(name), command, None)
    return code, err + where


def _run(place: Path, command: Sequence[str], limit: float | None) -> tuple:
    places = {"IN": str(place / "in"), "OUT": str(place / "out")}
    arguments = [_placed(word, places) for word in command] + ["--json"]
    before = _contents(place)
    where, started, at_start = "", time.perf_counter(), _memory(reset=True)
    with _caught(place) as streams, _limited(limit):
        try:
            os.environ["ONFH_DEBUG"] = "1"
            code = cli.run(arguments)
        except TooLong:
            code, where = -1, "time"
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            code = 1
            where = _innermost(error)
        finally:
            del os.environ["ONFH_DEBUG"]
    seconds, memory = time.perf_counter() - started, _memory() - at_start
    out, err = streams
    faults = list(_faults(code, out, err, where))
    after = _contents(place)
    written = sorted(set(after) - set(before))
    if code != 0 and written:
        faults.append(f"wrote {written[0]} and more" if len(written) > 1 else f"wrote {written[0]}")
    if {name: after.get(name) for name in before} != before:
        faults.append("changed its input")
    if any("Unexpected " in path.read_text(encoding="utf-8") for path in place.glob("out/*.csv")):
        faults.append("an unexpected reason in a table")
    if memory > MEMORY:
        faults.append(f"took {memory >> 20} MB")
    return code, out, err, where, seconds, memory, faults


def _placed(word: str, places: dict[str, str]) -> str:
    start, slash, rest = word.partition("/")
    return places.get(start, start) + slash + rest


def _faults(code: int, out: str, err: str, where: str) -> Iterator[str]:
    if where == "time":
        yield "took too long"
    elif code not in (0, 2):
        yield f"exit code {code}"
    elif code == 2:
        if out:
            yield "printed an answer with a refusal"
        if not err.startswith("onfh: ") or err.count("\n") != 1:
            yield "not one line"
    else:
        try:
            if not isinstance(json.loads(out), dict):
                yield "no object"
        except ValueError:
            yield "no JSON"
        if err:
            yield "words on standard error"
    if "Traceback" in err:
        yield "traceback"


def _innermost(error: BaseException) -> str:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "ONFHAssistL" in f.filename]
    frames = [f for f in frames if f"cli{os.sep}__init__" not in f.filename] or frames
    last = frames[-1] if frames else None
    place = f"{Path(last.filename).name}:{last.lineno} {last.name}" if last else "?"
    return f"{type(error).__name__} in {place}: {' '.join(str(error).split())[:150]}"


def _contents(place: Path) -> dict[str, tuple[int, int]]:
    inside = (path for path in place.rglob("*") if path.name not in ("stdout", "stderr"))
    return {
        path.relative_to(place).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        if path.is_file()
        else (0, 0)
        for path in inside
    }


@contextlib.contextmanager
def _caught(place: Path) -> Iterator[list[str]]:
    """Standard output and error of Python and of the libraries beneath, as a shell would see them."""
    import sys

    result: list[str] = []
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    streams = sys.stdout, sys.stderr
    with (
        (place / "stdout").open("w", encoding="utf-8") as out,
        (place / "stderr").open("w", encoding="utf-8") as err,
    ):
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.stdout, sys.stderr = out, err
        try:
            yield result
        finally:
            sys.stdout, sys.stderr = streams
            out.flush()
            err.flush()
            for number, saved in zip((1, 2), kept, strict=True):
                os.dup2(saved, number)
                os.close(saved)
    result += [(place / name).read_text(encoding="utf-8", errors="replace") for name in ("stdout", "stderr")]


@contextlib.contextmanager
def _limited(limit: float | None) -> Iterator[None]:
    if limit is None or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _memory(reset: bool = False) -> int:
    """Most bytes that this process has held since it was last reset; 0 where the system does not tell."""
    if reset:
        with contextlib.suppress(OSError):
            _RESET.write_text("5", encoding="ascii")
    try:
        line = next(t for t in _STATUS.read_text(encoding="ascii").splitlines() if t.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0
    return 1024 * int(line.split()[1])

"""Whether every damaged file ends in an answer or in one sentence: thousands of changes to files of every kind.

    python benchmarks/check_inputs.py [--mutations 10000] [--seed 15] [--minutes 20] [--only NUMBER ...] [--kind TEXT]

A corpus of small inputs (DICOM of each sort, segmentations, NIfTI, NRRD, tables, parameter files, bundles) is made by
code, changed at random and given to the commands, in a child process that is replaced where it dies. Prints a summary by
kind and every fault once with the number of a mutation that shows it; ends with 1 if there was any. Same seed, same
mutations.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "ONFHAssist" / "Testing" / "Python"))

from support.input_checks import MEMORY, Outcome, check_mutation, check_unchanged  # noqa: E402
from support.input_corpus import Sample, make_corpus  # noqa: E402

SECONDS = 60.0  # by the clock, for one mutation
EACH = 400  # mutations of one child, so that what a library keeps does not add up


def main() -> None:
    """Make the corpus, run all mutations, print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="inputs-") as folder:
        samples = make_corpus(Path(folder))
        samples, refused = _that_work(samples)
        if options.kind:
            samples = [sample for sample in samples if options.kind in sample.kind]
        numbers = options.only or range(options.first, options.first + options.mutations)
        print(f"{len(samples)} samples, {len(numbers)} mutations, seed {options.seed}", flush=True)
        started = time.perf_counter()
        outcomes = []
        for outcome in _all_outcomes(samples, options.seed, list(numbers), bool(options.only)):
            outcomes.append(outcome)
            if time.perf_counter() - started > 60 * options.minutes:
                print(f"ended after {options.minutes:g} minutes", flush=True)
                break
    faulty = _report(outcomes, time.perf_counter() - started)
    sys.exit(1 if faulty or refused else 0)


def _that_work(samples: list[Sample]) -> tuple[list[Sample], int]:
    """The samples with the commands that read them while nothing is changed, and how many commands did not."""
    kept, refused = [], 0
    for sample in samples:
        good = []
        for command in sample.commands:
            code, said = check_unchanged(sample, command)
            if code == 0:
                good.append(command)
            else:
                refused += 1
                print(f"{sample.kind}: unchanged, and exit {code} by {' '.join(command)}: {said}", flush=True)
        if good:
            kept.append(replace(sample, commands=tuple(good)))
    return kept, refused


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--first", type=int, default=0, help="number of the first mutation")
    parser.add_argument("--only", type=int, nargs="+", help="just these mutations, with what they said")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end after so long")
    parser.add_argument("--kind", help="only samples whose kind holds this text")
    return parser.parse_args()


def _all_outcomes(samples: list[Sample], seed: int, numbers: list[int], loud: bool) -> Iterator[Outcome]:
    """Outcomes in order; a child that dies or hangs costs its mutation and no other."""
    while numbers:
        mine, theirs = multiprocessing.Pipe()
        child = multiprocessing.Process(target=_serve, args=(samples, seed, numbers[:EACH], theirs))
        child.start()
        theirs.close()
        try:
            for number in numbers[:EACH]:
                outcome = _received(mine, number)
                numbers = numbers[1:]
                if loud or outcome.faults:
                    _tell(outcome)
                yield outcome
                if outcome.code < -1:
                    break
        finally:
            child.kill()
            child.join()


def _tell(outcome: Outcome) -> None:
    print(f"{outcome.number} [{outcome.kind}] {outcome.done} | {outcome.command}")
    print(
        f"    exit {outcome.code}, {outcome.seconds:.1f} s, {outcome.memory >> 20} MB {outcome.faults} {outcome.where}"
    )
    print(f"    {outcome.said.strip()[-400:]}", flush=True)


def _received(pipe: Connection, number: int) -> Outcome:
    try:
        if pipe.poll(2 * SECONDS):
            return pipe.recv()
        return _lost(number, "hangs in a library")
    except EOFError:
        return _lost(number, "the process died")


def _lost(number: int, fault: str) -> Outcome:
    return Outcome(number, "unknown", "", "", -2, "", (fault,), fault, 0.0, 0)


def _serve(samples: list[Sample], seed: int, numbers: list[int], pipe: Connection) -> None:
    warnings.simplefilter("default")
    _limit_memory()
    for number in numbers:
        pipe.send(check_mutation(samples, seed, number, SECONDS))


def _limit_memory() -> None:
    """Refuse more than three times the memory that a mutation may take, where the system can."""
    try:
        import resource
    except ImportError:
        return
    status = Path("/proc/self/status")
    if status.exists():
        line = next(t for t in status.read_text(encoding="ascii").splitlines() if t.startswith("VmData"))
        most = 1024 * int(line.split()[1]) + 3 * MEMORY
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _report(outcomes: list[Outcome], seconds: float) -> int:
    """Print the summary; returns the number of faulty mutations."""
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    examples: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        ended = "fault" if outcome.faults else "answered" if outcome.code == 0 else "refused"
        by_kind[outcome.kind][ended] += 1
        if outcome.faults:
            examples[f"{', '.join(outcome.faults)}; {outcome.where.split(': ')[0]}"].append(outcome)
    print(f"\n{'kind':28} {'answered':>9} {'refused':>9} {'fault':>9}")
    for kind, counts in sorted(by_kind.items()):
        print(f"{kind:28} {counts['answered']:9} {counts['refused']:9} {counts['fault']:9}")
    faulty = sum(counts["fault"] for counts in by_kind.values())
    slowest, largest = (max(outcomes, key=lambda o: o.seconds), max(outcomes, key=lambda o: o.memory))
    print(
        f"{len(outcomes)} mutations in {seconds:.0f} s ({len(outcomes) / seconds:.1f} a second), {faulty} faults"
    )
    print(f"slowest {slowest.seconds:.1f} s ({slowest.number}: {slowest.kind}, {slowest.done})")
    print(f"most memory {largest.memory >> 20} MB ({largest.number}: {largest.kind}, {largest.done})")
    for name, found in sorted(examples.items(), key=lambda item: -len(item[1])):
        print(f"{len(found)} x {name}: {', '.join(str(o.number) for o in found[:6])}")
    return faulty


if __name__ == "__main__":
    main()

"""``onfh cohort review``: the contact sheet of a cohort, its local server, decisions taken back, tables of the review."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ONFHAssistLib.core.errors import InputError

from ..output import JsonFlag, emit, progress_bar, table

if TYPE_CHECKING:
    from ONFHAssistLib.cohort.review.decisions import Decision
    from ONFHAssistLib.cohort.review.folder import ReviewFolder
    from ONFHAssistLib.cohort.review.sheet import SheetChoice
    from ONFHAssistLib.cohort.review.state import ReviewState
    from ONFHAssistLib.cohort.review.worklist import Worklist


@dataclass
class _Answer:
    """What the command prints: fields for machines, lines for people."""

    fields: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def tell(self, line: str, **fields: Any) -> None:
        self.lines.append(line)
        self.fields |= fields


def review(
    cohort: Annotated[Path, typer.Argument(help="Folder of a cohort that was worked up.")],
    out: Annotated[
        Path | None, typer.Option(help="The contact sheet; sheet.html in the folder by default.")
    ] = None,
    serve: Annotated[
        bool,
        typer.Option(
            "--serve", help="Show the sheet from a local server, which keeps each decision at once."
        ),
    ] = False,
    port: Annotated[
        int, typer.Option(help="With --serve: port on this computer; 0 for a free one.", min=0, max=65535)
    ] = 0,
    reader: Annotated[str, typer.Option(help="Whose sheet it is; else the page asks.")] = "",
    take: Annotated[
        list[Path] | None,
        typer.Option("--take", help="Decisions that were saved from a sheet; may be given again."),
    ] = None,
    blind: Annotated[
        bool | None,
        typer.Option(
            "--blind/--not-blind", help="Whether readers see each other's decisions before both are done."
        ),
    ] = None,
    agreement: Annotated[bool, typer.Option("--agreement", help="Print how far the readers agree.")] = False,
    corrected: Annotated[bool, typer.Option("--corrected", help="Print what is corrected most.")] = False,
    rows: Annotated[
        Path | None, typer.Option("--table", help="CSV of every hip with its doubt and all decisions.")
    ] = None,
    training_table: Annotated[
        Path | None, typer.Option(help="CSV of the confirmed outlines, for onfh train outliner --cohort.")
    ] = None,
    most: Annotated[
        int, typer.Option(help="Only so many of the most doubtful hips on the sheet; 0 for all.", min=0)
    ] = 0,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Show whose each case is beside its key.")
    ] = False,
    workers: Annotated[int, typer.Option(help="Processes that draw the pictures.")] = 1,
    json: JsonFlag = False,
) -> None:
    """Quality control: a contact sheet of all hips, the most doubtful first, to accept, reject and comment."""
    from ONFHAssistLib.cohort.review.folder import open_folder
    from ONFHAssistLib.cohort.review.state import ReviewState

    folder, answer = open_folder(cohort), _Answer()
    state = ReviewState(folder.path)
    if blind is not None:
        state.set_blind(blind, reader)
        answer.tell(
            "Readers are blind to each other." if blind else "Readers see each other's decisions.",
            blind=blind,
        )
    if training_table is not None:
        _training(folder, state, training_table, answer)
    asked = bool(take or agreement or corrected or rows)
    if asked or serve or out is not None or not answer.lines:
        pictures = serve or out is not None or not (asked or answer.lines)
        with progress_bar("Looking") as report:
            from ONFHAssistLib.cohort.review.worklist import worklist

            found = worklist(folder, pictures, workers, report)
        for path, decided in [(path, _checked(path, found, state)) for path in take or ()]:
            _take(path, decided, state, answer)
        _tables(folder, state, found, answer, agreement, corrected, rows)
        if pictures:
            choice = _choice(folder, state, reader, with_names, most)
            if not serve or out is not None:
                _sheet(folder, found, out, choice, answer)
            if serve:
                _serve(folder, found, choice, port)
    emit(answer.fields, json, lambda console: console.print(*answer.lines, sep="\n"))


def _training(folder: ReviewFolder, state: ReviewState, path: Path, answer: _Answer) -> None:
    from ONFHAssistLib.cohort.review.decisions import by_reader
    from ONFHAssistLib.cohort.review.summary import both_done
    from ONFHAssistLib.cohort.review.training_rows import write_training_table

    judged = by_reader(
        state.rows(), {(c.key, s): o for c in folder.good for s, o in c.outlines_sha256.items()}
    )
    if state.blind and not both_done(judged, folder.hips):
        raise InputError("The study is blind: the training table is written when two readers are done.")
    count = write_training_table(folder, state, path)
    answer.tell(f"{path}: {count} confirmed outlines.", training_table=path, outlines=count)


def _checked(path: Path, found: Worklist, state: ReviewState) -> list[Decision]:
    """The decisions of a file that may be taken, without the corrections that are there already."""
    from ONFHAssistLib.cohort.review.decisions import CORRECTED, read_decisions

    _cohort, decided = read_decisions(path)  # of a cohort that has grown since, too
    strange = next((row for row in decided if (row.case, row.side) not in found.outlines), None)
    if strange is not None:
        raise InputError(
            f"{path} judges {strange.case} {strange.side}, which this cohort does not have; name the cohort it is of."
        )
    known = set(state.rows())
    if any(row.kind == CORRECTED and row not in known for row in decided):
        raise InputError(f"{path} holds a correction, which only the Cohort panel makes; nothing was taken.")
    return [row for row in decided if row.kind != CORRECTED]


def _take(path: Path, decided: Sequence[Decision], state: ReviewState, answer: _Answer) -> None:
    added = state.add(decided)
    answer.tell(
        f"{path}: {len(decided)} rows, {added} of them new.",
        taken=int(answer.fields.get("taken", 0)) + added,
    )


def _tables(
    folder: ReviewFolder,
    state: ReviewState,
    found: Worklist,
    answer: _Answer,
    agreement: bool,
    corrected: bool,
    rows: Path | None,
) -> None:
    from ONFHAssistLib.cohort.review import summary

    judged = summary.judgements(state, found)
    hips = [(hip.case, hip.side) for hip in found.hips]
    open_to_all = not state.blind or summary.both_done(judged, hips)
    if agreement:
        pairs = summary.agreements(folder, state, found)
        for one in pairs:
            answer.lines.append(
                f"{one.readers[0]} and {one.readers[1]}: {one.hips} hips decided by both, {one.same:.0%} alike, kappa "
                f"{one.kappa:.2f} ({one.low:.2f} to {one.high:.2f})"
                + "".join(f", Dice of the {name} {value:.3f}" for name, value in one.dice.items())
                + "."
            )
        if not pairs:
            answer.lines.append("Fewer than two readers have decided anything.")
        answer.fields["agreement"] = [
            {**vars(one), "table": {" / ".join(k): n for k, n in one.table.items()}} for one in pairs
        ]
    if corrected:
        if not open_to_all:
            raise InputError("The study is blind: what is corrected most is told when two readers are done.")
        found_most = summary.corrected_most(state.corrections(), judged, found.hips)
        answer.fields["corrected"] = [vars(row) for row in found_most]
        columns = ("by", "", "corrected", "of judged", "Dice", "ml moved")
        cells = [
            (r.group, r.name, r.corrected, r.judged or "", f"{r.dice:.3f}", f"{r.moved_ml:.2f}")
            for r in found_most
        ]
        answer.lines.append(table("What is corrected most", columns, cells))  # type: ignore[arg-type]  # rich prints it
    if rows is not None:
        if not open_to_all:
            raise InputError(
                "The study is blind: the table of decisions is written when two readers are done."
            )
        _write_rows(rows, summary.review_rows(folder, found, judged))
        answer.tell(f"{rows}: {len(found.hips)} hips.", table=rows)
    if open_to_all:
        answer.fields["readers"] = {name: summary.counts(its, hips) for name, its in judged.items()}


def _write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    from ONFHAssistLib.core.atomic_files import write_text

    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]) if rows else ["case", "side"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_text(path, stream.getvalue())


def _choice(
    folder: ReviewFolder, state: ReviewState, reader: str, with_names: bool, most: int
) -> SheetChoice:
    from ONFHAssistLib.cohort.review.sheet import SheetChoice

    names = {case.key: case.patient for case in folder.good if case.patient != case.key} if with_names else {}
    start = tuple(row for row in state.rows() if reader and row.reader == reader)
    return SheetChoice(reader, start, "", names, state.identity(), most)


def _sheet(
    folder: ReviewFolder, found: Worklist, out: Path | None, choice: SheetChoice, answer: _Answer
) -> None:
    from ONFHAssistLib.cohort.review.sheet import FILE, write_sheet

    path = write_sheet(found, folder.path.resolve().name, out or folder.path / FILE, choice)
    size = path.stat().st_size
    said = f"; {len(found.failures)} cases without outlines" if found.failures else ""
    answer.tell(
        f"{path}: {len(found.hips)} hips, {size / 1e6:.1f} MB{said}.",
        sheet=path,
        hips=len(found.hips),
        bytes=size,
        failures=dict(found.failures),
    )


def _serve(folder: ReviewFolder, found: Worklist, choice: SheetChoice, port: int) -> None:
    from ONFHAssistLib.cohort.review.server import ReviewServer

    server = ReviewServer(folder, found, choice, port)
    sys.stderr.write(f"Open {server.address}\nCtrl+C ends it; every decision is kept as it is made.\n")
    sys.stderr.flush()
    try:
        server.run()
    except KeyboardInterrupt:
        sys.stderr.write("\n")

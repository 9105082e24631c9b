"""``onfh node``: a service that works through studies, and a look at its queue."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from ..output import JsonFlag, emit, table


def node(
    config: Annotated[Path, typer.Option(help="TOML file of the node; see Docs/node.md.")],
    check: Annotated[
        bool, typer.Option("--check", help="Read the file, say what it means, and end.")
    ] = False,
    queue: Annotated[bool, typer.Option("--queue", help="List the studies of the queue and end.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Take up the studies that failed, and end.")] = False,
    json: JsonFlag = False,
) -> None:
    """Receive studies, work up those that are hip MRI, and send the objects back, until it is stopped.

    One line of the log an event, on standard error, without identity. SIGTERM ends it; nothing is lost.
    """
    from ...node.log import set_up_log
    from ...node.settings import read_settings

    settings = read_settings(config)
    if check:
        answer = {
            "title": settings.listen.title, "host": settings.listen.host, "port": settings.listen.port,
            "callers": list(settings.listen.callers), "archive": settings.archive.name,
            "elsewhere": list(settings.elsewhere), "steps": list(settings.steps),
            "encrypted": settings.listen.tls is not None,
        }  # fmt: skip
        rows = [
            (name, ", ".join(value) if isinstance(value, list) else str(value))
            for name, value in answer.items()
        ]
        emit(answer, json, lambda console: console.print(table(f"Node of {config.name}", ("", ""), rows)))
        return
    if queue or retry:
        _look(settings.root, retry, json)
        return
    from ...node.service import Node

    set_up_log()
    made = Node(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: made.stop.set())
    made.run()


def _look(folder: Path, retry: bool, json: bool) -> None:
    from ...core.errors import InputError
    from ...node.queue import Queue

    path = folder / "queue.sqlite"
    if not path.is_file():
        raise InputError(f"{folder} holds no queue; start the node once.")
    looked = Queue(path)
    taken = looked.retry() if retry else 0
    rows = looked.table()
    looked.close()
    columns = ("study", "state", "images", "sets", "reason")
    answer = {"studies": [dict(zip(columns, row, strict=True)) for row in rows], "taken_up": taken}
    note = f"{taken} studies are taken up again." if retry else ""
    emit(answer, json, lambda console: console.print(table(f"{len(rows)} studies", columns, rows, note)))

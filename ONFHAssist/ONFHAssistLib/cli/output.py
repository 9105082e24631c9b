"""How commands speak: one JSON object for machines, a table for people, progress on standard error."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Protocol

import numpy as np
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

JsonFlag = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on standard output and nothing else.")
]


class Report(Protocol):
    """Takes the share of the work that is done, 0 to 1, and what is being done."""

    def __call__(self, fraction: float, text: str = "") -> None: ...


def emit(result: Mapping[str, Any], as_json: bool, show: Callable[[Console], None]) -> None:
    """Print ``result`` as JSON, or let ``show`` print it for a person."""
    if as_json:
        sys.stdout.write(json.dumps(json_ready(result), allow_nan=False, ensure_ascii=False) + "\n")
    else:
        show(Console())


def json_ready(value: Any) -> Any:
    """``value`` as JSON can hold it: paths as text, arrays as lists, NaN and infinity as null."""
    if isinstance(value, Mapping):
        return {str(key): json_ready(item) for key, item in value.items()}
    if isinstance(value, str | bool | int) or value is None:
        return value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, np.ndarray | np.generic):
        return json_ready(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Sequence | set):
        return [json_ready(item) for item in value]
    raise TypeError(f"a {type(value).__name__} does not go into JSON")


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], note: str = "") -> Table:
    """A rich table; numbers are right-aligned."""
    result = Table(title=title, title_justify="left", caption=note or None, caption_justify="left")
    for index, column in enumerate(columns):
        numeric = all(isinstance(row[index], int | float) for row in rows)
        result.add_column(column, justify="right" if numeric else "left")
    for row in rows:
        result.add_row(*(f"{cell:.4g}" if isinstance(cell, float) else str(cell) for cell in row))
    return result


@contextmanager
def progress_bar(description: str) -> Iterator[Report]:
    """A progress bar on standard error where that is a terminal; yields ``report(fraction, text)``."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(description, total=1.0)

        def report(fraction: float, text: str = "") -> None:
            bar.update(task, completed=fraction, description=text or description)

        yield report


def emit_figures(result: Mapping[str, Any], title: str, json: bool) -> None:
    """``metrics`` of a result as a table with intervals, and below it its warnings, report and bundle."""
    rows = [
        (name, "-" if m["value"] is None else f"{m['value']:.3f}", _ends(m["low"], m["high"]))
        for name, m in result["metrics"].items()
    ]
    paths = [str(result[key]) for key in ("report", "bundle") if result.get(key)]
    note = "\n".join([*result["warnings"], *paths])
    emit(
        result,
        json,
        lambda console: console.print(table(title, ("figure", "value", "95% interval"), rows, note)),
    )


def _ends(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:.3f} to {high:.3f}"

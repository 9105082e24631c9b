"""``onfh bundles``: what models are there, and are they whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ONFHAssistLib.core.errors import InputError

from .output import JsonFlag, emit, table

app = typer.Typer(help="List and verify model bundles.", no_args_is_help=True)


@app.command("list")
def list_(json: JsonFlag = False) -> None:
    """Every bundle of the extension and of ONFHASSIST_MODELS, your own folder, and whether its hashes hold."""
    from ONFHAssistLib.bundles.bundle import list_bundles

    _emit(list_bundles(), json)


@app.command()
def verify(
    name: Annotated[
        str | None, typer.Argument(help="Name or folder of a bundle; all, where left out.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Check files, hashes and metadata; exit code 2 if a bundle is not valid."""
    from ONFHAssistLib.bundles.bundle import describe_bundle, list_bundles, load_bundle

    rows = list_bundles() if name is None else [describe_bundle(load_bundle(name).path)]
    invalid = [f"{row['name']}: {row['problem']}" for row in rows if not row["valid"]]
    if invalid:
        raise InputError(f"Not every bundle is valid: {'; '.join(invalid)}.")
    _emit(rows, json)


@app.command()
def use(
    candidate: Annotated[
        Path, typer.Argument(help="Folder of the bundle, such as a training has written it.")
    ],
    into: Annotated[
        Path | None, typer.Option(help="Folder of your own bundles; ONFHASSIST_MODELS if left out.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Put a bundle into use, in place of the one that answers for its kind; that one is kept beside."""
    from ONFHAssistLib.bundles.accepting import use_bundle

    done = use_bundle(candidate, into)
    result = {
        "bundle": str(done.bundle.path),
        "sha256": done.bundle.sha256,
        "earlier": None if done.earlier is None else str(done.earlier),
    }
    kept = "" if done.earlier is None else f" The one before it is kept in {done.earlier}."
    emit(result, json, lambda console: console.print(f"{done.bundle.path} is in use.{kept}"))


def _emit(rows: list[dict], as_json: bool) -> None:
    cells = [
        (
            row["name"] + (" (your own)" if row.get("own") else ""),
            row["kind"] or "",
            row["version"] or "",
            (row["sha256"] or "")[:12],
            row["problem"] or "valid",
        )
        for row in rows
    ]
    emit(
        {"bundles": rows},
        as_json,
        lambda console: console.print(
            table("Model bundles", ("name", "kind", "version", "sha256", "state"), cells, note=str(_folder()))
        ),
    )


def _folder() -> Path:
    from ONFHAssistLib.bundles.bundle import models_folder

    return models_folder()

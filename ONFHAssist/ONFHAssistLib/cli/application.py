"""The command tree of ``onfh``; each command's work is in the rooms, imported when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from ONFHAssistLib import __version__

from . import bundles, case, cohort, deep, demo, evaluate, readers, reproduce, simulate, survival, train

app = typer.Typer(
    name="onfh",
    help="Osteonecrosis of the femoral head: outline, radiomics, early diagnosis, no-collapse survival. "
    "Lengths in mm, volumes in ml, angles in degrees, coordinates LPS, sides R and L. For research only.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onfh {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


app.command("segment")(case.segment)
app.command("measure")(case.measure)
app.command("compare")(readers.compare)
app.command("consensus")(readers.consensus)
app.command("confirm")(readers.confirm)
app.command("agreement")(readers.agreement)
app.command("extract")(case.extract)
app.command("deep")(deep.deep)
app.command("predict")(case.predict)
app.command("simulate")(simulate.simulate)
app.command("demo")(demo.demo)
app.add_typer(cohort.app, name="cohort")
app.add_typer(survival.app, name="survival")
app.add_typer(reproduce.app, name="reproduce")
app.add_typer(train.app, name="train")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(bundles.app, name="bundles")

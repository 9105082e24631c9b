"""The commands of the product; each command's work is in the rooms, imported when it runs.

The laboratory adds its own (``ONFHAssistLab.cli``): the console script ``onfh`` has both.
"""

from __future__ import annotations

from typing import Annotated

import typer

from ONFHAssistLib import __version__

from . import (
    bundles,
    case,
    cohort,
    deep,
    dicom,
    exam,
    predict,
    readers,
    robustness,
    run_case,
    survival,
    update,
)
from .course import followup
from .network import node
from .plan import commands as plan
from .plan import drilling


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onfh {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[  # noqa: ARG001 - its callback has answered
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    language: Annotated[
        str, typer.Option(help="Language of reports and charts, such as zh-CN; tables and JSON stay English.")
    ] = "en",
) -> None:
    from ..core.language import choose

    choose(language)


def new_application() -> typer.Typer:
    """The command tree of the product, for a caller who adds commands of his own."""
    app = typer.Typer(
        name="onfh",
        help="Osteonecrosis of the femoral head: outline, radiomics, early diagnosis, no-collapse survival. "
        "Lengths in mm, volumes in ml, angles in degrees, coordinates LPS, sides R and L. For research only.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    app.command("segment")(case.segment)
    app.command("measure")(case.measure)
    app.command("compare")(readers.compare)
    app.command("consensus")(readers.consensus)
    app.command("confirm")(readers.confirm)
    app.command("agreement")(readers.agreement)
    app.command("extract")(case.extract)
    app.command("deep")(deep.deep)
    app.command("robustness")(robustness.robustness)
    app.command("predict")(predict.predict)
    app.command("run")(run_case.run)
    app.command("series")(exam.series)
    app.command("exam")(exam.exam)
    app.command("followup")(followup.followup)
    app.command("drill")(drilling.drill)
    app.command("update")(update.update)
    app.command("node")(node.node)
    app.add_typer(cohort.app, name="cohort")
    app.add_typer(survival.app, name="survival")
    app.add_typer(bundles.app, name="bundles")
    app.add_typer(plan.app, name="plan")
    app.add_typer(dicom.app, name="dicom")
    return app


app = new_application()

"""All commands of ``onfh``: those of the product, with those of the laboratory beside them."""

from __future__ import annotations

from ONFHAssistLib.cli.application import new_application

from . import demo, evaluate, reproduce, simulate, train

app = new_application()
app.command("simulate")(simulate.simulate)
app.command("demo")(demo.demo)
app.add_typer(reproduce.app, name="reproduce")
app.add_typer(train.app, name="train")
app.add_typer(evaluate.app, name="evaluate")

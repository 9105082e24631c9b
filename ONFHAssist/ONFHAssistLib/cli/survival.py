"""``onfh survival``: no-collapse survival after core decompression."""

from __future__ import annotations

from typing import Annotated

import typer

from ONFHAssistLib.errors import InputError

from .output import JsonFlag, emit, table

app = typer.Typer(help="No-collapse survival after core decompression.", no_args_is_help=True)


@app.command()
def clinical(
    arco: Annotated[str, typer.Option(help="ARCO stage before drilling: I, II or IIIA.")],
    oedema: Annotated[str, typer.Option(help="Bone marrow oedema on MRI: yes or no.")],
    angle: Annotated[float, typer.Option(help="Combined necrotic angle in degrees.")],
    months: Annotated[
        list[float] | None, typer.Option(help="Months after surgery, up to 60; may be repeated.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """The published clinical model of the DLRC study as a calculator."""
    from ONFHAssistLib.survival.clinical import ClinicalInput, predict

    if oedema not in ("yes", "no"):
        raise InputError(f"--oedema is '{oedema}'; 'yes' or 'no' is accepted.")
    estimate = predict(ClinicalInput(arco, oedema == "yes", angle), tuple(months or (36, 60)))
    rows = [
        (f"{month:g}", f"{100 * s:.1f}%", f"{100 * low:.1f} to {100 * high:.1f}%")
        for month, s, low, high in zip(*estimate.as_dict().values(), strict=True)
    ]
    emit(
        estimate.as_dict(),
        json,
        lambda console: console.print(
            table(
                f"No-collapse survival: ARCO {arco}, oedema {oedema}, combined necrotic angle {angle:g}°",
                ("month", "survival", "95% interval"),
                rows,
                note="Published clinical model of 212 hips after multiple drilling; not validated on your patients.",
            )
        ),
    )

"""``onfh deep``: the 512 deep features of one region, and where in the slice they come from."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.names import case_name

from .case import ImageArgument, SeriesOption
from .output import JsonFlag, emit
from .reading import EchoOption, StackOption, counted, files_read, with_notes


def deep(
    image: ImageArgument,
    mask: Annotated[Path, typer.Argument(help="Label image on the same grid.")],
    label: Annotated[int, typer.Option(help="Label of the region in the mask.")] = 1,
    backbone: Annotated[
        str, typer.Option(help="Bundle, or a .pth file in torchvision's layout.")
    ] = "backbone-resnet18",
    out: Annotated[Path | None, typer.Option(help="CSV file for the features.")] = None,
    picture: Annotated[Path | None, typer.Option(help="PNG of the slice with its Grad-CAM.")] = None,
    series: SeriesOption = None,
    echo: EchoOption = None,
    stack: StackOption = None,
    json: JsonFlag = False,
) -> None:
    """Deep features of the slice in which the region is largest."""
    from ONFHAssistLib.case.features import feature_rows_as_csv
    from ONFHAssistLib.core.atomic_files import write_text
    from ONFHAssistLib.extract.deep import (
        extract_deep,
        grad_cam,
        load_backbone,
        load_torchvision_checkpoint,
    )
    from ONFHAssistLib.imaging.files import read_image, read_mask
    from ONFHAssistLib.segment.outline_sides import check_region

    for path, suffix in ((out, ".csv"), (picture, ".png")):
        if path is not None and path.suffix.lower() != suffix:
            raise InputError(f"'{path}' should end in {suffix}.")
    started = time.perf_counter()
    volume = read_image(image, series, echo=echo, stack=stack, lengths=False)
    labels = read_mask(mask, volume, None, (label,))
    side, found = check_region(volume, labels, (label,))
    warnings = with_notes(found, volume)
    network = load_torchvision_checkpoint(backbone) if backbone.endswith(".pth") else load_backbone(backbone)
    features = extract_deep(volume, labels, label, network)
    if picture is not None:
        picture.parent.mkdir(parents=True, exist_ok=True)
        grad_cam(volume, labels, label, network).save(picture)
    if out is not None:
        write_text(out, feature_rows_as_csv(case_name(image, volume.metadata), {side: features}))
    result = {
        "features": features,
        "backbone": network.name,
        "backbone_sha256": network.sha256,
        "side": side,
        "warnings": warnings,
        **files_read(volume),
        "out": out,
        "picture": picture,
        "seconds": time.perf_counter() - started,
    }
    places = " and ".join(str(path) for path in (out, picture) if path is not None)
    text = counted([f"512 features by {network.name}.", places, *warnings], volume)
    emit(result, json, lambda console: console.print(text))

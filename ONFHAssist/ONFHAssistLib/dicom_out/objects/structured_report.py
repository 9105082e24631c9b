"""All measurements and answers of a case as one Comprehensive 3D SR by TID 1500, Measurement Report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import highdicom as hd
from pydicom.dataset import Dataset
from pydicom.sr.codedict import codes as standard

from ... import __version__
from ...case.result import CaseResult
from ...core.errors import InputError
from .. import codes
from ..equipment import DEVICE_UID, MANUFACTURER, MODEL, coding_scheme
from ..source import Source
from .groups import Context, groups_of

NAME = "SR"


def structured_report(
    result: CaseResult,
    source: Source,
    context: Context,
    evidence: Sequence[Dataset],
    confirmed_by: str = "",
) -> hd.sr.Comprehensive3DSR:
    """The report of a case.

    Args:
        evidence: the other objects that it rests on, beside the images.
        confirmed_by: the reader who confirmed the outlines; "" where nobody did, and then no person stands in the report.

    Raises:
        InputError: nothing is outlined, so that there is nothing to report.
    """
    groups = groups_of(result, context)
    if not groups:
        raise InputError("The case holds neither outlines nor answers; work it up before it is exported.")
    content = hd.sr.MeasurementReport(
        observation_context=_observers(confirmed_by),
        procedure_reported=codes.PROCEDURE,
        imaging_measurements=groups,
        referenced_images=None if source.is_multiframe else list(source.headers),
    )
    if source.is_multiframe:
        _add_library(content, source.first)
    return hd.sr.Comprehensive3DSR(
        evidence=[*source.headers, *evidence],
        content=content,
        is_complete=True,
        coding_schemes=[coding_scheme()],
        **context.identifiers.common("SR", NAME, 1),
    )


def _observers(confirmed_by: str) -> hd.sr.ObservationContext:
    device = hd.sr.ObserverContext(
        standard.DCM.Device,
        hd.sr.DeviceObserverIdentifyingAttributes(
            DEVICE_UID, name=MODEL, manufacturer_name=MANUFACTURER, model_name=f"{MODEL} {__version__}"
        ),
    )
    person = None
    if confirmed_by:
        attributes = hd.sr.PersonObserverIdentifyingAttributes(confirmed_by)
        person = hd.sr.ObserverContext(standard.DCM.Person, attributes)
    return hd.sr.ObservationContext(observer_person_context=person, observer_device_context=device)


def _add_library(content: Any, header: Dataset) -> None:
    """The image library (TID 1600) of a multi-frame object; highdicom does not look for geometry in frames."""
    contains = hd.sr.RelationshipTypeValues.CONTAINS
    library = hd.sr.ContainerContentItem(standard.DCM.ImageLibrary, relationship_type=contains)
    group = hd.sr.ContainerContentItem(standard.DCM.ImageLibraryGroup, relationship_type=contains)
    image = hd.sr.ImageContentItem(
        codes.SOURCE,
        header.SOPClassUID,
        header.SOPInstanceUID,
        relationship_type=contains,
    )
    group.ContentSequence = hd.sr.ContentSequence([image])
    library.ContentSequence = hd.sr.ContentSequence([group])
    items = content[0].ContentSequence
    at = next(i for i, item in enumerate(items) if item.name == standard.DCM.ImagingMeasurements)
    items.insert(at, library)

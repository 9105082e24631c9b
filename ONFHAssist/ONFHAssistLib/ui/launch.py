"""What joins Slicer's own modules when the application starts, before any panel is opened."""

from __future__ import annotations

import slicer


def join_slicer() -> None:
    """Results of a case are known to *Export to DICOM* and to the DICOM browser, samples to the Sample Data module."""
    from .dicom.plugin import register

    register()
    slicer.app.connect("startupCompleted()", _register_samples)


def _register_samples() -> None:
    """Once Slicer is up; the module may not exist in a trimmed application."""
    from ..scene.sample_data import register_sample_data

    if hasattr(slicer.modules, "sampledata"):
        register_sample_data()

"""Slicer's DICOM database, its plugins and its *Export to DICOM*, without browser and network."""

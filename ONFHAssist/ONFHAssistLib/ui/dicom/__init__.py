"""Slicer's *Export to DICOM* and DICOM browser, and the one button, for the results of a case."""

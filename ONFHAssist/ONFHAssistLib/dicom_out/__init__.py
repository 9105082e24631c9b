"""A case's results as DICOM objects for the archive, and such objects back into a case (Docs/dicom.md)."""

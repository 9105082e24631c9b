"""Between the scene and Slicer's DICOM database."""

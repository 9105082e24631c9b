"""Objects for the archive: segmentations, report, heat, key images, printed report."""

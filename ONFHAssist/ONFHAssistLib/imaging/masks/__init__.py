"""Segmentations as files, each read as what it is, onto the voxels of its image."""

"""Widgets of CTK and Slicer with the names, properties and signals that scripts and ``.ui`` files use."""

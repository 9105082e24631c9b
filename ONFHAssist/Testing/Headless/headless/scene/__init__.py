"""What surrounds the MRML scene: files, views, charts, colour tables, the subject hierarchy, observers."""

"""Qt as 3D Slicer's scripts see it through PythonQt, made from PySide6, and ``.ui`` files."""

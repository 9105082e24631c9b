"""The work of ONFHAssist: plain Python, usable without 3D Slicer.

Only :mod:`ONFHAssistLib.scene` and :mod:`ONFHAssistLib.ui` know that Slicer exists. Nothing heavy is
imported here, because Slicer imports this package at launch.
"""

__version__ = "0.2.0"

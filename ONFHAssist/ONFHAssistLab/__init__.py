"""The laboratory of ONFHAssist: the simulator, the training of what ships, the studies again, the demo.

It uses the product (``ONFHAssistLib``), which never imports it. It ships with the extension, since hospitals train with
it; no module of Slicer imports it before *Train* is pressed.
"""

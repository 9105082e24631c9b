"""``python -m ONFHAssistLib.worker`` is the worker; see :mod:`.server`."""

from .server import main

main()

"""``python -m ONFHAssistLib`` is ``onfh``, for interpreters without the console script (PythonSlicer)."""

from ONFHAssistLib.cli import main

main()

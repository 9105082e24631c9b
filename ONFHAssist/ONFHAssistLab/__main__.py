"""``python -m ONFHAssistLab`` is ``onfh``, for interpreters without the console script (PythonSlicer)."""

from ONFHAssistLab.cli import main

main()

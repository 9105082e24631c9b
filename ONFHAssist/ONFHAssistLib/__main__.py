"""``python -m ONFHAssistLib`` is ``onfh`` without the laboratory; ``python -m ONFHAssistLab`` has all commands."""

from ONFHAssistLib.cli import main

main()

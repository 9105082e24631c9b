"""The process beside Slicer: its server, the tasks that a request can name, and a client."""

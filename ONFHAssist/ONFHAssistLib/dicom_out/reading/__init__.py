"""Objects from the archive back into a case."""

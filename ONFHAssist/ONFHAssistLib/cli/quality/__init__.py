"""Commands by which people look at what was computed."""

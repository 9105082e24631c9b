"""How module files become modules, the classes that they derive from, and ``SampleData``."""

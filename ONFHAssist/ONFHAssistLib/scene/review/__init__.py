"""A case of a cohort in the scene, for a reader who corrects it."""

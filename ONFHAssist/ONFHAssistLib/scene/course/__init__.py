"""A patient's course over several examinations in the scene."""

"""The page of a patient's course over several examinations."""

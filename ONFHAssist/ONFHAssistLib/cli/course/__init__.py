"""``onfh followup``."""

"""Examinations of one patient over time: each hip aligned on its bone, growth, sinking, tracks, the date of collapse."""

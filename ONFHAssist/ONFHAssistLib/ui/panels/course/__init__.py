"""*Follow-up* in ONFHSegment."""

"""Many cases at once: worked up, resumable, on one machine or a cluster (``run``), and their tables (``tables``)."""

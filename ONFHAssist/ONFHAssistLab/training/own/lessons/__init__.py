"""What each of the four networks learns from own patients, and by what it is judged."""

"""Many patients: worked up one by one, and looked at by readers."""

"""A case from images to one typed result."""

"""diplorel."""

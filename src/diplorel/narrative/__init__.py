"""Events and states in sentences."""

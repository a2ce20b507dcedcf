"""Events and states told in sentences."""

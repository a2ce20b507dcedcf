"""From events to the state of every relation on a day."""

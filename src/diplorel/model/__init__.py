"""Values without any input or output: dates, parties, ladders, sources, events and records."""

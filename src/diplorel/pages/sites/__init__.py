"""A site of a stream, and the pages for the review of what was added to a stream."""

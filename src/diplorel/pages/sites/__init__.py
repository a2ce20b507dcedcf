"""A site of a stream, and the pages by which what was added to one is reviewed."""

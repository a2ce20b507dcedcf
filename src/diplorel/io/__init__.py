"""Reading and writing: the codec, JSON Lines, TOML and the folder of a stream."""

"""Pure functions of replayed state: partners, rankings, differences, timelines."""

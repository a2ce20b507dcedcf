"""Pages of a log: one file each, in English or Vietnamese, for a screen, a phone and paper."""

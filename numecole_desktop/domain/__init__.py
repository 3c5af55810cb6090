"""Pure rules of Numécole: standard library only, no file, clock, database or window."""

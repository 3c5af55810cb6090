"""Use cases: one verb per function, shared by the command line and the window."""

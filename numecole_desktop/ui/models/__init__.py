"""Table models over plain rows; no query inside."""

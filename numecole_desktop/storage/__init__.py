"""The local base: an encrypted SQLite file that holds the journal and its projection."""

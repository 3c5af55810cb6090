"""Signed batches: envelope, keys, directory of devices, chains of events, files."""

"""Dialogs, all opened without blocking the event loop."""

"""The window: the only code that knows Qt, over services and domain values."""

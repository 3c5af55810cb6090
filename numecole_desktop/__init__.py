"""Numécole Desktop: declare, understand and print the digital equipment of schools, offline."""

__version__ = "0.1.0"

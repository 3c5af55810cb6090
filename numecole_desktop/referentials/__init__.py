"""Dated rules read from the data files under ``resources/``."""

"""Importers: foreign tables read as text cells with their origin, columns found by name."""

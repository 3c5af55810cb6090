"""Entry of a declaration: editors built from the questionnaire, draft, undo."""

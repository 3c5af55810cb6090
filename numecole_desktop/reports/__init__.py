"""PDF reports: plain view-models drawn on a tagged canvas (PDF/UA-1), nothing read from the base.

Import these modules inside functions: they bring reportlab, which the window does without when it
starts.
"""

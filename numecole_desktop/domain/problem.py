"""Failures that a user can understand and mend, apart from bugs."""

from __future__ import annotations

from numecole_desktop.domain.french import sentence_spaces


class Problem(Exception):  # noqa: N818 - not an error of the program
    """The environment or an input refuses what was asked (disk full, locked base, unreadable file).

    The message is a complete French sentence for the user: what, where, how to mend it. Plain
    spaces before « : ; ? ! % » and inside guillemets are made no-break. Nothing has been changed
    when it is raised.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence_spaces(sentence))

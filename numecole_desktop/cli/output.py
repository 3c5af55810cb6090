"""How the command line speaks: JSON on stdout, sentences and progress on stderr, refusals."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress as ProgressBar
from rich.table import Table

from numecole_desktop.cli.options import wants_json
from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.problem import Problem
from numecole_desktop.durable import reason
from numecole_desktop.services.workspace import Job

if TYPE_CHECKING:
    from numecole_desktop.services.profiles import WrittenProfiles

OK, REFUSED, PARTIAL = 0, 2, 3
_INTERRUPTED = 130


class _Terminal(Console):
    """A terminal, or what reads it; one that leaves (« | head ») stops nothing."""

    def on_broken_pipe(self) -> None:
        say_no_more()


# Paths and names of schools may hold « [x] » or « :x: », which rich would take for its own marks.
OUT = _Terminal(highlight=False, soft_wrap=True, markup=False, emoji=False)
ERR = _Terminal(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)

T = TypeVar("T")


def speak_any_text() -> None:
    """Let the terminal, if any, show what it can of a text that its encoding does not hold."""
    # Closed by whoever started the command: what is said there is lost, and nothing else.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - kept
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def interruptions_restored() -> Iterator[None]:
    """Ctrl+C means again what it meant before, whatever a command has made of it."""
    former = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


def print_json(document: object) -> None:
    """Write one JSON document on stdout, in UTF-8 whatever the terminal speaks."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        say_no_more()


def say_no_more() -> None:
    """Throw away what is still to be written: nobody reads it, or it cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def answer(as_json: bool, document: object, *said: str | Table) -> None:
    """Answer with one JSON document where it was asked for, else with sentences and tables."""
    if wants_json(as_json):
        print_json(document)
        return
    for part in said:
        OUT.print(part)


def say_written(as_json: bool, *paths: Path) -> None:
    """Tell which files were written."""
    answer(
        as_json,
        {"written": [str(path) for path in paths]},
        *(f"Écrit{NBSP}: {path}" for path in paths),
    )


def say_profiles(as_json: bool, report: WrittenProfiles, folder: Path, subject: str) -> NoReturn:
    """Tell of many profiles, and end: in part when some failed, each named as a ``subject``."""
    count = plural(len(report.written), "profil écrit", "profils écrits")
    failed = [{subject: name, "message": why} for name, why in report.failed]
    answer(
        as_json,
        {"written": [str(path) for path in report.written], "failed": failed},
        f"{count} dans {folder}",
    )
    if not wants_json(as_json):
        for name, why in report.failed:
            ERR.print(f"{name}{NBSP}: {why}")
    raise typer.Exit(PARTIAL if failed else OK)


def run(job: Job[T]) -> T:
    """Run a long job with a progress bar on stderr; returns what the job returns.

    The job is over when this leaves, however it leaves: the base may then be closed.
    """
    bar = ProgressBar(console=ERR, transient=True, disable=not ERR.is_terminal)
    with closing(job), bar:
        task = bar.add_task("", total=None)
        while True:
            try:
                step = next(job)
            except StopIteration as end:
                # What was done is done: it is too late to interrupt, its outcome is to be told.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                report: T = end.value
                return report
            bar.update(
                task,
                description=escape(step.label),
                completed=step.done,
                total=step.total or None,
            )


def leave(code: int | None) -> NoReturn:
    """End with the exit code of a command; an interruption is said."""
    if code == _INTERRUPTED:
        refuse(typer.Abort())
    sys.exit(code or OK)


def refuse(problem: Exception) -> NoReturn:
    """End with exit code 2 and a sentence, never a traceback."""
    if isinstance(problem, Problem):
        ERR.print(str(problem))
    elif isinstance(problem, typer.Abort):
        ERR.print(f"Interrompu{NBSP}: rien n’a été modifié.")
    elif isinstance(problem, typer.TyperException):
        ERR.print(usage_message(problem))
    elif isinstance(problem, OSError) and problem.filename is None:
        # Nothing more can be written there: Python would try again at its end, with a traceback.
        say_no_more()
        ERR.print(f"Le résultat ne peut pas être écrit sur la sortie{NBSP}: le disque est plein.")
    elif isinstance(problem, OSError):
        ERR.print(
            f"{problem.filename} ne peut pas être lu ou écrit ({reason(problem)}){NBSP}: vérifiez "
            f"le disque et vos droits, puis recommencez."
        )
    elif isinstance(problem, UnicodeError):
        ERR.print(
            "Un des mots de la commande contient un caractère qui ne peut pas être lu. Écrivez-le "
            "de nouveau, sans le copier."
        )
    else:
        ERR.print(
            f"Erreur inattendue{NBSP}: {type(problem).__name__}. Rien n’a été modifié à moitié. "
            f"Relancez avec NUMECOLE_DEBUG=1 pour le détail à transmettre."
        )
        if os.environ.get("NUMECOLE_DEBUG"):
            raise problem
    sys.exit(REFUSED)


def usage_message(problem: typer.TyperException) -> str:
    """A bad command line, said in French; the help itself when no command is given."""
    context = getattr(problem, "ctx", None)
    if context is not None and problem.message == context.get_help():
        return problem.message
    option = getattr(problem, "option_name", None)
    if option is not None:
        return f"L’option {option} n’existe pas ou attend une valeur. Voyez l’aide (--help)."
    if isinstance(problem, typer.BadParameter):
        param = problem.param
        name = "" if param is None else param.metavar or param.opts[0]
        if param is not None and param.param_type_name == "option":
            name = param.opts[0]
        if not problem.message:
            return f"Il manque {name}. Voyez l’aide de la commande (--help)."
        return f"La valeur donnée pour {name} ne convient pas. Voyez l’aide (--help)."
    return "La commande n’est pas comprise. Voyez numecole --help."

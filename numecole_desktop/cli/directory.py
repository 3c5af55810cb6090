"""What the académie does off line: root keys and the directory of devices."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from numecole_desktop.cli import options
from numecole_desktop.cli.label_entry import read_day
from numecole_desktop.cli.options import BaseOption, JsonOption
from numecole_desktop.cli.output import answer
from numecole_desktop.domain.french import NBSP, plural

OutFile = Annotated[Path, typer.Option("-o", metavar="F", help="Fichier à écrire.")]
KeyFiles = Annotated[list[Path], typer.Option("--racine", metavar="F", help="Clé racine.")]
Phrases = Annotated[
    list[str] | None,
    typer.Option("--phrase", help="Une par clé, ou une pour toutes (sinon NUMECOLE_PHRASE)."),
]
CardFiles = Annotated[
    list[Path] | None, typer.Option("--carte", metavar="F", help="Carte d’un poste.")
]
Revoked = Annotated[
    list[str] | None,
    typer.Option(
        "--revoquer", metavar="CLE:RAISON[:JOURNAL:N:EMPREINTE]", help="Clé qui ne compte plus."
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands to ``numecole poste``."""
    app.command("racine")(root_key)
    app.command("racines")(root_keys)
    app.command("annuaire")(directory)
    app.command("partie")(part)


def root_key(output: OutFile, phrase: Phrases = None, as_json: JsonOption = False) -> None:
    """Créer une clé racine de l’académie, sous une phrase secrète."""
    from numecole_desktop.services import directory_authoring

    kid = directory_authoring.create_root_key(output, _phrases(phrase)[0])
    document = {"written": [str(output)], "kid": kid}
    answer(as_json, document, f"Clé racine écrite{NBSP}: {output} ({kid})")


def root_keys(
    output: OutFile,
    keys: KeyFiles,
    phrase: Phrases = None,
    threshold: Annotated[int, typer.Option("--seuil", help="Signatures demandées.")] = 2,
    as_json: JsonOption = False,
) -> None:
    """Dire quelles clés racines comptent : fichier à remettre à chaque poste."""
    from numecole_desktop.services import directory_authoring

    now = datetime.now().astimezone()
    fingerprint = directory_authoring.state_root_keys(
        output, keys, _phrases(phrase), threshold, now
    )
    answer(
        as_json,
        {"written": [str(output)], "fingerprint": fingerprint},
        f"Écrit{NBSP}: {output}",
        f"Empreinte à lire au téléphone{NBSP}: {fingerprint}",
    )


def directory(
    output: OutFile,
    keys: KeyFiles,
    roots: Annotated[Path, typer.Option("--racines", metavar="F", help="Fichier des racines.")],
    territory: Annotated[str, typer.Option("--territoire", help="Nom de l’académie.")],
    version: Annotated[int, typer.Option("--version", help="Plus haute que la précédente.")],
    expires: Annotated[str, typer.Option("--jusqu-au", metavar="AAAA-MM-JJ")],
    cards: CardFiles = None,
    revoked: Revoked = None,
    phrase: Phrases = None,
    as_json: JsonOption = False,
) -> None:
    """Signer l’annuaire des postes de l’académie."""
    from numecole_desktop.services import directory_authoring

    count = directory_authoring.write_directory(
        output,
        territory=territory,
        version=version,
        expires=read_day("--jusqu-au", expires),
        cards=cards or [],
        revoked=revoked or [],
        roots=roots,
        keys=keys,
        phrases=_phrases(phrase),
        now=datetime.now().astimezone(),
    )
    _say_directory(output, count, as_json)


def part(
    output: OutFile,
    version: Annotated[int, typer.Option("--version", help="Plus haute que la précédente.")],
    expires: Annotated[str, typer.Option("--jusqu-au", metavar="AAAA-MM-JJ")],
    cards: CardFiles = None,
    revoked: Revoked = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Signer la partie de l’annuaire qui revient à une circonscription : ses conseillers."""
    from numecole_desktop.services import directory_authoring

    with options.workspace(base, create=False) as workspace:
        count = directory_authoring.write_part(
            workspace,
            output,
            version=version,
            expires=read_day("--jusqu-au", expires),
            cards=cards or [],
            revoked=revoked or [],
        )
    _say_directory(output, count, as_json)


def _say_directory(output: Path, count: int, as_json: bool) -> None:
    document = {"written": [str(output)], "devices": count}
    answer(as_json, document, f"Annuaire de {plural(count, 'poste')} écrit{NBSP}: {output}")


def _phrases(given: list[str] | None) -> list[str]:
    """Pass phrases as given, else that of the environment, else one that is asked for."""
    held = os.environ.get("NUMECOLE_PHRASE")
    return given or [held or str(typer.prompt("Phrase secrète", hide_input=True, err=True))]

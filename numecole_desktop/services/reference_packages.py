"""Reference packages: school directory, ENT and GAR data, signed by the académie (spec 5.4).

A package is replaced whole by a higher version: the sets that the former one brought are
withdrawn in the same transaction.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from numecole_desktop.domain.french import NBSP, joined, plural, quoted, slug
from numecole_desktop.domain.problem import Problem
from numecole_desktop.durable import explained
from numecole_desktop.referentials.catalogue import Catalogue
from numecole_desktop.referentials.loader import load_referential
from numecole_desktop.referentials.strict import RuleFileError
from numecole_desktop.services import settings
from numecole_desktop.services.batches import read_batch
from numecole_desktop.services.devices import label_of_now, limits, this_device
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.trusted import trust
from numecole_desktop.services.workspace import Changes, Job, Progress, Workspace
from numecole_desktop.storage import exchange, reference_sets
from numecole_desktop.storage.exchange import TrustFile
from numecole_desktop.sync.attachments import attach
from numecole_desktop.sync.batch_file import write_signed
from numecole_desktop.sync.reference import (
    FORMAT,
    ReferencePackage,
    ReferencePayload,
    Subject,
    open_reference,
    seal_reference,
)
from numecole_desktop.sync.roles import Role
from numecole_desktop.sync.versions import Held

KINDS: Mapping[Subject, tuple[str, ...]] = {
    Subject.SCHOOLS: ("annuaire", "effectifs"),
    Subject.ENT: ("ent-conventions", "ent-periodes", "ent-classes"),
    Subject.GAR: ("gar",),
}
"""Kinds of files that a package of each subject may hold, in the order in which they go in."""


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What taking a package in did; ``sentences`` say it file by file."""

    subject: str
    territory: str
    version: int
    sentences: tuple[str, ...]
    changes: Changes


def create_package(workspace: Workspace, subject: str, files: Sequence[Path], folder: Path) -> Path:
    """Write a package of ``files``, each named after its kind (« ent-classes.csv »).

    This base does not take it in: it is imported here as anywhere.

    Raises:
        Problem: this device is not the académie's, a file is of no such kind or cannot be
            read, or the folder cannot be written.
    """
    found = _subject(subject)
    mine = this_device(workspace)
    if mine.device.role is not Role.ACADEMY:
        raise Problem("Seule l’académie signe les données de référence.")
    contents = []
    for path in files:
        if not _kind(found, path.name):
            raise Problem(
                f"{quoted(path.name)} doit porter le nom de ce qu’il contient{NBSP}: "
                f"{joined(KINDS.get(found, ('un référentiel en .toml',)), 'ou')}."
            )
        with explained(f"{path} ne peut pas être lu"):
            contents.append(attach(path.read_bytes(), path.name))
    if not contents:
        raise Problem("Donnez au moins un fichier.")
    held = _held(workspace).get((found, mine.device.office))
    written = int(settings.get(workspace, _numbered(found), "0"))
    version = max(written, held.version if held else 0) + 1
    payload = ReferencePayload(
        FORMAT, 1, found, mine.device.office, version, label_of_now(workspace), contents
    )
    now = int(workspace.clock().timestamp())
    data = seal_reference(payload, [(mine.key, mine.device.role)], now)
    path = folder / f"numecole-reference_{found.value}_{slug(mine.device.office)}_{version}.json"
    trusted = trust(workspace)
    with explained(f"Le paquet ne peut pas être écrit dans {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        write_signed(path, data, lambda d: open_reference(d, trusted, {}, limits()))
    settings.put(workspace, _numbered(found), str(version))
    return path


def take_in_package(workspace: Workspace, path: Path) -> Job[PackageReport]:
    """Take a package in, whole or not at all, in the place of the former version.

    Raises:
        Problem: it is refused, or one of its files is; nothing was changed.
    """
    package = open_reference(read_batch(path), trust(workspace), _held(workspace), limits())
    said = f"{package.subject.label} de {package.territory}, version {package.version}"
    if not package.newer:
        return PackageReport(
            package.subject.label,
            package.territory,
            package.version,
            (f"{said}{NBSP}: déjà reçu.",),
            Changes(),
        )
    if package.subject is Subject.RULES:
        _take_rules(workspace, package)
        return PackageReport(
            package.subject.label,
            package.territory,
            package.version,
            (f"{said}{NBSP}: reçu, l’état est recalculé.",),
            Changes(everything=True),
        )
    files = {_kind(package.subject, name): data for name, data in package.files.items()}
    if "" in files or len(files) != len(package.files):
        raise Problem(f"Le paquet {said} contient un fichier qui n’y a pas sa place.")
    sentences = [f"{said}{NBSP}: reçu."]
    with tempfile.TemporaryDirectory() as folder, workspace.writing():
        _withdraw_former(workspace, package)
        for kind in KINDS[package.subject]:
            if kind not in files:
                continue
            file = Path(folder) / f"{_prefix(package)}{package.version}-{kind}.csv"
            file.write_bytes(files[kind])
            report = yield from run_import(workspace, kind, file)
            sentences.append(
                f"{kind}{NBSP}: {plural(report.accepted, 'ligne prise', 'lignes prises')}, "
                f"{plural(report.refused, 'refusée', 'refusées')}."
            )
            yield Progress(len(sentences), len(files) + 1, kind)
        _keep(workspace, package)
    return PackageReport(
        package.subject.label,
        package.territory,
        package.version,
        tuple(sentences),
        Changes(everything=True),
    )


def _take_rules(workspace: Workspace, package: ReferencePackage) -> None:
    shipped = {rules.id: rules for rules in Catalogue().referentials}
    kept = []
    for name, data in package.files.items():
        try:
            rules = load_referential(data, name)
        except RuleFileError as problem:
            raise Problem(f"{problem}. Rien n’a changé.") from problem
        known = shipped.get(rules.id)
        if known is not None and known.fingerprint != rules.fingerprint:
            raise Problem(
                f"{name} change le référentiel {rules.id}, déjà publié{NBSP}: un référentiel "
                f"publié ne se modifie pas, un nouveau porte un autre nom. Rien n’a changé."
            )
        if known is None:
            at = label_of_now(workspace)
            kept.append(TrustFile(exchange.REFERENTIAL, name, True, at, data))
    former = workspace.catalogue, workspace.projection
    try:
        with workspace.writing():
            exchange.replace_trust(workspace.base.connection, exchange.REFERENTIAL, kept)
            workspace.take_rules()
            _keep(workspace, package)
    except BaseException:
        workspace.catalogue, workspace.projection = former
        raise


def _numbered(subject: Subject) -> str:
    return f"package_{subject.value}"


def _subject(word: str) -> Subject:
    if word not in [subject.value for subject in Subject]:
        known = joined([subject.value for subject in Subject], "ou")
        raise Problem(f"{quoted(word)} n’est pas un sujet de paquet{NBSP}: {known}.")
    return Subject(word)


def _kind(subject: Subject, name: str) -> str:
    if subject is Subject.RULES:
        return name if name.endswith(".toml") else ""
    stem = name.rsplit(".", 1)[0].lower()
    return stem if stem in KINDS[subject] else ""


def _prefix(package: ReferencePackage) -> str:
    return f"paquet-{package.subject.value}-{slug(package.territory)}-v"


def _withdraw_former(workspace: Workspace, package: ReferencePackage) -> None:
    connection = workspace.base.connection
    for held in reference_sets.sets(connection):
        if held.file.startswith(_prefix(package)) and not held.withdrawn:
            reference_sets.withdraw(connection, held.id)


def _held(workspace: Workspace) -> dict[tuple[Subject, str], Held]:
    return {
        (Subject(subject), territory): Held(version, digest)
        for subject, territory, version, digest in exchange.reference_versions(
            workspace.base.connection
        )
    }


def _keep(workspace: Workspace, package: ReferencePackage) -> None:
    exchange.keep_reference_version(
        workspace.base.connection,
        package.subject.value,
        package.territory,
        package.version,
        package.hash,
        label_of_now(workspace),
    )

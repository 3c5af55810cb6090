"""Who signs what: roles of the keys, kinds of signed files."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a key is for; the rights of each stand in ``Kind.signers``."""

    ROOT = "root"
    ACADEMY = "academy"
    DEPARTMENT = "department"
    CIRCONSCRIPTION = "circonscription"
    ADVISER = "adviser"

    @property
    def label(self) -> str:
        """French word."""
        return {
            Role.ROOT: "clé racine de l’académie",
            Role.ACADEMY: "académie",
            Role.DEPARTMENT: "département",
            Role.CIRCONSCRIPTION: "circonscription",
            Role.ADVISER: "conseiller pédagogique",
        }[self]


class Kind(StrEnum):
    """A kind of signed file: the ``typ`` of its signatures."""

    BATCH = "numecole-lot+jws"
    DIRECTORY = "numecole-annuaire+jws"
    ROOTS = "numecole-racines+jws"
    CARD = "numecole-carte+jws"
    REFERENCE = "numecole-reference+jws"

    @property
    def signers(self) -> frozenset[Role]:
        """Roles that may sign one."""
        devices = frozenset(Role) - {Role.ROOT}
        return {
            Kind.BATCH: devices,
            Kind.DIRECTORY: frozenset({Role.ROOT, Role.CIRCONSCRIPTION}),
            Kind.ROOTS: frozenset({Role.ROOT}),
            Kind.CARD: devices,
            Kind.REFERENCE: frozenset({Role.ACADEMY}),
        }[self]

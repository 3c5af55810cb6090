"""Why a signed file is refused: one class, one stable code and one French sentence for each reason.

Codes are part of the command line's JSON and of the published test vectors; they never change.
"""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from numecole_desktop.domain.problem import Problem

_LONGEST = 60
_RESEND = "Demandez à l’expéditeur de renvoyer le fichier sans l’ouvrir ni le modifier."


class Refusal(Problem):
    """A signed file is refused, whole; nothing was changed.

    ``code`` is stable. ``quarantine`` is true where the file may become good later (a key that is
    not known yet): it is then set aside instead of being turned away.
    """

    code: ClassVar[str]
    sentence: ClassVar[str]
    remedy: ClassVar[str] = _RESEND
    quarantine: ClassVar[bool] = False

    def __init__(self, **details: object) -> None:
        shown = {name: _shown(value) for name, value in details.items()}
        super().__init__(f"{self.sentence.format(**shown)} {self.remedy}")


def _shown(value: object) -> str:
    """A value that a hostile file may have chosen: one short line, without control characters."""
    text = "".join("?" if unicodedata.category(c)[0] == "C" else c for c in str(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


# -- the file --------------------------------------------------------------------------------------


class EmptyFileError(Refusal):
    """Nothing in the file."""

    code = "file-empty"
    sentence = "Le fichier est vide."


class TooLargeError(Refusal):
    """More bytes than allowed."""

    code = "file-too-large"
    sentence = "Le fichier dépasse {limit} Mo : il n’a pas été lu."
    remedy = "Demandez à l’expéditeur d’en envoyer moins à la fois."


class InflatedTooLargeError(Refusal):
    """More bytes than allowed once inflated."""

    code = "gzip-too-large"
    sentence = "Le fichier compressé dépasse {limit} Mo une fois ouvert : il n’a pas été lu."
    remedy = "Demandez à l’expéditeur d’en faire plusieurs lots, ou vérifiez d’où il vient."


class GzipDamagedError(Refusal):
    """Truncated, damaged, or followed by something else."""

    code = "gzip-damaged"
    sentence = "Le fichier compressé est incomplet ou abîmé."


# -- JSON ------------------------------------------------------------------------------------------


class EncodingError(Refusal):
    """Not UTF-8."""

    code = "json-encoding"
    sentence = "Le fichier n’est pas en UTF-8 (octet {place}) : il a été réenregistré en route."


class ByteOrderMarkError(Refusal):
    """A byte order mark in front."""

    code = "json-bom"
    sentence = "Le fichier commence par une marque d’ordre : un éditeur l’a réenregistré."


class JsonSyntaxError(Refusal):
    """Not JSON."""

    code = "json-syntax"
    sentence = "Le fichier est incomplet ou abîmé (ligne {line}, colonne {column})."


class DuplicateMemberError(Refusal):
    """One member twice in one object."""

    code = "json-duplicate"
    sentence = "Le membre « {name} » est donné deux fois."


class NotANumberError(Refusal):
    """NaN, an infinity, or a number that becomes one."""

    code = "json-not-a-number"
    sentence = "« {text} » n’est pas un nombre."


class HugeNumberError(Refusal):
    """A whole number that other programs would round."""

    code = "json-huge-number"
    sentence = "Un nombre du fichier est trop grand pour être relu partout de la même façon."


class DepthError(Refusal):
    """Too many nested objects and lists."""

    code = "json-depth"
    sentence = "Le fichier emboîte plus de {depth} niveaux."


class StructureSizeError(Refusal):
    """Many more members and items than such a file has."""

    code = "json-structure"
    sentence = "Le fichier contient beaucoup plus d’éléments qu’un fichier Numécole."


class HalfCharacterError(Refusal):
    """Half of a surrogate pair."""

    code = "json-half-character"
    sentence = "Un texte du fichier contient la moitié d’un caractère."


# -- envelope --------------------------------------------------------------------------------------


class EnvelopeMembersError(Refusal):
    """Not exactly payload and signatures."""

    code = "envelope-members"
    sentence = "Ce n’est pas un fichier signé Numécole : son enveloppe a d’autres membres."
    remedy = "Vérifiez que c’est bien le fichier reçu, ou demandez-le de nouveau."


class SignatureMembersError(Refusal):
    """Not exactly protected and signature."""

    code = "signature-members"
    sentence = "La signature n°\u00a0{rank} a d’autres membres que ceux d’un fichier Numécole."


class SignatureCountError(Refusal):
    """No signature, or too many."""

    code = "signature-count"
    sentence = "Le fichier porte trop ou trop peu de signatures ({count}, pour {most} au plus)."


class Base64Error(Refusal):
    """Not the one base64url writing of its bytes."""

    code = "base64"
    sentence = "Le membre « {name} » n’est pas écrit en base64url canonique."


class HeaderSizeError(Refusal):
    """A header longer than allowed."""

    code = "header-size"
    sentence = "L’en-tête de la signature n°\u00a0{rank} est trop long."


class HeaderMembersError(Refusal):
    """Not exactly alg, typ, kid, role and iat, in order and of their types."""

    code = "header-members"
    sentence = (
        "L’en-tête de la signature n°\u00a0{rank} n’a pas exactement les membres alg, typ, kid, "
        "role et iat."
    )


class AlgorithmError(Refusal):
    """Another algorithm than Ed25519."""

    code = "header-alg"
    sentence = "L’algorithme de signature « {alg} » n’est pas accepté : il faut Ed25519."


class KindError(Refusal):
    """A signed file of another kind."""

    code = "header-typ"
    sentence = "Ce fichier signé est d’un autre type (« {typ} ») que celui attendu (« {wanted} »)."
    remedy = "Vérifiez que vous avez choisi le bon fichier."


class KeyIdError(Refusal):
    """Not a key identifier."""

    code = "header-kid"
    sentence = "L’identifiant de clé « {kid} » n’en est pas un."


class RoleNameError(Refusal):
    """An unknown role."""

    code = "header-role"
    sentence = "Le rôle « {role} » est inconnu de cette version de Numécole."
    remedy = "Mettez Numécole à jour, ou demandez le fichier de nouveau."


class IssueTimeError(Refusal):
    """Not a number of seconds."""

    code = "header-iat"
    sentence = "La date de la signature n°\u00a0{rank} n’est pas un nombre de secondes."


class SameSignerError(Refusal):
    """One key that signs twice."""

    code = "signer-twice"
    sentence = "La même clé ({kid}) a signé deux fois."


class SignatureLengthError(Refusal):
    """Not 64 bytes."""

    code = "signature-length"
    sentence = "La signature n°\u00a0{rank} n’a pas 64 octets."


class SignatureError(Refusal):
    """The bytes are not those that the key signed."""

    code = "signature"
    sentence = "La signature ne correspond pas (clé {kid:.8}…) : le fichier a été modifié."

"""Refusals about who signed, what they may sign, and what a signed file says."""

from __future__ import annotations

from numecole_desktop.sync.refusals import Refusal

_ASK_DIRECTORY = (
    "Demandez la carte de ce poste à qui a envoyé le fichier et déposez-la sur la fenêtre, ou "
    "importez le nouvel annuaire des postes. Le fichier sera pris ensuite."
)
_ALARM = "Prévenez l’académie : deux versions différentes circulent."

# -- keys and roles --------------------------------------------------------------------------------


class UnknownSignerError(Refusal):
    """No directory and no card holds this key."""

    code = "signer-unknown"
    sentence = "Le poste qui l’a signé n’est pas connu ici (clé {kid:.8}…)."
    remedy = _ASK_DIRECTORY
    quarantine = True


class UnverifiedSignerError(Refusal):
    """A card was received; its fingerprint was not typed."""

    code = "signer-unverified"
    sentence = "Le poste {label} n’est pas vérifié."
    remedy = (
        "Appelez la personne et tapez les 30 chiffres de son empreinte (Échanges, Postes) : le "
        "fichier sera pris ensuite."
    )
    quarantine = True


class CardRoleError(Refusal):
    """A card asks for a role that only the directory gives."""

    code = "card-role"
    sentence = "La carte du poste {label} ne suffit pas pour le rôle « {role} »."
    remedy = "Importez l’annuaire des postes de l’académie : le fichier sera pris ensuite."
    quarantine = True


NOT_TRUSTED = (UnknownSignerError, UnverifiedSignerError, CardRoleError)
"""What may change once this installation knows more: whoever signed is not believed yet."""


class RevokedSignerError(Refusal):
    """A revoked key, for what it signed after its last good event."""

    code = "signer-revoked"
    sentence = "Le poste {label} a été révoqué : ce qui suit son dernier envoi sûr est mis de côté."
    remedy = "Demandez à la circonscription si ces saisies doivent être refaites."
    quarantine = True


class SignerRoleError(Refusal):
    """A key signs with a role that is not its own, or something that its role may not sign."""

    code = "signer-role"
    sentence = (
        "Le poste de clé {kid:.8}… n’a pas le droit de signer ce fichier au titre de « {role} »."
    )
    remedy = "Vérifiez son rôle dans l’annuaire des postes."


class WeakKeyError(Refusal):
    """A small-order or non-canonical key: anyone can sign for it."""

    code = "key-weak"
    sentence = "La clé publique {kid} est piégée : n’importe qui pourrait signer à sa place."
    remedy = "N’acceptez pas ce poste et prévenez la circonscription."


class KeyLengthError(Refusal):
    """Not 32 bytes."""

    code = "key-length"
    sentence = "Une clé publique n’a pas 32 octets."


class KeyMismatchError(Refusal):
    """The identifier is not the thumbprint of the key."""

    code = "key-mismatch"
    sentence = "L’identifiant {kid} n’est pas celui de la clé jointe."


class FingerprintError(Refusal):
    """What was typed is not the fingerprint."""

    code = "fingerprint"
    sentence = "Les chiffres tapés ne sont pas ceux de cette empreinte."
    remedy = "Faites-les relire lentement ; s’ils diffèrent encore, n’acceptez pas ce poste."


# -- payload ---------------------------------------------------------------------------------------


class PayloadShapeError(Refusal):
    """A member is missing, unknown or of another type."""

    code = "payload-shape"
    sentence = "Le contenu signé n’a pas la forme attendue ({where})."


class FormatError(Refusal):
    """Another format."""

    code = "payload-format"
    sentence = "Le format « {found} » n’est pas celui attendu (« {wanted} »)."


class NewerReaderError(Refusal):
    """Written for a later version."""

    code = "payload-newer"
    sentence = "Ce fichier demande une version plus récente de Numécole (lecteur {needed})."
    remedy = "Mettez Numécole à jour, puis recommencez : le fichier reste bon."
    quarantine = True


class IssuerError(Refusal):
    """The issuer named inside did not sign."""

    code = "payload-issuer"
    sentence = "Le lot dit venir de {issuer}, qui ne l’a pas signé."


class RecipientError(Refusal):
    """Meant for others."""

    code = "payload-recipient"
    sentence = "Ce lot n’est pas adressé à ce poste (destinataires : {recipients})."
    remedy = "Transmettez-le à son destinataire, ou demandez un lot pour votre poste."


class AttachmentError(Refusal):
    """The bytes of an attachment are not those of its hash."""

    code = "attachment"
    sentence = "La pièce jointe « {name} » n’est pas celle qui a été annoncée."


class RepeatedAttachmentError(Refusal):
    """One attachment twice."""

    code = "attachment-twice"
    sentence = "La pièce jointe « {name} » est deux fois dans le fichier."


class PackageFilesError(Refusal):
    """A package without the content of one of its files, or two files of one name."""

    code = "reference-files"
    sentence = "Le paquet « {name} » n’apporte pas le contenu de chacun de ses fichiers."


class RereadError(Refusal):
    """The disk does not give back what was written."""

    code = "reread"
    sentence = "Le fichier {path}, relu après écriture, n’est pas celui qui a été écrit."
    remedy = "Il a été retiré : essayez une autre clé USB ou un autre dossier."


# -- chains ----------------------------------------------------------------------------------------


class EventShapeError(Refusal):
    """Not an event."""

    code = "event-shape"
    sentence = "L’événement n°\u00a0{rank} du lot est illisible ({where})."


class RepeatedEventError(Refusal):
    """One event twice."""

    code = "event-twice"
    sentence = "L’événement {n} du journal {journal} est deux fois dans le lot."


class ChainError(Refusal):
    """An event does not follow the one that it names."""

    code = "chain"
    sentence = "L’événement {n} du journal {journal} ne suit pas celui qu’il nomme."


class HeadMismatchError(Refusal):
    """A signed head speaks of another event than the one that has its hash."""

    code = "head-mismatch"
    sentence = "La tête signée {n} du journal {journal} désigne un autre événement."


class HeadMissingError(Refusal):
    """Events that no signed head covers."""

    code = "head-missing"
    sentence = "Aucune tête signée ne couvre l’événement {n} du journal {journal}."


class HeadSignatureError(Refusal):
    """A head that its key did not sign."""

    code = "head-signature"
    sentence = "La tête {n} du journal {journal} n’est pas signée par {kid}."


class JournalOwnerError(Refusal):
    """A journal signed by the key of another device than its own."""

    code = "journal-owner"
    sentence = "Le journal {journal} appartient à un autre poste que {kid}, qui l’a signé."
    remedy = "Il est mis de côté : prévenez la circonscription."
    quarantine = True


class ScopeError(Refusal):
    """A declaration of a school outside those of the device."""

    code = "scope"
    sentence = "L’événement {n} du poste {label} porte sur l’école {uai}, qui n’est pas la sienne."
    remedy = "Il est mis de côté : demandez un annuaire des postes à jour, ou une correction."
    quarantine = True


# -- versions and directory ------------------------------------------------------------------------


class RollbackError(Refusal):
    """An older version than the one held."""

    code = "version-rollback"
    sentence = "La version {version} de « {name} » est plus ancienne que celle du poste ({held})."
    remedy = "Rien n’a changé : demandez la dernière version."


class SameVersionError(Refusal):
    """The version held, with other bytes."""

    code = "version-fork"
    sentence = "Alerte : la version {version} de « {name} » diffère de celle déjà reçue."
    remedy = _ALARM


class ThresholdError(Refusal):
    """Not enough root keys signed."""

    code = "roots-threshold"
    sentence = "Il faut {threshold} signatures de l’académie pour « {name} », qui en porte {count}."
    remedy = "Demandez à l’académie un annuaire signé par assez de clés racines."


class RootsError(Refusal):
    """The statements of root keys do not lead from those held to those of the directory."""

    code = "roots-chain"
    sentence = "Les clés racines de l’annuaire ne prolongent pas celles de ce poste."
    remedy = "Prévenez l’académie avant d’aller plus loin."


class DelegationError(Refusal):
    """A part of the directory goes beyond what its signer may say."""

    code = "delegation"
    sentence = "La circonscription {territory} ne peut pas décider du poste {label} ({why})."
    remedy = "Demandez à l’académie d’inscrire ce poste."


class DirectoryEntryError(Refusal):
    """An entry of the directory contradicts itself or another."""

    code = "directory-entry"
    sentence = "L’annuaire des postes se contredit au sujet de {kid} ({why})."
    remedy = "Demandez à son auteur de le corriger."


class ReplacementError(Refusal):
    """A new key says that it replaces another, which did not sign."""

    code = "card-replaces"
    sentence = "La carte dit remplacer le poste {kid}, qui ne l’a pas signée."
    remedy = "Si l’ancienne clé est perdue, demandez une carte neuve sans remplacement."


# -- key file --------------------------------------------------------------------------------------


class KeyFileError(Refusal):
    """Not a key file, or a damaged one."""

    code = "key-file"
    sentence = "Le fichier de clé du poste est illisible."
    remedy = "Remettez-le depuis une sauvegarde, ou créez une nouvelle clé (numecole poste creer)."


class KeyFileCostError(Refusal):
    """Parameters outside the bounds."""

    code = "key-file-cost"
    sentence = "Le fichier de clé demande un calcul hors limites ({name} = {value})."
    remedy = "Il ne vient pas de Numécole : remettez le vôtre depuis une sauvegarde."


class PassPhraseError(Refusal):
    """Wrong pass phrase, or altered file: the two cannot be told apart."""

    code = "key-file-secret"
    sentence = "La phrase secrète n’ouvre pas le fichier de clé."
    remedy = "Vérifiez les majuscules et le clavier, puis recommencez."

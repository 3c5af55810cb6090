"""Vérifie un lot signé Numécole sans Numécole : python verifier_un_lot.py LOT.json CLE [CLE…].

CLE est une clé publique en base64url (le « x » de l’annuaire des postes). Il faut cryptography.
Vérifie les signatures du lot, puis que chaque événement est couvert par une tête signée.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def unb64(text: str) -> bytes:
    """Les octets d’un texte base64url sans remplissage."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def thumbprint(x: str) -> str:
    """L’identifiant d’une clé : son empreinte RFC 7638."""
    jwk = f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()
    return base64.urlsafe_b64encode(hashlib.sha256(jwk).digest()).rstrip(b"=").decode()


def need(right: bool, why: str) -> None:
    """S’arrête sur une phrase si ce n’est pas le cas."""
    if not right:
        sys.exit(f"REFUSÉ : {why}")


keys = {thumbprint(x): Ed25519PublicKey.from_public_bytes(unb64(x)) for x in sys.argv[2:]}
lot = json.loads(Path(sys.argv[1]).read_text("utf-8"))
need(len(lot["signatures"]) > 0, "aucune signature")
for entry in lot["signatures"]:  # une seule signature fausse lève InvalidSignature
    header = json.loads(unb64(entry["protected"]))
    need((header["alg"], header["typ"]) == ("Ed25519", "numecole-lot+jws"), f"en-tête {header}")
    need(header["kid"] in keys, f"clé {header['kid']} non fournie")
    message = f"{entry['protected']}.{lot['payload']}".encode()
    keys[header["kid"]].verify(unb64(entry["signature"]), message)
    print("signé par", header["kid"], "au titre de", header["role"])
payload = json.loads(unb64(lot["payload"]))
events = {hashlib.sha256(text.encode()).hexdigest(): text for text in payload["events"]}
total = len(events)
for head in payload["heads"]:
    said = {"format": "numecole-head/1", **{name: head[name] for name in ("journal", "n", "hash")}}
    need(head["kid"] in keys, f"clé {head['kid']} non fournie")
    message = json.dumps(said, separators=(",", ":")).encode()
    keys[head["kid"]].verify(unb64(head["signature"]), message)
    digest, n = head["hash"], head["n"]
    while (text := events.pop(digest, None)) is not None:  # de proche en proche, vers le premier
        event = json.loads(text)
        need((event["journal"], event["n"]) == (head["journal"], n), f"événement {n} mal placé")
        digest, n = event["prev"], n - 1
    print("journal", head["journal"], "jusqu’à l’événement", head["n"])
need(not events, f"{len(events)} événement(s) sans tête signée")
print(total, "événement(s), tous authentiques")

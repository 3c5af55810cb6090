"""What travels beside the events of a batch: attached files, and persons, who stay erasable."""

from __future__ import annotations

from pathlib import Path

import msgspec

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.attached import check_attached
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import people
from numecole_desktop.sync.attachments import Attachment, attach
from numecole_desktop.sync.batch import ReceivedBatch

_PEOPLE = "personnes.json"


def attached_files(workspace: Workspace) -> list[Attachment]:
    """Files and persons of the dossiers of this base that were not erased."""
    connection = workspace.base.connection
    rows = connection.execute(
        "SELECT sha256, name FROM attachment WHERE content IS NOT NULL ORDER BY seq"
    ).fetchall()
    found = [attach(people.file_content(connection, digest) or b"", name) for digest, name in rows]
    persons = people.sealed_persons(connection)
    if persons:
        found.append(attach(msgspec.json.encode(persons), _PEOPLE))
    return found


def take_in_files(workspace: Workspace, opened: ReceivedBatch) -> None:
    """Keep the files and persons that came with a batch; what is erased here stays erased.

    A file that would not be accepted from a person is not accepted from a batch either.
    """
    connection = workspace.base.connection
    names = {entry.hash: entry.name for entry in opened.content.attachments}
    for digest, content in opened.attachments.items():
        if names[digest] == _PEOPLE:
            _take_in_people(workspace, content)
            continue
        held = people.files(connection, [digest])
        if digest in held:
            continue
        try:
            file = check_attached(Path(names[digest]), content)
        except Problem:
            continue
        people.keep_file(connection, digest, file.name, file.media_type, content)


def _take_in_people(workspace: Workspace, content: bytes) -> None:
    try:
        persons = msgspec.json.decode(content, type=list[people.SealedPerson])
    except msgspec.DecodeError:
        return
    for person in persons:
        people.take_in_person(workspace.base.connection, person)

"""What a device says that it holds, and what a batch for it must bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from numecole_desktop.domain.causality import Dot, DotSet
from numecole_desktop.domain.delivery import Link, forks

HaveVector = Mapping[str, int]
"""{journal: last n held without a gap}: what lies behind a gap is never acknowledged."""

NOTHING_HELD: HaveVector = {}


def have_vector(held: DotSet) -> dict[str, int]:
    """What a device that holds ``held`` says of it, waiting and withheld events included.

    Events declared lost are not held: a device that finds them will send them.
    """
    last = {journal: held.gapless(journal) for journal in held.runs}
    return {journal: n for journal, n in last.items() if n}


def to_send(
    held: Iterable[Link],
    have: HaveVector = NOTHING_HELD,
    heads: Mapping[str, tuple[int, str]] | None = None,
) -> list[Link]:
    """Events of a batch, own and relayed: everything known, or what ``have`` does not claim.

    ``have`` must be what the last batch from that device says, and nothing else: not the maximum
    of what it ever said, since it may have been restored from a backup. ``heads`` gives the (n,
    hash) of the journals as that device knows them. A forked journal is sent from its fork on,
    and whole where the two devices disagree on it, whatever ``have`` says.
    """
    links = sorted(held, key=lambda link: (link.journal, link.n, link.hash))
    hashes: dict[Dot, set[str]] = {}
    for link in links:
        hashes.setdefault(link.dot, set()).add(link.hash)
    known = dict(have)
    for journal, first in forks(links).items():
        known[journal] = min(known.get(journal, 0), first - 1)
    for journal, (n, digest) in (heads or {}).items():
        if digest not in hashes.get((journal, n), {digest}):
            known[journal] = 0
    return [link for link in links if link.n > known.get(link.journal, 0)]

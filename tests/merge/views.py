"""What a device shows, in a form that can be compared with another's."""

from __future__ import annotations

import json

from numecole_desktop.domain.causality import DotSet
from numecole_desktop.domain.delivery import missing
from numecole_desktop.domain.equipment import EquipmentRules
from numecole_desktop.domain.index_range import index_range
from tests.merge.device import Device
from tests.merge.oracle import said
from tests.merge.values import Key

SOCLE = EquipmentRules("socle", 4, 1, 1, 2)


def shown(device: Device) -> bytes:
    """Values, conflicts, indices, and what is applied, forked or missing; no label."""
    held = DotSet.of(link.dot for link in device.links.values())
    lacking = missing(device.waiting, held, device.lost, device.cuts)
    view = {
        "records": records(device),
        "conflicts": [(key, unit) for key, unit, _ in device.conflicts()],
        "index": [(key, index(device, key)) for key in sorted(device.records)],
        "applied": sorted(device.order),
        "forks": sorted(device.cuts.items()),
        "missing": [(lack.journal, lack.runs) for lack in lacking],
    }
    return json.dumps(view).encode()


def records(device: Device) -> dict[str, dict[str, list[list[object]]]]:
    """{record: {unit: [[value, its heads]…]}}, strongest value first."""
    found: dict[str, dict[str, list[list[object]]]] = {}
    for key, record in sorted(device.records.items()):
        units = found.setdefault("/".join(key), {})
        for unit, groups in sorted(device.units(key).items()):
            # The fields of a unit come from one event, the one whose value is shown.
            assert {name: record.cells[name] for name in unit} == groups[0][0].cells
            units["+".join(unit)] = [
                [said(group[0].cells, unit), sorted(head.dot for head in group)] for group in groups
            ]
    return found


def values(device: Device) -> dict[str, dict[str, set[object]]]:
    """The values alone: a field that was cleared is as one that was never filled in."""
    return {
        key: {
            name: found
            for name, groups in units.items()
            if (found := {value for value, _ in groups}) != {said({}, tuple(name.split("+")))}
        }
        for key, units in records(device).items()
    }


def index(device: Device, key: Key) -> str:
    """The equipment index of a record, a range while answers are in conflict."""
    disputed = {
        name: [group[0].cells[name] for group in groups]
        for of, unit, groups in device.conflicts()
        if of == key
        for name in unit
    }
    answers = {n: v for n, v in device.records[key].cells.items() if v is not None}
    return index_range(answers, disputed, SOCLE).label  # type: ignore[arg-type]  # cells of a test

"""Whatever the window writes can be taken back, or is named here with the reason why not.

The sources are read: a function of the services writes when it, or one that it calls, opens a
transaction or records an event. A new one called by the window fails until it is put in a list.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "numecole_desktop"
SERVICES = "numecole_desktop.services"
OPENS = {"writing", "record", "start_journal"}
NO_ACT = {"devices._remember", "devices.this_device"}
"""The base keeps its own card as it reads: nobody did anything."""

TAKEN_BACK = {
    "batch_import.import_batch",
    "batch_import.import_set_aside",
    "chasing.forget_wording",
    "chasing.keep_wording",
    "conflict_list.settle",
    "declarations.settle_answer",
    "declarations.submit",
    "import_undo.close_schools",
    "import_undo.reopen_school",
    "importing.run_import",
    "label_dossiers.attest",
    "label_dossiers.create",
    "label_dossiers.decide",
    "label_dossiers.examine",
    "label_dossiers.revert",
    "label_dossiers.submit",
    "label_dossiers.withdraw",
    "label_lists.decide_together",
    "label_people.attach",
    "label_people.detach",
    "letterhead.put_service_name",
    "letterhead.remove_logo",
    "letterhead.take_logo",
    "office.put_identity",
    "own_territory.keep_territory",
    "prices.put_price",
    "settings.put",
    "undo.take_back",
    "undo_steps.undo_run",
    "undo_steps.undo_taken_in",
}
"""Written through the list of the window; a test of tests/ui/ takes each kind back."""

REASONS = {
    "batch_import.declare_lost": "the other devices may have gone on from it",
    "batches.create_batch": "a file was written, and may have been carried away",
    "batches.receipt_matches": "what somebody read over the telephone was read",
    "declarations.confirm": "changing the answer asks for the confirmation again",
    "declarations.save_answers": "the form has its own undo, answer by answer",
    "demo.build_demo": "another base",
    "devices.create_device": "a key that may have signed cannot be unmade",
    "first_start.finish": "where one is in the assistant: it can be gone through again",
    "first_start.go_to": "where one is in the assistant",
    "first_start.postpone": "where one is in the assistant",
    "label_dossiers.edit": "the draft has its own undo, field by field",
    "label_people.erase": "a person who is erased must not come back",
    "label_people.erase_file": "a file that is erased must not come back",
    "label_people.name_person": "the draft has its own undo, field by field",
    "maintenance.restore": "another base; the former one is kept beside it",
    "reference_packages.take_in_package": "replaced by a higher version only (spec 5.4)",
    "trusted.receive_trust": "trust is withdrawn, with its reason, in « Postes »",
    "trusted.verify_device": "trust is withdrawn, with its reason, in « Postes »",
    "trusted.withdraw_trust": "trust is given again by the fingerprint, never by a key stroke",
}


def imported(tree: ast.Module) -> dict[str, str]:
    """What the names of a module mean among the services: « module » or « module.function »."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SERVICES):
            module = (node.module or "").removeprefix(SERVICES).removeprefix(".")
            for alias in node.names:
                found[alias.asname or alias.name] = f"{module}.{alias.name}".removeprefix(".")
    return found


def named(node: ast.AST, names: dict[str, str], own: str = "") -> Iterator[str]:
    """Functions of the services that ``node`` speaks of; those of the module itself are ``own``."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            if part.value.id in names:
                yield f"{names[part.value.id]}.{part.attr}"
        elif isinstance(part, ast.Name):
            yield names.get(part.id, f"{own}.{part.id}")


def writers() -> set[str]:
    """Functions of the services that write in the base."""
    calls: dict[str, set[str]] = {}
    found = set()
    for path in (PACKAGE / "services").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = imported(tree)
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            name = f"{path.stem}.{function.name}"
            calls.setdefault(name, set()).update(named(function, names, path.stem))
            opened = (n for n in ast.walk(function) if isinstance(n, ast.Attribute))
            if any(node.attr in OPENS and _is_workspace(node.value) for node in opened):
                found.add(name)
    found -= NO_ACT
    while more := {n for n, called in calls.items() if called & found} - found - NO_ACT:
        found |= more
    return found


def _is_workspace(node: ast.expr) -> bool:
    return "workspace" in (getattr(node, "id", ""), getattr(node, "attr", ""))


def of_the_window() -> dict[str, set[str]]:
    """Sources of the window that speak of each function of the services that writes."""
    every = writers()
    found: dict[str, set[str]] = {}
    for path in (PACKAGE / "ui").rglob("*.py"):
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        for name in set(named(tree, imported(tree))) & every:
            found.setdefault(name, set()).add(text)
    return found


def test_every_action_of_the_window_is_taken_back_or_has_a_reason() -> None:
    assert set(of_the_window()) == TAKEN_BACK | REASONS.keys()
    assert not TAKEN_BACK & REASONS.keys()


def test_what_is_taken_back_goes_through_the_list() -> None:
    sources = of_the_window()
    ways = ("undo_log.", "class UndoLog", "draft.act(", "def action(self) -> Action")
    for name in sorted(TAKEN_BACK):
        assert all(any(way in text for way in ways) for text in sources[name]), name

"""How many keys a declaration costs, from the list of schools: every key pressed is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR, fixed_clock
from tests.ui.conftest import CTRL, FORMER, NO, SCHOOL, SHIFT, Desktop, fill_base, focus
from tests.ui.test_form import ENTER, Form

NEW = "0110191Y"
"""A school that never declared."""
BACK = Qt.Key.Key_Backspace
LETTERS = {True: "o", False: "n", "ADSL": "a", "FIBRE": "f", "NSP": "j"}


class Keys:
    """A keyboard that counts, in front of the list with the cursor on a school."""

    def __init__(self, desktop: Desktop, uai: str = SCHOOL) -> None:
        self.desktop = desktop
        self.count = 0
        desktop.shell.schools.select(uai)
        desktop.shell.schools.focus_table()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NO) -> None:
        self.count += 1
        self.desktop.key(key, held)

    def type(self, text: str) -> None:
        """Each character is a key, sent where the keyboard is at that moment."""
        for character in text:
            self.count += 1
            QTest.keyClicks(focus(), character)

    def open(self, uai: str) -> Form:
        """F2, then wait for the questions as a person does."""
        self.press(Qt.Key.Key_F2)
        return self.wait(uai)

    def wait(self, uai: str) -> Form:
        form = Form(self.desktop)
        self.desktop.until(
            lambda: (
                form.screen.sheet is not None
                and form.sheet.draft.form.school.uai == uai
                and any(field.has_focus for field in form.sheet.fields.values())
            )
        )
        return form

    def submit(self, uai: str) -> dict[str, Answer]:
        """Ctrl+Entrée, then what the base holds of the school."""
        self.press(ENTER, CTRL)
        self.desktop.settle()
        held = self.desktop.declaration(uai)
        assert held is not None
        assert held.status is Status.SUBMITTED
        return dict(held.answers)


def test_an_unchanged_declaration_is_confirmed_in_three_keys(desktop: Desktop) -> None:
    keys = Keys(desktop)
    form = keys.open(SCHOOL)
    keys.press(Qt.Key.Key_F4, SHIFT)
    assert form.screen.notice.isVisible()
    assert form.screen.notice.text.text() == (
        "Pour 2023-2024, 14\u00a0réponses de 2022-2023 sans changement. Indice d’équipement\u00a0: "
        "2 sur 3. Ctrl+Entrée confirme et ouvre l’école suivante, Ctrl+Z revient en arrière."
    )
    assert keys.submit(SCHOOL) == FORMER
    assert keys.count == 3


def test_what_is_summed_up_stays_until_an_answer_changes(desktop: Desktop) -> None:
    keys = Keys(desktop)
    form = keys.open(SCHOOL)
    keys.press(Qt.Key.Key_F4, SHIFT)
    form.saved()
    assert "sans changement" in form.screen.notice.text.text()
    keys.press(Qt.Key.Key_Z, CTRL)
    assert not form.screen.notice.isVisible()
    assert form.sheet.draft.answers == {}


def test_former_answers_that_fail_a_check_stop_there(desktop: Desktop) -> None:
    keys = Keys(desktop)
    form = keys.open(SCHOOL)
    keys.type("2")
    keys.press(Qt.Key.Key_F4, SHIFT)
    assert "À revoir avant de valider\u00a0: " in form.screen.notice.text.text()
    assert form.here == "B1"
    keys.press(ENTER, CTRL)
    desktop.settle()
    assert form.sheet.draft.form.school.uai == SCHOOL
    held = desktop.declaration()
    assert held is not None
    assert held.status is Status.DRAFT
    assert form.here == "B1"


def test_a_school_without_past_says_that_nothing_can_be_taken(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.press(Qt.Key.Key_F4, SHIFT)
    assert "Rien à reprendre\u00a0: aucune" in form.screen.notice.text.text()
    assert form.sheet.draft.answers == {}


@pytest.fixture
def circonscription(open_window: Callable[[Path], Desktop], base_path: Path) -> Desktop:
    """Sixty more schools that declared last year."""
    fill_base(base_path)
    with Workspace.open(base_path, operator="test", clock=fixed_clock) as workspace:
        uais = [f"01199{n:02}X" for n in range(60)]
        fields = ("uai", "name", "type", "commune", "public", "opened_on")
        workspace.record(
            RecordKind.SCHOOL,
            fields,
            [(uai, f"Ecole {uai}", "primaire", "Alzonne", True, "1968-01-29") for uai in uais],
            source=Source.IMPORTED,
        )
        former = {**FORMER, "D1": list(FORMER["D1"])}  # type: ignore[arg-type]
        workspace.record(
            RecordKind.DECLARATION,
            ("uai", "year", "status", *former),
            [(uai, str(YEAR.previous), "submitted", *former.values()) for uai in uais],
            source=Source.IMPORTED,
        )
    return open_window(base_path)


def test_twenty_schools_in_a_row_cost_two_keys_each(circonscription: Desktop) -> None:
    desktop = circonscription
    order = [uai for uai in desktop.shell.schools.order() if uai.startswith("01199")]
    assert len(order) == 60
    keys = Keys(desktop, order[0])
    keys.press(Qt.Key.Key_F2)
    for uai in order[:20]:
        keys.wait(uai)
        keys.press(Qt.Key.Key_F4, SHIFT)
        keys.press(ENTER, CTRL)
    keys.wait(order[20])
    desktop.settle()
    for uai in order[:20]:
        held = desktop.declaration(uai)
        assert held is not None
        assert (held.status, held.answers) == (Status.SUBMITTED, FORMER)
    assert desktop.declaration(order[20]) is None
    assert keys.count == 1 + 2 * 20


def test_keys_pressed_before_the_next_school_is_there_never_touch_the_former_one(
    desktop: Desktop,
) -> None:
    keys = Keys(desktop)
    form = keys.open(SCHOOL)
    keys.press(Qt.Key.Key_F4, SHIFT)
    order = desktop.shell.schools.order()
    following = order[order.index(SCHOOL) + 1]
    keys.press(ENTER, CTRL)
    keys.press(ENTER, CTRL)
    keys.press(Qt.Key.Key_F4, SHIFT)
    keys.type("5")
    form = keys.wait(following)
    assert form.sheet.draft.answers == {"A1": 5}
    held = desktop.declaration()
    assert held is not None
    assert (held.status, held.answers) == (Status.SUBMITTED, FORMER)


def plain(answers: Mapping[str, Answer]) -> list[str]:
    """The keys of each answer, and nothing else: digits of a number, letter of a choice."""
    return [
        LETTERS[answer] if isinstance(answer, (bool, str)) else str(answer)
        for code, answer in answers.items()
        if code != "D1"
    ]


SMALL: dict[str, Answer] = {code: answer for code, answer in FORMER.items() if code != "D1"}
LARGE: dict[str, Answer] = {
    **dict(zip(SMALL, (12, "FIBRE", 5, False, True, False, True), strict=False)),
    **dict(zip(("B1", "B2", "B3", "C1", "C2", "C3"), (12, 3, 9, 0, 2, 1), strict=True)),
}


@pytest.mark.parametrize(
    "answers",
    [
        SMALL,
        LARGE,
        {**SMALL, "A1": 9, "A3": 0, "B1": 9, "B2": 0, "B3": 9, "C1": 0, "C2": 0, "C3": 0},
        {**SMALL, "A1": 3, "A2": "NSP", "B1": 3, "B2": 0, "B3": 3, "C1": 0, "C2": 1, "C3": 3},
        {**LARGE, "A1": 18, "A3": 40, "B1": 18, "B2": 0, "B3": 18, "C1": 3, "C2": 3, "C3": 18},
    ],
)
def test_a_first_declaration_costs_its_answers_and_two_keys(
    desktop: Desktop, answers: dict[str, Answer]
) -> None:
    keys = Keys(desktop, NEW)
    keys.open(NEW)
    keys.type("".join(plain(answers)))
    assert keys.submit(NEW) == answers
    assert keys.count == sum(map(len, plain(answers))) + 2
    assert keys.count <= 13 + sum(len(text) - 1 for text in plain(answers)) + 5


def test_usages_cost_a_key_each_and_one_to_come(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type("".join(plain(SMALL)))
    keys.press(ENTER)
    keys.type("16")
    assert form.sheet.draft.answers["D1"] == ("COM_FAMILLES", "ROBOTIQUE")
    assert keys.submit(NEW) == {**SMALL, "D1": ("COM_FAMILLES", "ROBOTIQUE")}
    assert keys.count == 13 + 2 + 3


def test_where_a_longer_number_is_plausible_enter_says_that_it_is_whole(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type("12f5nnno")
    assert form.here == "B1"
    keys.type("1")
    assert form.here == "B1"
    keys.press(ENTER)
    assert form.here == "B2"
    keys.type("11")
    assert form.here == "B3"
    assert form.sheet.draft.answers["B2"] == 11


def test_the_worst_case_of_a_large_school_costs_seven_keys_more(desktop: Desktop) -> None:
    """Five answers « 1 » in a school of ten classes or more: each could begin « 10 »."""
    keys = Keys(desktop, NEW)
    keys.open(NEW)
    keys.type("12f5nnno")
    for _ in range(5):
        keys.type("1")
        keys.press(ENTER)
    keys.type("1")
    keys.submit(NEW)
    assert keys.count == 14 + 7


def test_two_digits_that_made_two_answers_are_said_at_once(desktop: Desktop) -> None:
    said: list[str] = []
    desktop.session.said.connect(lambda text, _: said.append(text))
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type("6f2nnno")
    keys.type("1")
    assert said == []
    keys.type("5")
    assert said == [
        "B1\u00a0: 1, puis B2\u00a0: 5. Si c’était 15 pour B1, revenez-y par Retour arrière."
    ]
    assert not form.screen.notice.isVisible()
    keys.type("0")
    keys.type("3")
    assert [text[:9] for text in said] == ["B1\u00a0: 1, p", "B2\u00a0: 5, p", ""]
    assert form.sheet.draft.answers["C1"] == 3


def test_a_number_that_had_two_digits_last_year_is_not_cut(
    open_window: Callable[[Path], Desktop], base_path: Path
) -> None:
    """The check on a halved answer keeps « 1 » from being whole: « 15 » is an error, seen."""
    fill_base(base_path)
    with Workspace.open(base_path, operator="test", clock=fixed_clock) as workspace:
        fields = ("uai", "year", "status", "A1", "B1")
        row = (NEW, str(YEAR.previous), "submitted", 16, 15)
        workspace.record(RecordKind.DECLARATION, fields, [row], source=Source.IMPORTED)
    desktop = open_window(base_path)
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type("6")
    keys.type("f2nnno15")
    assert form.here == "B1"
    assert form.sheet.draft.answers["B1"] == 15
    assert form.sheet.fields["B1"].messages.pressing


def test_the_usual_way_with_enter_after_each_answer_gives_the_same(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    form.answer(*plain(SMALL))
    assert form.here == "D1"
    assert form.sheet.draft.answers == SMALL


def test_the_usual_way_with_tab_after_each_answer_gives_the_same(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    for text in plain(SMALL):
        keys.type(text)
        keys.press(Qt.Key.Key_Tab)
    assert form.here == "D1"
    assert form.sheet.draft.answers == SMALL


def test_backspace_goes_back_to_the_digit_and_the_number_can_be_longer(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type("6f2nnno1")
    assert form.here == "B2"
    keys.press(BACK)
    assert form.here == "B1"
    keys.type("5")
    assert form.here == "B1"
    assert form.sheet.draft.answers["B1"] == 15
    assert form.sheet.fields["B1"].messages.pressing
    keys.press(BACK)
    keys.press(BACK)
    keys.type("6")
    keys.press(ENTER)
    assert form.here == "B2"
    assert form.sheet.draft.answers["B1"] == 6


def test_a_choice_is_corrected_by_shift_enter_or_backspace(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type("6f")
    assert form.here == "A3"
    keys.press(ENTER, SHIFT)
    keys.type("a")
    assert form.here == "A2"
    keys.press(ENTER)
    keys.type("2n")
    keys.press(BACK)
    keys.type("o")
    assert form.here == "A4"
    keys.press(ENTER)
    assert form.here == "A5"
    assert form.sheet.draft.answers == {"A1": 6, "A2": "ADSL", "A3": 2, "A4": True}


@pytest.mark.parametrize(
    ("typed", "here", "code"), [("108", "A1", "A1"), ("6f61", "A3", "A3"), ("6f2nnno7", "B1", "B1")]
)
def test_an_implausible_number_stays_where_it_is_and_is_said(
    desktop: Desktop, typed: str, here: str, code: str
) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type(typed)
    assert form.here == here
    assert form.sheet.fields[code].messages.pressing


@pytest.mark.parametrize(("after", "stopped"), [("24101", "B3"), ("11111", "C3")])
def test_a_digit_too_many_stops_at_an_error(desktop: Desktop, after: str, stopped: str) -> None:
    """« 15 » for B1 in a school of six classes: a later question receives two digits."""
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type("6f2nnno" + "15" + after)
    assert form.here == stopped
    assert form.sheet.fields[stopped].messages.pressing
    keys.press(ENTER, CTRL)
    desktop.settle()
    held = desktop.declaration(NEW)
    assert held is not None
    assert held.status is Status.DRAFT


def test_a_digit_too_many_after_a_zero_is_not_taken_and_said(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type("6f2nnno" + "15" + "11101")
    assert form.sheet.draft.answers["C3"] == 0
    assert "Le chiffre 1 n’a pas été pris" in form.screen.notice.text.text()
    keys.press(BACK)
    keys.type("1")
    assert form.sheet.draft.answers["C3"] == 1
    assert not form.screen.notice.isVisible()


def test_undo_takes_back_an_answer_that_went_on_by_itself(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type("6fn")
    keys.press(Qt.Key.Key_Z, CTRL)
    assert form.sheet.draft.answers == {"A1": 6, "A2": "FIBRE"}


def test_arrows_and_the_mouse_choose_without_going_on(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    keys.type("6")
    keys.press(ENTER)
    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_Right)
    assert (form.here, form.sheet.draft.answers["A2"]) == ("A2", "FIBRE")
    buttons = form.sheet.fields["A2"].editor.buttons  # type: ignore[union-attr]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert (form.here, form.sheet.draft.answers["A2"]) == ("A2", "ADSL")


def test_a_person_may_do_without_and_it_is_remembered(desktop: Desktop) -> None:
    keys = Keys(desktop, NEW)
    form = keys.open(NEW)
    form.sheet.quick_box.click()
    form.sheet.fields["A1"].focus()
    keys.type("6")
    keys.press(ENTER)
    keys.type("f")
    assert form.here == "A2"
    form.screen.reload()
    keys.wait(NEW)
    desktop.until(lambda: not form.sheet.quick_box.isChecked())

"""Look of the window: Fusion, own palettes and font, read from ``resources/ui/theme.ini``.

No style sheet for the whole application: colours travel in the QPalette, and painters take the
ones it lacks (error, success, line…) from ``colours()``.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from numecole_desktop.ui.assets import asset, asset_root

AUTOMATIC = "auto"
"""Theme that follows the system's light, dark or high-contrast setting."""

TEXT_SIZE = "window/text_size"
"""Where the size of the text is remembered."""


class Colours:
    """The named colours of one palette of ``theme.ini``; ``dark`` tells which way it goes."""

    NAMES = (
        *("window", "base", "alternate", "surface", "text", "muted", "action", "on_action"),
        *(
            "action_surface",
            "selection",
            "idle_selection",
            "border",
            "line",
            "error",
            "error_surface",
        ),
        *("success", "success_surface", "warning", "warning_surface"),
    )
    window: QColor
    base: QColor
    alternate: QColor
    surface: QColor
    text: QColor
    muted: QColor
    action: QColor
    on_action: QColor
    action_surface: QColor
    selection: QColor
    idle_selection: QColor
    border: QColor
    line: QColor
    error: QColor
    error_surface: QColor
    success: QColor
    success_surface: QColor
    warning: QColor
    warning_surface: QColor

    def __init__(self, name: str) -> None:
        data = _data()
        self.name = name
        self.label = str(data.value(f"{name}/label"))
        for key in self.NAMES:
            setattr(self, key, QColor(str(data.value(f"{name}/{key}"))))
        self.dark = self.window.lightness() < self.text.lightness()

    def named(self, key: str) -> QColor:
        """The colour called ``key`` in the file."""
        colour: QColor = getattr(self, key)
        return colour


class _Current:
    colours: Colours | None = None
    text_size = 100


def theme_names() -> tuple[str, ...]:
    """Palettes that the file lists, in order."""
    return tuple(str(name) for name in _strings("look/palettes"))


@cache
def theme(name: str) -> Colours:
    """Palette ``name``, read once."""
    return Colours(name)


def colours() -> Colours:
    """The palette now applied to the application."""
    if _Current.colours is None:
        return theme("light")
    return _Current.colours


def text_sizes() -> tuple[int, ...]:
    """Sizes of the text that a person may choose, in percent; the first is the usual one."""
    return tuple(int(str(size)) for size in _strings("look/text_sizes"))


def text_size() -> int:
    """Size of the text now applied, in percent."""
    return _Current.text_size


def is_enlarged() -> bool:
    """Whether the text is larger than usual."""
    return _Current.text_size > text_sizes()[0]


def scaled(pixels: int) -> int:
    """A length that holds text, given at 100 %, for the size of the text now applied."""
    return pixels * _Current.text_size // 100


def row_height() -> int:
    """Height of a table row, in pixels."""
    return scaled(int(str(_data().value("look/row_height"))))


def apply_theme(app: QApplication, wanted: str) -> None:
    """Give the application palette ``wanted`` (``AUTOMATIC``: the system's choice)."""
    name = _system_theme() if wanted not in theme_names() else wanted
    chosen = theme(name)
    if _Current.colours is chosen:
        return
    _Current.colours = chosen
    app.setPalette(palette(chosen))


def apply_font(app: QApplication, text_size: str = "") -> None:
    """Load the shipped font and make it the application's; the system's stays where it fails.

    ``text_size`` is one of ``text_sizes``; anything else is the usual size. To be called before
    the widgets are built: what holds text takes its size then.
    """
    known = {str(size): size for size in text_sizes()}
    _Current.text_size = known.get(text_size, text_sizes()[0])
    for file in sorted(asset_root().joinpath("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont(app.font())
    font.setFamilies([str(_data().value("look/family")), *font.families()])
    font.setPointSizeF(float(str(_data().value("look/point_size"))) * _Current.text_size / 100)
    app.setFont(font)


def palette(chosen: Colours) -> QPalette:
    """The QPalette of ``chosen``."""
    result = QPalette()
    role = QPalette.ColorRole
    for key, roles in {
        "window": (role.Window,),
        "base": (role.Base,),
        "alternate": (role.AlternateBase,),
        "text": (role.WindowText, role.Text, role.ButtonText, role.ToolTipText),
        "muted": (role.PlaceholderText,),
        "action": (role.Highlight, role.Link, role.Accent, role.LinkVisited),
        "on_action": (role.HighlightedText, role.BrightText),
        "line": (role.Mid, role.Midlight),
        "border": (role.Dark,),
    }.items():
        for one in roles:
            result.setColor(one, chosen.named(key))
    result.setColor(role.Button, chosen.surface if chosen.dark else chosen.base)
    result.setColor(role.ToolTipBase, chosen.base)
    result.setColor(role.Light, chosen.base if not chosen.dark else chosen.line)
    result.setColor(role.Shadow, QColor(0, 0, 0))
    for one in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, one, chosen.muted)
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, chosen.idle_selection)
    result.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, chosen.text)
    return result


def _system_theme() -> str:
    hints = QApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


@cache
def _data() -> QSettings:
    return QSettings(str(asset("ui/theme.ini")), QSettings.Format.IniFormat)


def _strings(key: str) -> list[object]:
    value = _data().value(key)
    return value if isinstance(value, list) else [value]

"""``python -m numecole_desktop`` opens the window."""

from numecole_desktop.app import main

if __name__ == "__main__":
    raise SystemExit(main())

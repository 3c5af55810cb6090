#!/bin/sh
# "make run": build the sample base, then open the window on it, or print its profiles where there is
# no display.
set -eu
bin=$(cd "$(dirname "$0")/.." && pwd)/.venv/bin

if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "Pas d’écran ici : la base d’exemple et ses profils PDF sont produits sans ouvrir la fenêtre."
    exec "$bin/numecole" demo --profils
fi
"$bin/numecole" demo
exec "$bin/numecole-desktop" --demo

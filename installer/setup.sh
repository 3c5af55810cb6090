#!/bin/sh
# Set-up for "make": Debian libraries if some are missing, then a Python environment in .venv.
# Asks nothing, reads no standard input, needs no home folder. Called by the Makefile only when
# pyproject.toml, constraints.txt or this folder changed since the last success.
set -eu
cd "$(dirname "$0")/.."

venv=.venv
stamp=$venv/.numecole-stamp

say() { printf '\n== %s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }

# --- Debian libraries -----------------------------------------------------------------------------

# Some packages were renamed with the suffix t64 in later releases.
installed() {
    dpkg-query -W -f='${db:Status-Status}\n' "$1" "$1t64" 2>/dev/null | grep -qx installed
}

# Runs apt-get as root, directly or through sudo without a password; fails when neither is possible.
apt_get() {
    if [ "$(id -u)" -eq 0 ]; then
        DEBIAN_FRONTEND=noninteractive apt-get "$@" </dev/null
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n env DEBIAN_FRONTEND=noninteractive apt-get "$@" </dev/null
    else
        return 1
    fi
}

# Installs the packages named; on failure says which command to run, and goes on.
apt_install() {
    if apt_get update -qq && apt_get install -y -qq --no-install-recommends "$@" >/dev/null; then
        return 0
    fi
    complain "Ces bibliothèques du système n’ont pas pu être installées : $*"
    complain "Installez-les avec un compte administrateur, puis relancez la commande :"
    complain "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    return 1
}

debian_libraries() {
    command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 || return 0
    missing=
    for name in $(grep -v '^#' installer/debian-packages.txt); do
        installed "$name" || missing="$missing $name"
    done
    [ -n "$missing" ] || return 0
    say "Bibliothèques du système :$missing"
    # shellcheck disable=SC2086 # one word for each package
    apt_install $missing || true
}

# --- Python ---------------------------------------------------------------------------------------

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null
        then
            echo "$name"
            return 0
        fi
    done
    complain "Python 3.11, 3.12, 3.13 ou 3.14 est nécessaire et n’a pas été trouvé."
    complain "Sous Debian ou Ubuntu : sudo apt-get install python3 python3-venv"
    complain "Ailleurs : installez Python 3.11 ou plus récent, puis relancez la commande."
    return 1
}

# A virtual environment with pip. Debian ships ensurepip apart (python3-venv); the pip of the system,
# when there is one, can fill the environment in its place.
create_venv() {
    rm -rf "$venv"
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv "$venv"
    elif "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m venv --without-pip "$venv"
        "$python" -m pip --python "$venv/bin/python" install --quiet -c constraints.txt pip
    elif command -v apt-get >/dev/null 2>&1 && apt_install "$("$python" -c \
        'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; then
        "$python" -m venv "$venv"
    else
        complain "Python ne peut pas créer d’environnement virtuel : ni ensurepip ni pip."
        complain "Sous Debian ou Ubuntu : sudo apt-get install python3-venv"
        return 1
    fi
}

# The builder first, pinned like the rest: nothing is then fetched outside constraints.txt.
install_package() {
    set -- "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
        -c constraints.txt
    if ! "$@" hatchling editables || ! "$@" --no-build-isolation -e '.[dev]'; then
        complain "Les paquets Python n’ont pas pu être installés (raison ci-dessus)."
        complain "Vérifiez l’accès au réseau ou au miroir de paquets, puis relancez la commande."
        return 1
    fi
    # A first start without compiled files takes several times longer.
    "$venv/bin/python" -m compileall -q "$venv/lib" numecole_desktop >/dev/null || true
}

check_window() {
    QT_QPA_PLATFORM=offscreen "$venv/bin/python" -c \
        'from PySide6.QtWidgets import QApplication; QApplication([])' 2>"$venv/qt.log" && return 0
    complain "La fenêtre ne pourra pas s’ouvrir : une bibliothèque du système manque à Qt."
    complain "$(tail -n 1 "$venv/qt.log")"
    complain "Les bibliothèques nécessaires sont listées dans installer/debian-packages.txt."
    return 1
}

debian_libraries
python=$(find_python)
say "Environnement Python ($("$python" --version)) dans $venv ; la première fois prend une minute ou deux"
"$venv/bin/python" -m pip --version >/dev/null 2>&1 || create_venv
install_package
# Without the window the rest is usable; the set-up is tried again at the next command.
if check_window; then touch "$stamp"; fi

#!/bin/sh
# Makes .venv with everything that the program needs: sh deploy/setup.sh [dev]
# Rasa needs Python 3.10. It is looked for in $PYTHON, on the path, under pyenv and among uv's own;
# where there is none, uv is asked to fetch one. `uv.lock` says what is installed.
set -eu
cd "$(dirname "$0")/.."
UV_VERSION=0.13.9
groups="--no-dev"
[ "${1:-}" = dev ] && groups="--group dev"

say() { printf '%s\n' "$*" >&2; }

# A Python 3.10 that can make a virtual environment. A shim of pyenv can exist and fail, so each is tried out.
usable() {
    [ -n "$1" ] && "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1
}

find_python() {
    for candidate in "${PYTHON:-}" python3.10 python3 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python \
        "${UV_PYTHON_INSTALL_DIR:-$HOME/.local/share/uv/python}"/cpython-3.10*/bin/python3.10; do
        if usable "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# uv from the path where it runs; else from PyPI, in an environment that is thrown away.
fetch_python() {
    say "There is no Python 3.10 here; asking uv to fetch one …"
    if uv --version >/dev/null 2>&1; then
        uv python install 3.10 >&2 && uv python find 3.10
        return
    fi
    scratch=$(mktemp -d)
    python3 -m venv "$scratch" >/dev/null 2>&1 && "$scratch/bin/pip" install -q "uv==$UV_VERSION" >&2 &&
        "$scratch/bin/uv" python install 3.10 >&2 && "$scratch/bin/uv" python find 3.10
    status=$?
    rm -rf "$scratch"
    return $status
}

if ! usable .venv/bin/python; then
    python=$(find_python) || python=$(fetch_python) || python=
    if ! usable "$python"; then
        say "Makker needs Python 3.10 with venv, and none was found or could be fetched. Install it"
        say "(pyenv install 3.10; or, for uv to fetch one, apt install python3-venv and a way to pypi.org and github.com),"
        say "or name one: make install PYTHON=/path/to/python3.10"
        exit 1
    fi
    say "1/3 Making .venv with $("$python" --version) …"
    rm -rf .venv
    "$python" -m venv .venv
fi
if [ "$(.venv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$UV_VERSION" ]; then
    say "2/3 Installing uv $UV_VERSION into it …"
    .venv/bin/python -m pip install -q --disable-pip-version-check "uv==$UV_VERSION"
fi
say "3/3 Installing what uv.lock names (about 750 MB on disk; a minute or two the first time) …"
# shellcheck disable=SC2086
.venv/bin/uv sync --frozen --inexact $groups

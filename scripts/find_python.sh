#!/bin/sh
# Prints a Python that can build the environment, or says in one line what is missing.
# PYTHON=... names one; otherwise python3, or a newer one beside it if python3 is too old.
missing=""
command -v git >/dev/null 2>&1 || missing="git"

venv=""
for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    # Debian ships Python without ensurepip, and then `python -m venv` fails half way.
    if "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        [ -n "$missing" ] || { echo "$python"; exit 0; }
        echo "Missing: $missing." >&2
        exit 1
    fi
    venv="the venv module of $python (on Debian or Ubuntu: the package python3-venv)"
done

lack="${venv:-Python 3.11 or newer${PYTHON:+ (PYTHON=$PYTHON is not one)}}"
echo "Missing: ${missing:+$missing, and }$lack." >&2
exit 1

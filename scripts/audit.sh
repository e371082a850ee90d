#!/bin/sh
# Whether a locked package has a known vulnerability: 0 none, 1 there is one, 2 nobody could say.
# Asks the advisory database of PyPI, which takes a network: so it is no part of CI.
cd "$(dirname "$0")/.." || exit 2
told=$(mktemp) || exit 2
trap 'rm -f "$told"' EXIT
status=0
for lock in requirements.lock requirements-dev.lock; do
    echo "$lock:"
    if ! ${PIP_AUDIT:-.venv-audit/bin/pip-audit} --strict --progress-spinner off --disable-pip --require-hashes \
        --requirement "$lock" >"$told" 2>&1; then
        status=1
        # A table of findings begins so; without one it came to no answer, and with --strict a
        # package that the database does not know is none either.
        if ! grep -q '^Name .*Version .*ID' "$told"; then
            tail -1 "$told" >&2
            echo "make audit: the advisory database gave no answer about every package: NOT AUDITED" >&2
            exit 2
        fi
    fi
    cat "$told"
done
exit $status

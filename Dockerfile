# Two stages: what installs packages stays behind, what runs goes on. Neither holds a compiler:
# every package comes as a wheel. Raise both versions together (docs/operations.md).
FROM python:3.13.9-slim-bookworm AS build
WORKDIR /srv/travelban
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.lock ./
RUN pip install --no-cache-dir --only-binary=:all: --require-hashes -r requirements.lock
COPY pyproject.toml LICENSE ./
COPY app app
# Editable: the program reads data/ and migrations/ beside its code.
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . \
 && pip uninstall --yes setuptools pip

FROM python:3.13.9-slim-bookworm
WORKDIR /srv/travelban
RUN useradd --system --uid 10001 travelban \
 && install -d -o travelban /var/lib/travelban
COPY --from=build /opt/venv /opt/venv
COPY alembic.ini pyproject.toml LICENSE ./
COPY app app
COPY data data
COPY migrations migrations
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    TRAVELBAN_DATA_DIR=/var/lib/travelban \
    TRAVELBAN_HOST=0.0.0.0 \
    TRAVELBAN_PORT=8000
# Nothing is written beside the code when it runs, so that the root file system may be read-only:
# what that would save at each start is made here.
RUN python -m compileall -q app migrations
USER 10001
VOLUME /var/lib/travelban
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['TRAVELBAN_PORT'] + '/healthz', timeout=4)"]
CMD ["travelban", "serve"]

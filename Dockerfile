# Two stages: what installs packages stays behind, what runs goes on.
FROM python:3.13-slim AS build
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

FROM python:3.13-slim
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
USER 10001
VOLUME /var/lib/travelban
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['TRAVELBAN_PORT'] + '/healthz', timeout=4)"]
CMD ["travelban", "serve"]

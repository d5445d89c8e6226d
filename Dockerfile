# One image for web, worker and beat; docker-compose.yml chooses by command.

FROM node:22-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY frontend frontend
RUN node frontend/build.mjs

FROM python:3.12-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.lock .
# Wheels alone: nothing of a package runs while it is installed.
RUN /opt/venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r requirements.lock

FROM python:3.12-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MODE=production \
    VAR_DIR=/data \
    STATIC_ROOT=/app/staticfiles \
    PORT=8000
RUN groupadd --gid 10001 app \
 && useradd --uid 10001 --gid app --no-create-home --home-dir /app app \
 && install --directory --owner=app --group=app /data
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=front-end /build/static/dist static/dist
# Names with hashes, compressed once here. The settings are stand-ins that live for this line.
RUN SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(64))') \
    ALLOWED_HOSTS=build.invalid PUBLIC_URL=https://build.invalid MAIL_PAUSED=true \
    DATABASE_URL=postgres://build.invalid/build REDIS_URL=redis://build.invalid/0 \
    VAR_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0
USER app
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=40s --retries=3 \
    CMD ["python", "-m", "budgetcollab.health"]
# WEB_CONCURRENCY sets the number of processes.
CMD ["gunicorn", "budgetcollab.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", \
     "--threads=4", "--timeout=60", "--graceful-timeout=30", "--max-requests=2000", \
     "--max-requests-jitter=200", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]

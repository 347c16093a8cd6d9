# One image for web, worker, beat, simulator and migrations: docker-compose.yml says what each one runs.
FROM python:3.13-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --uid 10001 --create-home --home-dir /home/ehpad ehpad \
    && install -d -o ehpad -g ehpad -m 0700 /state

WORKDIR /app
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY . .
# The key signs nothing here: collecting static files only needs settings that load.
RUN SECRET_KEY=only-to-collect-static-files-never-served python manage.py collectstatic --noinput --verbosity 0

USER ehpad
ENV EHPAD_STATE_DIR=/state
EXPOSE 8000
CMD ["gunicorn", "ehpad_eprescription.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2"]

"""What every test shares: its own broker database, plain static files, real processes on demand."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pgtrigger
import pytest
import redis
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection

from ehpad_eprescription.celery import app as celery_app
from tests import browser_setup
from tests.stack import LiveStack, Pki, Simulator, Worker

# Playwright's sync API runs an event loop in this thread; Django would refuse the database for it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def _own_broker_database() -> str:
    """REDIS_URL with this test process's own database number: the given one, plus the xdist worker's rank."""
    parts = urlsplit(django_settings.REDIS_URL)
    rank = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    number = int(parts.path.strip("/") or 0) + rank
    return urlunsplit(parts._replace(path=f"/{number}"))


os.environ["REDIS_URL"] = _own_broker_database()
django_settings.REDIS_URL = django_settings.CELERY_BROKER_URL = os.environ["REDIS_URL"]
celery_app.conf.update(broker_url=os.environ["REDIS_URL"])
django_settings.STORAGES = django_settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
django_settings.WHITENOISE_AUTOREFRESH = django_settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(scope="session", autouse=True)
def _empty_broker() -> None:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        client.flushdb()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Transactional tests TRUNCATE tables, which append-only tables refuse: here only, they let it.

    At the end, connections left by threads (browser, live server) are closed: the test database can be dropped.
    """
    uris = [
        trigger.get_uri(model) for model, trigger in pgtrigger.registered() if trigger.name == "no_truncate"
    ]
    with django_db_blocker.unblock():
        if uris:
            call_command("pgtrigger", "disable", *uris, verbosity=0)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


# --- Real processes -----------------------------------------------------------------------------
@pytest.fixture(scope="session")
def pki(tmp_path_factory) -> Pki:
    """An authority and the keys of the cast's houses."""
    return Pki.make(tmp_path_factory.mktemp("pki"))


@pytest.fixture(scope="session")
def _simulator_process(pki, tmp_path_factory) -> Iterator[Simulator]:
    process = Simulator(pki, tmp_path_factory.mktemp("simulator"))
    process.start()
    yield process
    process.stop()


@pytest.fixture
def simulator(_simulator_process, settings) -> Simulator:
    """The simulated service, running, without faults, empty; the settings of this test point to it."""
    _simulator_process.ensure_running()
    _simulator_process.reset()
    for name, value in _simulator_process.settings.items():
        setattr(settings, name, value)
    return _simulator_process


@pytest.fixture
def celery_worker_process(transactional_db, simulator, tmp_path) -> Iterator[Worker]:
    """A real Celery worker with beat, on the test database and this process's broker database."""
    worker = Worker(simulator.environment, tmp_path)
    worker.start()
    yield worker
    worker.stop()


@pytest.fixture
def live_stack(live_server, celery_worker_process, simulator) -> LiveStack:
    """Web server, worker and simulator together."""
    return LiveStack(live_server.url, celery_worker_process, simulator)


# --- Chromium -----------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict[str, object]:
    """The Chromium of this machine."""
    path = browser_setup.find()
    assert path, "Aucun Chromium : lancez `make browser`"
    return {**browser_type_launch_args, "executable_path": path, "args": browser_setup.ARGUMENTS}


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: tests give whole addresses. (The plugin's own fixture is written in a way pytest 9 warns of.)"""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args) -> dict[str, object]:
    """A French workstation."""
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """`axe(page)`: the page has no accessibility violation that axe can see."""
    engine = Axe()

    def check(page) -> None:
        results = engine.run(page, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]})
        found = [
            f"{violation['id']} ({violation['impact']}) : {node['html'][:200]}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]
        assert not found, f"{page.url}\n" + "\n".join(found)

    return check


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the project."""
    return Path(__file__).resolve().parent.parent

"""docker-compose.yml and Dockerfile agree with the settings: their words are checked, no engine runs them."""

import re
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.utils.module_loading import import_string

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == COMPOSE["x-app"]["image"]}
SETTINGS = set(
    re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "ehpad_eprescription/settings.py").read_text())
)


def words(service: dict) -> list[str]:
    """The command of a service, a shell line cut into its words."""
    command = service["command"]
    return command[2].split() if command[:2] == ["sh", "-c"] else command


def test_services_are_the_announced_ones():
    assert set(SERVICES) == {"db", "redis", "migrate", "web", "worker", "beat", "simulator"}
    assert set(OURS) == {"migrate", "web", "worker", "beat", "simulator"}
    assert all(service["build"] == "." for service in OURS.values())


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_the_settings_read(name):
    unknown = set(SERVICES[name]["environment"]) - SETTINGS
    assert not unknown


@pytest.mark.parametrize("name", OURS)
def test_every_other_setting_comes_from_the_file_beside(name):
    """Only what names a file or an address inside the composition is decided here; the rest is the site's."""
    assert SERVICES[name]["env_file"] == [{"path": ".env", "required": False}]
    decided = {key for key, value in SERVICES[name]["environment"].items() if "${" not in value}
    assert decided == {"REDIS_URL", "EHPAD_STATE_DIR"}


def test_the_server_loads_the_lists_the_demonstration_loads():
    prepare = (ROOT / "ehpad_eprescription/management/commands/prepare.py").read_text()
    loaded = set(re.findall(r'"(import_\w+)"', prepare))
    assert len(loaded) == 5
    assert {word for word in words(SERVICES["migrate"]) if word.startswith("import_")} == loaded


def test_addresses_name_services_of_the_file():
    environment = COMPOSE["x-app"]["environment"]
    for variable in ("DATABASE_URL", "REDIS_URL", "AMO_ENDPOINT", "AMO_TRACES_ENDPOINT"):
        host = re.search(r"(?:@|//)([a-z]+):\d+", environment[variable])
        assert host is not None, variable
        assert host[1] in SERVICES, variable


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text()
    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert re.search(rf"\${{{secret}:\?", text)
        assert f"${{{secret}:-" not in text


@pytest.mark.parametrize("name", OURS)
def test_commands_name_modules_that_exist(name):
    line = words(SERVICES[name])
    for flag, word in pairwise(line):
        if flag in ("-m", "-A"):
            assert find_spec(word) is not None, word
        if flag == "manage.py":
            assert word in get_commands(), word
        if flag == "gunicorn":
            assert import_string(f"{word}.application")


def test_celery_commands_have_their_application_and_modes():
    assert import_string("ehpad_eprescription.celery_app").main == "ehpad_eprescription"
    assert "worker" in words(SERVICES["worker"])
    assert "beat" in words(SERVICES["beat"])
    assert "-B" not in words(SERVICES["worker"]), "one clock only: the beat service"


def test_worker_can_be_multiplied():
    assert not {"container_name", "ports", "hostname"} & set(SERVICES["worker"])


def test_programs_wait_for_migrations():
    for name in set(OURS) - {"migrate"}:
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully", name


def test_every_lasting_service_has_a_healthcheck():
    assert all("healthcheck" in service for name, service in SERVICES.items() if name != "migrate")


def test_only_loopback_ports_are_published():
    published = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_image_is_locked_closed_and_has_its_static_files():
    lines = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes -r requirements.txt" in lines
    assert "collectstatic" in lines
    users = re.findall(r"^USER (\S+)", lines, re.MULTILINE)
    assert users[-1] != "root"
    base = re.search(r"^FROM python:3\.(\d+)", lines, re.MULTILINE)
    assert base is not None
    assert 11 <= int(base[1]) <= 13

"""PostgreSQL and Valkey as child processes: they start anywhere, serve us alone, die with their parent."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from ehpad_eprescription.embedded import identity
from ehpad_eprescription.embedded.__main__ import main
from ehpad_eprescription.embedded.children import Child, stop_together
from ehpad_eprescription.embedded.errors import ServiceError
from ehpad_eprescription.embedded.ports import free_port, wanted_port
from ehpad_eprescription.embedded.postgres import end_previous_server
from ehpad_eprescription.embedded.services import RUN, base_environment, opened
from ehpad_eprescription.embedded.state import StateDir
from ehpad_eprescription.launcher.__main__ import reset
from ehpad_eprescription.launcher.supervisor import Supervisor

SHOW = "import json, os; print(json.dumps(dict(os.environ)))"


@pytest.fixture
def state(tmp_path) -> StateDir:
    return StateDir(tmp_path / "state")


@pytest.fixture
def bare_environment(state, monkeypatch) -> dict[str, str]:
    """The environment of somebody who has no server of their own."""
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EHPAD_STATE_DIR", str(state.root))
    return dict(os.environ)


def execute(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "ehpad_eprescription.embedded", "exec", "--", *command]
    return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=90)


def wait_until(condition, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "trop long"
        time.sleep(0.05)


def running(pid: int) -> bool:
    """False for a zombie too: in a container nobody may collect it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


# --- Under whom -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("euid", "allowed", "expected"),
    [
        (1000, False, identity.DIRECT),
        (1000, True, identity.DIRECT),
        (0, True, identity.NAMESPACE),
        (0, False, identity.NOBODY),
    ],
)
def test_identity_follows_the_user(euid, allowed, expected):
    assert identity.choose(euid, allowed) is expected


# --- Services -------------------------------------------------------------------------------------
def test_command_is_given_both_servers_and_its_exit_code_comes_back(bare_environment):
    script = (
        "import os, psycopg, redis; "
        "c = psycopg.connect(os.environ['DATABASE_URL']); "
        "print(c.execute('show fsync').fetchone()[0]); "
        "print(c.execute('show listen_addresses').fetchone()[0] or 'none', "
        "c.execute('show max_connections').fetchone()[0], c.execute(\"select upper('é')\").fetchone()[0]); "
        "r = redis.Redis.from_url(os.environ['REDIS_URL']); "
        "print(r.config_get('maxmemory-policy')['maxmemory-policy']); "
        "raise SystemExit(7)"
    )
    done = execute(bare_environment, sys.executable, "-c", script)
    assert done.stdout.split() == ["on", "none", "200", "É", "noeviction"], done.stderr
    assert done.returncode == 7


def test_folders_and_keys_are_closed_to_others(bare_environment, state):
    assert execute(bare_environment, "true").returncode == 0
    assert stat.S_IMODE((state.root / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE((state.root / "socket").stat().st_mode) == 0o700
    assert stat.S_IMODE(state.log("postgres").stat().st_mode) == 0o600
    assert not (state.root / "postgres" / "data" / "postmaster.pid").exists()
    assert not (state.root / "environment.json").exists()


def test_broker_wants_the_password(bare_environment):
    with opened(RUN) as environment:
        with redis.Redis.from_url(environment["REDIS_URL"]) as client:
            assert client.ping()
        bare = environment["REDIS_URL"].split("@")[1]
        with redis.Redis.from_url(f"redis://{bare}") as client, pytest.raises(redis.AuthenticationError):
            client.ping()


def test_named_servers_replace_ours(bare_environment, state):
    named = bare_environment | {
        "DATABASE_URL": "postgresql://elsewhere/x",
        "REDIS_URL": "redis://elsewhere/0",
    }
    done = execute(named, sys.executable, "-c", SHOW)
    assert json.loads(done.stdout)["DATABASE_URL"] == "postgresql://elsewhere/x"
    assert not (state.root / "postgres").exists()


def test_second_command_reaches_the_services_of_the_first(bare_environment, state):
    with opened(RUN) as environment:
        shown = json.loads(execute(bare_environment, sys.executable, "-c", SHOW).stdout)
        assert shown["DATABASE_URL"] == environment["DATABASE_URL"]
        assert shown["SECRET_KEY"] == state.secret_key()
        with psycopg.connect(environment["DATABASE_URL"]) as connection:  # and left them running
            connection.execute("SELECT 1")


def test_data_survives_a_restart(bare_environment):
    for statement in ("CREATE TABLE kept AS SELECT 1 AS n", "SELECT n FROM kept"):
        with opened(RUN) as environment, psycopg.connect(environment["DATABASE_URL"]) as connection:
            connection.execute(statement)
            connection.commit()


def test_path_too_long_for_a_socket_moves_it_elsewhere(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    state = StateDir(tmp_path / ("long" * 30))
    state.create()
    folder = state.socket_dir()
    try:
        assert len(str(folder)) < 90
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder == state.socket_dir()
        folder.chmod(0o755)
        with pytest.raises(ServiceError, match="pas sûr"):
            state.socket_dir()
    finally:
        folder.rmdir()


# --- Parents that die -----------------------------------------------------------------------------
def test_killed_parent_leaves_nothing_and_the_next_start_works(bare_environment, state):
    words = [sys.executable, "-m", "ehpad_eprescription.embedded", "exec", "--", "sleep", "600"]
    parent = subprocess.Popen(words, env=bare_environment)
    wait_until(lambda: state.published() is not None, 60)
    postmaster = int((state.root / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    assert running(postmaster)
    listed = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    wait_until(lambda: len(listed.read_text().split()) == 3)  # PostgreSQL, Valkey, the command
    children = listed.read_text().split()
    parent.kill()
    parent.wait()
    wait_until(lambda: not any(running(int(pid)) for pid in children))
    assert execute(bare_environment, "true").returncode == 0


def test_pid_of_a_dead_server_given_to_someone_else_is_dropped(tmp_path):
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n")
    end_previous_server(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


def test_request_to_stop_reaches_the_command(bare_environment, state):
    words = [sys.executable, "-m", "ehpad_eprescription.embedded", "exec", "--", "sleep", "600"]
    parent = subprocess.Popen(words, env=bare_environment)
    listed = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    wait_until(lambda: len(listed.read_text().split()) == 3, 60)
    time.sleep(0.3)
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(15) == 128 + signal.SIGTERM
    assert not (state.root / "postgres" / "data" / "postmaster.pid").exists()


def test_stubborn_child_is_killed(tmp_path):
    script = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
    )
    child = Child("stubborn", [sys.executable, "-c", script], log=tmp_path / "stubborn.log")
    child.start()
    wait_until(lambda: child.log.read_text() == "up\n")
    stop_together([child], 0.2)
    assert child.exit_code == -signal.SIGKILL


def test_supervisor_restarts_what_died_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("ehpad_eprescription.launcher.supervisor._DELAYS", (0.0,))
    said: list[str] = []
    supervisor = Supervisor(said.append)
    child = Child("web", ["sleep", "600"], log=tmp_path / "web.log")
    supervisor.start(child)
    child.kill()
    for _ in range(2):  # once to notice, once to restart
        supervisor._look(supervisor.watched[0])
    assert child.alive
    assert "s’est arrêté (code -9)" in said[0]
    assert said[1] == "« web » relancé."
    supervisor.stop()
    assert not child.alive


# --- The folder -----------------------------------------------------------------------------------
def test_one_owner_at_a_time(state):
    assert state.acquire("make run")
    other = StateDir(state.root)
    assert not other.acquire("make run")
    assert other.holder()["purpose"] == "make run"
    with pytest.raises(ServiceError, match="déjà utilisé par « make run »"):
        reset(other)
    state.release()
    (state.root / "kept").write_text("x")
    assert reset(other) == 0
    assert [entry.name for entry in state.root.iterdir()] == ["lock"]


def test_secret_key_given_by_the_environment_wins(state):
    assert "SECRET_KEY" not in base_environment(state, {"SECRET_KEY": "theirs"})
    assert base_environment(state, {})["SECRET_KEY"] == state.secret_key()


def test_busy_port_is_stepped_over():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert free_port(port) > port
        assert free_port(port, taken=frozenset({port + 1})) > port + 1


@pytest.mark.parametrize("text", ["abc", "0", "65536", "80 80", "-1", "８０００"])
def test_a_port_that_is_not_one_is_said_in_french_before_anything_starts(text):
    with pytest.raises(ServiceError, match="n’est pas un port"):
        wanted_port(text, 8000)


def test_a_wrong_port_stops_the_start_before_its_first_step(bare_environment, state):
    words = [sys.executable, "-m", "ehpad_eprescription.launcher", "run"]
    environment = bare_environment | {"PORT": "abc"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, "")
    assert "n’est pas un port" in done.stdout
    assert "[1/" not in done.stdout
    assert not state.root.exists()


def test_no_port_asked_is_the_usual_one():
    assert wanted_port(None, 8000) == wanted_port("", 8000) == wanted_port("8000", 1)


def test_command_line_wants_a_command(capsys):
    with pytest.raises(SystemExit):
        main(["exec", "--"])
    assert "donnez une commande" in capsys.readouterr().err

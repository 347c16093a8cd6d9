"""The identifier: 18 characters of the alphabet, never twice, whoever makes them at the same time."""

import multiprocessing
import os
import re
import secrets
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amo_gateway import identifiers
from amo_gateway.identifiers import ALPHABET, SIM_EPOCH, SimIdentifiantGenerator, encode

PUBLIC_SAMPLES = ["01S2TBPZ2JCNZZYGHZ", "03UE8SP00UGBYH4JF7"]
SECONDS, INSTALLATION = slice(0, 7), slice(7, 10)


def number(text: str) -> int:
    """Read base 32 back, our own way."""
    value = 0
    for character in text:
        value = value * 32 + ALPHABET.index(character)
    return value


def test_alphabet():
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert not set(ALPHABET) & set("ILOQ")
    assert list(ALPHABET) == sorted(ALPHABET)  # the text sorts as the numbers do


@pytest.mark.parametrize("sample", PUBLIC_SAMPLES)
def test_both_public_samples_are_valid_and_fit_the_alphabet(sample: str):
    assert identifiers.is_valid(sample)
    assert set(sample) <= set(ALPHABET)
    assert identifiers.warnings(sample) == []


def test_shape():
    made = SimIdentifiantGenerator(32767).generate()
    assert re.fullmatch(f"[{ALPHABET}]{{18}}", made)
    assert identifiers.is_valid(made)
    assert identifiers.warnings(made) == []


@given(moment=st.integers(0, 32**7 - 1), installation=st.integers(0, 32767))
def test_the_first_two_numbers_are_the_time_and_the_installation(moment: int, installation: int):
    made = SimIdentifiantGenerator(installation, clock=lambda: SIM_EPOCH + moment + 0.9).generate()
    assert (number(made[SECONDS]), number(made[INSTALLATION])) == (moment, installation)


@given(width=st.integers(1, 9), data=st.data())
def test_encode_keeps_width_and_value(width: int, data: st.DataObject):
    value = data.draw(st.integers(0, 32**width - 1))
    text = encode(value, width)
    assert len(text) == width
    assert number(text) == value


@given(st.lists(st.integers(0, 32**7 - 1), min_size=2, max_size=2))
def test_encode_keeps_the_order(pair: list[int]):
    assert (encode(pair[0], 7) < encode(pair[1], 7)) == (pair[0] < pair[1])


@given(width=st.integers(1, 9), excess=st.integers(0, 10**9))
def test_encode_refuses_what_does_not_fit(width: int, excess: int):
    for value in (32**width + excess, -1 - excess):
        with pytest.raises(ValueError, match="base 32"):
            encode(value, width)


def test_a_clock_before_2020_makes_nothing():
    with pytest.raises(ValueError, match="base 32"):
        SimIdentifiantGenerator(1, clock=lambda: 0.0).generate()


@pytest.mark.parametrize("installation", [-1, 32768])
def test_installation_out_of_range(installation: int):
    with pytest.raises(ValueError, match="entre 0 et 32767"):
        SimIdentifiantGenerator(installation)


@pytest.fixture
def _restless_threads() -> Iterator[None]:
    """Threads that interrupt each other all the time."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_restless_threads")
def test_unique_across_threads_in_one_second():
    generator = SimIdentifiantGenerator(1, clock=lambda: 1_800_000_000)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: generator.generate(), range(4000)))
    assert len({text[:14] for text in made}) == 4000  # by the counter alone, whatever the random end


def _many(generator: SimIdentifiantGenerator, pipe: Connection) -> None:
    pipe.send([generator.generate() for _ in range(500)])
    pipe.close()
    os._exit(0)  # nothing of the parent's test run must happen twice


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_unique_across_forked_processes_in_one_second():
    generator = SimIdentifiantGenerator(1, clock=lambda: 1_800_000_000)
    made = [generator.generate()]
    forking = multiprocessing.get_context("fork")
    for _ in range(3):
        ours, theirs = forking.Pipe(duplex=False)
        child = forking.Process(target=_many, args=(generator, theirs))
        child.start()
        theirs.close()
        made += ours.recv()
        ours.close()
        child.join()
        child.close()
    made += [generator.generate() for _ in range(500)]
    assert len(set(made)) == 2001


def test_a_fork_leaves_the_sequence_of_its_parent(monkeypatch: pytest.MonkeyPatch):
    generator = SimIdentifiantGenerator(1, clock=lambda: 1_800_000_000)
    monkeypatch.setattr(secrets, "randbits", lambda _: 1000)
    first = generator.generate()
    generator.generate()
    monkeypatch.setattr(os, "getpid", lambda: 1)
    assert generator.generate() == first  # starts again from the (here fixed) random value


def test_the_counter_wraps_without_growing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(secrets, "randbits", lambda _: 32**4 - 1)
    assert SimIdentifiantGenerator(1).generate()[10:14] == "0000"


@pytest.mark.parametrize(
    "text",
    ["", "0" * 17, "0" * 19, "0" * 17 + "a", "0" * 18 + "\n", "０" * 18, "0" * 17 + "É", "0" * 17 + " "],
)
def test_invalid(text: str):
    assert not identifiers.is_valid(text)


def test_letters_easy_to_mistake_are_accepted_with_a_remark():
    assert identifiers.is_valid("OIL000000000000000")
    assert identifiers.warnings("OIL000000000000000") == [
        "Caractères inhabituels dans l’identifiant : I, L, O. Vérifiez la saisie."
    ]

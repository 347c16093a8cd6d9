"""The door for machines and the screen rest on the same settings and the same base (rules A11, Z2)."""

import pytest

from prescriptions.referentials.freshness import current_release
from prescriptions.safety.in_service import in_service
from tests.prescriptions.safety.cases import GP, RESIDENT, brand, dci

DOCUMENT = {
    "today": "2026-11-24",
    "resident": RESIDENT,
    "prescriber": GP,
    "lines": [dci("PARACÉTAMOL", "1 g")],
}


def test_the_door_reads_the_list_of_the_house(door, settings, tmp_path):
    document = {**DOCUMENT, "lines": [{"cis": "60234100", "crush": True}]}
    assert not [f for f in door(document)["findings"] if f["check"] == "CRUSHING"]
    settings.CRUSHING_LIST = str(tmp_path / "liste.csv")
    (tmp_path / "liste.csv").write_text("Liste;2026-04-24\n60234100;Ne pas écraser\n", encoding="utf-8")
    (found,) = [f for f in door(document)["findings"] if f["check"] == "CRUSHING"]
    assert (found["level"], found["source"]) == ("REASON", "Liste")


def test_an_engine_that_is_off_is_off_at_the_door_too(door, settings):
    settings.CLINICAL_ENGINE = False
    answer = door({**DOCUMENT, "lines": [brand("SKENAN LP 30 mg", crush=True)]})
    assert answer["version"] == ""
    assert any("désactivés" in f["headline"] for f in answer["findings"])


@pytest.mark.parametrize(("legal_only", "setting", "clinical"), [
    (False, True, True), (True, True, False), (False, False, False), (True, False, False),
])  # fmt: skip
def test_nothing_opens_the_engine_but_its_setting(settings, legal_only, setting, clinical):
    settings.CLINICAL_ENGINE = setting
    assert in_service(legal_only=legal_only).clinical is clinical


@pytest.mark.parametrize(
    ("today", "level"), [("2026-05-20", "ok"), ("2026-07-01", "amber"), ("2026-11-24", "red")]
)
def test_the_door_says_how_old_the_base_is(door, today, level):
    base = door({**DOCUMENT, "today": today, "resident": {"age": 90}})["base"]
    release = current_release()
    assert release is not None
    assert (base["level"], base["published_on"], base["sha256"]) == (level, "2026-05-19", release.sha256)
    assert ("trop ancienne" in base["sentence"]) is (level == "red")

"""The table of named cases on the real base."""

import pytest

from tests.prescriptions.safety.cases import CASES


def test_there_are_enough_cases_and_each_has_its_name():
    assert len(CASES) >= 80
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_named_case(door, case):
    answer = door(case.document())
    assert "error" not in answer, answer
    unread = [line for line in answer["lines"] if line["cis"] is None]
    assert len(unread) == sum(1 for line in case.lines if {"text", "cis"} & line.keys()), (
        "a medicine was not found"
    )
    findings = answer["findings"]
    told = [(f["check"], f["level"], f["levels"], f["headline"], f["text"]) for f in findings]
    for said in case.said:
        assert any(said.meets(finding) for finding in findings), (said, told)
    assert [f for f in told if f[0] in case.silent] == []
    assert all(finding["source"] for finding in findings)

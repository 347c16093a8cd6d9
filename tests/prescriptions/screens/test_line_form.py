"""The fields of a line and its content: the same thing, both ways."""

from django.http import QueryDict

from prescriptions.views.line_form import blank_step, read_post, restructure


def form(**fields) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_fields_become_content():
    data = form(
        **{
            "p0-rhythm": "WEEKDAYS",
            "p0-matin": " 1 ",
            "p0-weekdays": ["MO", "TH"],
            "p0-h0-at": "10:00",
            "p0-h0-dose": "2",
            "ald": "on",
        }
    )
    content = read_post(data, {"cis": "60000001", "unit": "comprimé"})
    step = content["phases"][0]
    assert content["cis"] == "60000001"
    assert (step["matin"], step["weekdays"], step["hours"]) == (
        "1",
        ["MO", "TH"],
        [{"at": "10:00", "dose": "2"}],
    )
    assert (content["ald"], content["non_substitutable"]) == (True, False)


def test_the_drug_never_comes_from_the_form():
    assert read_post(form(cis="1", duration_days="8"), {"cis": "60000001"})["cis"] == "60000001"


def test_a_removed_step_leaves_no_hole():
    data = form(**{"p0-rhythm": "DAILY", "p2-rhythm": "DAILY", "p2-soir": "3"})
    assert [step["soir"] for step in read_post(data, {})["phases"]] == ["", "3"]


def test_steps_and_hours_are_added_and_removed():
    content = {"phases": [blank_step()]}
    assert restructure(content, "add-step") == "p1-matin"
    assert restructure(content, "add-hour:1") == "p1-h0-at"
    assert restructure(content, "remove-hour:1:0") == "p1-matin"
    assert restructure(content, "remove-step:1") == "p0-matin"
    assert len(content["phases"]) == 1


def test_the_first_step_stays_and_nonsense_is_ignored():
    content = {"phases": [blank_step()]}
    for edit in ("remove-step:0", "remove-step", "explode", "add-hour:9", "remove-hour:0:7", "remove-hour:x"):
        restructure(content, edit)
    assert content == {"phases": [blank_step()]}

"""The demonstration's houses are ready at first start, and its workstation belongs to no browser."""

from ehpad_eprescription.demo.load import load
from residents.checklist import places
from residents.models import Establishment, StaffMember
from tests.drug_base import load_drug_base
from traces.models import Trace, Workstation
from traces.workstation import active_counts


def test_every_house_is_ready_and_no_browser_is_its_workstation(db, pki, settings, as_member):
    settings.AMO_CREDENTIALS_DIR = pki.folder
    load_drug_base()
    list(load())
    houses = list(Establishment.objects.all())
    ready = places(houses, active_counts(house.finess for house in houses))
    assert [item.words for place in ready for item in place.items if not item.done] == []
    assert list(load()) == ["Données de démonstration déjà présentes."]
    assert {station.label for station in Workstation.objects.all()} == {"Poste de démonstration"}
    assert Workstation.objects.count() == len(houses)
    html = as_member(StaffMember.objects.get(username="martineau")).get("/aide/").content.decode()
    assert "Poste non activé" in html
    assert not Trace.objects.exclude(workstation=None).exists()

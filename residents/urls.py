"""Routes of people and places. Those of the administration begin with « administration »."""

from django.urls import path

from residents.views import (
    admin_houses,
    admin_staff,
    admin_workstations,
    clinical,
    listing,
    proposals,
    record,
)

app_name = "residents"

_HOUSE = "administration/<str:finess>/"
_MEMBER = f"{_HOUSE}professionnels/<int:member_pk>/"

urlpatterns = [
    path("roles-proposes/", proposals.proposals, name="proposals"),
    path("residents/", listing.residents, name="list"),
    path("residents/nouveau/", record.create, name="create"),
    path("residents/<uuid:pk>/identite/", record.identity, name="identity"),
    path("residents/<uuid:pk>/identite/modifier/", record.edit, name="edit"),
    path("residents/<uuid:pk>/mesures/", record.add_measure, name="add_measure"),
    path("residents/<uuid:pk>/allergies/", clinical.add_allergy, name="add_allergy"),
    path("residents/<uuid:pk>/allergies/aucune/", clinical.no_allergy, name="no_allergy"),
    path(
        "residents/<uuid:pk>/allergies/<int:allergy_pk>/retirer/",
        clinical.remove_allergy,
        name="remove_allergy",
    ),
    path("residents/<uuid:pk>/antecedents/", clinical.add_condition, name="add_condition"),
    path("residents/<uuid:pk>/antecedents/aucun/", clinical.no_condition, name="no_condition"),
    path(
        "residents/<uuid:pk>/antecedents/<int:condition_pk>/retirer/",
        clinical.remove_condition,
        name="remove_condition",
    ),
    path("residents/<uuid:pk>/deglutition/", clinical.set_swallowing, name="set_swallowing"),
    path("residents/<uuid:pk>/information/", record.information, name="information"),
    path("residents/<uuid:pk>/photographie/", record.photo, name="photo"),
    path("residents/<uuid:pk>/photographie/changer/", record.set_photo, name="set_photo"),
    path("administration/", admin_houses.houses, name="admin"),
    path("administration/nouveau/", admin_houses.create_house, name="admin_create"),
    path(_HOUSE, admin_houses.edit_house, name="admin_house"),
    path(f"{_HOUSE}pharmacies/", admin_houses.pharmacies, name="admin_pharmacies"),
    path(f"{_HOUSE}professionnels/", admin_staff.staff, name="admin_staff"),
    path(f"{_HOUSE}professionnels/nouveau/", admin_staff.create_member, name="admin_member_create"),
    path(f"{_HOUSE}professionnels/deja-connu/", admin_staff.attach_member, name="admin_member_attach"),
    path(_MEMBER, admin_staff.edit_member, name="admin_member"),
    path(f"{_MEMBER}mot-de-passe/", admin_staff.reset_password, name="admin_member_password"),
    path(f"{_HOUSE}postes/", admin_workstations.workstations, name="admin_workstations"),
    path(f"{_HOUSE}postes/activer/", admin_workstations.enrol_here, name="admin_workstation_enrol"),
    path(
        f"{_HOUSE}postes/<uuid:workstation_pk>/revoquer/",
        admin_workstations.revoke,
        name="admin_workstation_revoke",
    ),
]

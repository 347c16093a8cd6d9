"""Routes of prescribing: around a resident, then around a prescription."""

from django.urls import path

from prescriptions.views import (
    about,
    account,
    act,
    clinical_options,
    document,
    external,
    life,
    listing,
    paper,
    prescribing,
    printing,
    record,
    search,
    signing,
)

app_name = "prescriptions"

urlpatterns = [
    path("residents/<uuid:pk>/", record.record, name="record"),
    path("residents/<uuid:pk>/prescrire/", prescribing.prescribe, name="prescribe"),
    path("residents/<uuid:pk>/prescrire/lignes/", prescribing.add_line, name="add-line"),
    path("residents/<uuid:pk>/prescrire/lignes/<uuid:line_pk>/", prescribing.save_line, name="save-line"),
    path(
        "residents/<uuid:pk>/prescrire/lignes/<uuid:line_pk>/retirer/",
        prescribing.remove_line,
        name="remove-line",
    ),
    path("residents/<uuid:pk>/prescrire/motif/", prescribing.acknowledge, name="acknowledge"),
    path("controles/", about.checks, name="about-checks"),
    path("residents/<uuid:pk>/prescrire/abandonner/", prescribing.discard, name="discard"),
    path("residents/<uuid:pk>/traitements-exterieurs/", external.external, name="external"),
    path("residents/<uuid:pk>/traitements-exterieurs/noter/", external.add_external, name="add-external"),
    path(
        "residents/<uuid:pk>/traitements-exterieurs/<uuid:external_pk>/arreter/",
        external.stop_external,
        name="stop-external",
    ),
    path("noter/allergies/options/", clinical_options.allergy_options, name="allergy-options"),
    path("noter/diagnostics/options/", clinical_options.diagnosis_options, name="diagnosis-options"),
    path("noter/medicaments/options/", external.external_options, name="external-options"),
    path("mon-compte/code-de-signature/", account.signing_code, name="signing-code"),
    path("prescrire/options/", search.options, name="options"),
    path("prescriptions/", listing.prescriptions, name="list"),
    path("prescriptions/<uuid:pk>/", life.detail, name="detail"),
    path("prescriptions/<uuid:pk>/etat/", life.state, name="state"),
    path("prescriptions/<uuid:pk>/relire/", signing.review_and_sign, name="review"),
    path(
        "prescriptions/<uuid:pk>/relire/<int:part>/page-<int:number>.png",
        signing.preview_page,
        name="preview-page",
    ),
    path("prescriptions/<uuid:pk>/document.xml", document.cda, name="cda"),
    path("prescriptions/<uuid:pk>/document.zip", document.xdm, name="xdm"),
    path("prescriptions/<uuid:pk>/papier/", paper.give_up, name="give-up"),
    path("signatures/<uuid:pk>/", act.act, name="act"),
    path("signatures/<uuid:pk>/etat/", act.act_state, name="act-state"),
    path("prescriptions/<uuid:pk>/reessayer/", life.retry, name="retry"),
    path("prescriptions/<uuid:pk>/corriger/", life.correct, name="correct"),
    path("prescriptions/<uuid:pk>/imprimer/", printing.print_now, name="print"),
    path("impressions/<uuid:pk>.pdf", printing.printout, name="printout"),
]

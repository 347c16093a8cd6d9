"""Load the list of diagnoses (CIM-10)."""

from __future__ import annotations

from prescriptions.referentials.lists.contents import Cim10Contents
from prescriptions.referentials.management.import_command import ImportListCommand


class Command(ImportListCommand):
    help = "Charge la classification des maladies (CIM-10) à la place de celle en service."
    folder_help = "dossier de MS_CIM_V.csv"
    contents = Cim10Contents

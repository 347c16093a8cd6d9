"""Load the list of devices (LPP)."""

from __future__ import annotations

from prescriptions.referentials.lists.contents import LppContents
from prescriptions.referentials.management.import_command import ImportListCommand


class Command(ImportListCommand):
    help = "Charge la liste des produits et prestations (LPP) à la place de celle en service."
    folder_help = "dossier de NT_LPP.csv et IR_LPP_V.csv"
    contents = LppContents

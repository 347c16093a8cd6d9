"""Load the list of acts of biology (NABM)."""

from __future__ import annotations

from prescriptions.referentials.lists.contents import NabmContents
from prescriptions.referentials.management.import_command import ImportListCommand


class Command(ImportListCommand):
    help = "Charge la nomenclature des actes de biologie médicale (NABM) à la place de celle en service."
    folder_help = "dossier de IR_BIO_R.csv"
    contents = NabmContents

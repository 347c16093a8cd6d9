"""Search over the whole list of diagnoses (CIM-10)."""

from io import StringIO

from django.core.management import call_command

from ehpad_eprescription.bench.report import Figures, Options
from ehpad_eprescription.bench.search_lists import measure_list
from prescriptions.referentials.diagnoses import search_diagnoses
from prescriptions.referentials.models import Diagnosis


def measure(options: Options) -> Figures:
    """Time what people type on the way to a diagnosis."""
    call_command("import_cim10", "--bundled", "--if-needed", stdout=StringIO())
    labels = Diagnosis.objects.order_by("pk").values_list("label", flat=True)
    return measure_list("diagnostics", list(labels), search_diagnoses)

"""Search over the whole list of devices (LPP)."""

from ehpad_eprescription.bench.report import Figures, Options
from ehpad_eprescription.bench.search_lists import measure_list
from prescriptions.referentials.devices import search_devices
from prescriptions.referentials.models import LppItem


def measure(options: Options) -> Figures:
    """Time what people type on the way to a device in force."""
    labels = LppItem.objects.filter(ends_on=None).order_by("pk").values_list("label", flat=True)
    return measure_list("dispositifs", list(labels), search_devices)

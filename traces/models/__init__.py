"""What happened, from which workstation; and what of it has been transmitted."""

from traces.models.delivery import TraceBatch, TraceDelivery
from traces.models.trace import Trace
from traces.models.workstation import Workstation

__all__ = ["Trace", "TraceBatch", "TraceDelivery", "Workstation"]

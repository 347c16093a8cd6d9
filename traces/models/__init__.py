"""What happened, from which workstation; and what of it has been transmitted."""

from traces.models.delivery import BatchState, TraceBatch, TraceDelivery
from traces.models.trace import Trace
from traces.models.workstation import Workstation

__all__ = ["BatchState", "Trace", "TraceBatch", "TraceDelivery", "Workstation"]

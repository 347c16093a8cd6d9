"""What `manage.py check` says of the settings of the checks, before a prescriber meets it."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning

from prescriptions.safety.in_service import house_knowledge


def crushing_list_is_readable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn of a crushing list that cannot be read: the checks go on without it."""
    fault = house_knowledge().crushing_fault
    hint = "Format dans docs/guide-exploitation.md, « Liste d’écrasement »."
    return [Warning(fault, hint=hint, id="prescriptions.W001")] if fault else []

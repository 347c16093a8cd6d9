"""Application configuration."""

from django.apps import AppConfig


class PrescriptionsConfig(AppConfig):
    """Prescribing; tells the list of residents what it knows of their treatments."""

    name = "prescriptions"

    def ready(self) -> None:
        """Register what the list of residents shows of treatments."""
        from prescriptions.overview import treatments
        from residents import overview

        overview.register(treatments)

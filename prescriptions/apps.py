"""Application configuration."""

from django.apps import AppConfig


class PrescriptionsConfig(AppConfig):
    """Prescribing; tells the list of residents what it knows of their treatments."""

    name = "prescriptions"

    def ready(self) -> None:
        """Register what the list of residents shows, how codes noted at the record are found, what `check` looks at."""
        from django.core import checks

        from prescriptions.clinical_codes import allergen, diagnosis
        from prescriptions.overview import treatments
        from prescriptions.safety.system_checks import crushing_list_is_readable
        from residents import coding, overview

        checks.register(crushing_list_is_readable, "prescriptions")
        overview.register(treatments)
        coding.ALLERGENS.register(allergen)
        coding.DIAGNOSES.register(diagnosis)

"""Application configuration."""

from django.apps import AppConfig


class PrescriptionsConfig(AppConfig):
    """Prescribing; tells the list of residents what it knows of their treatments."""

    name = "prescriptions"

    def ready(self) -> None:
        """Register what the list of residents shows of treatments, and how codes noted at the record are found."""
        from prescriptions.clinical_codes import allergen, diagnosis
        from prescriptions.overview import treatments
        from residents import coding, overview

        overview.register(treatments)
        coding.ALLERGENS.register(allergen)
        coding.DIAGNOSES.register(diagnosis)

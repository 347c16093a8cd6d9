"""Application configuration."""

from django.apps import AppConfig


class ReferentialsConfig(AppConfig):
    name = "prescriptions.referentials"
    label = "referentials"

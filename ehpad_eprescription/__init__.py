"""EHPAD e-prescription: LAP and DUI module for nursing homes without PUI."""

from ehpad_eprescription.celery import app as celery_app

__all__ = ["celery_app"]
__version__ = "0.1.0"

"""The Celery application: a doorbell, never the truth (see docs/adr/0002-outbox.md)."""

import os

from celery import Celery
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ehpad_eprescription.settings")

app = Celery("ehpad_eprescription")
app.config_from_object("django.conf:settings", namespace="CELERY")
# The default queue, and that of prescriptions/doorbell.py.
app.conf.task_queues = (Queue("celery"), Queue("bells"))
app.autodiscover_tasks()

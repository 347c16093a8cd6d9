"""Every transmitted field is stored with the trace; one chain a house instead of one for all.

Batches nobody acknowledged are taken apart: their traces leave again in the new form, and `traceId` makes that harmless.
"""

from django.conf import settings
from django.db import migrations, models

UNDO_OPEN_BATCHES = """
DELETE FROM traces_tracedelivery d USING traces_tracebatch b WHERE b.id = d.batch_id AND b.acknowledged_at IS NULL;
DELETE FROM traces_tracebatch WHERE acknowledged_at IS NULL;
"""
NUMBER_BATCHES = """
UPDATE traces_tracebatch b SET sequence = n.rank
FROM (SELECT id, row_number() OVER (PARTITION BY finess ORDER BY made_at, id) AS rank FROM traces_tracebatch) n
WHERE n.id = b.id;
"""


class Migration(migrations.Migration):
    # Rows first, table definitions after: PostgreSQL refuses to mix them once a deferred constraint is waiting.
    dependencies = [("traces", "0001_initial")]

    operations = [
        migrations.RunSQL(UNDO_OPEN_BATCHES, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddField("trace", "lps_name", models.CharField(default=settings.LPS_NAME, max_length=40), preserve_default=False),
        migrations.AddField("trace", "lps_idam", models.CharField(default=settings.LPS_IDAM, max_length=20), preserve_default=False),
        migrations.AddField("trace", "assertion_id", models.CharField(blank=True, default="", max_length=64), preserve_default=False),
        migrations.AddField("trace", "correlation_id", models.CharField(blank=True, default="", max_length=64), preserve_default=False),
        migrations.AddField("trace", "severity", models.CharField(blank=True, default="", max_length=13), preserve_default=False),
        migrations.AlterField(
            "trace",
            "operation",
            models.CharField(
                choices=[
                    ("CREER", "CREER"),
                    ("EP4", "ENREGISTRER"),
                    ("EP3", "CONSULTER"),
                    ("RELANCER", "RELANCER"),
                    ("IMPRIMER", "IMPRIMER"),
                    ("ABANDONNER", "ABANDONNER"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            "trace",
            "outcome",
            models.CharField(
                choices=[("SUCCES", "SUCCES"), ("ECHEC", "ECHEC"), ("ABANDON", "ABANDON")], max_length=8
            ),
        ),
        migrations.AlterField(
            "tracedelivery",
            "batch",
            models.ForeignKey(
                db_index=False,
                on_delete=models.deletion.PROTECT,
                related_name="deliveries",
                to="traces.tracebatch",
            ),
        ),
        migrations.AddField("tracebatch", "sequence", models.PositiveIntegerField(default=0), preserve_default=False),
        migrations.RunSQL(NUMBER_BATCHES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "tracebatch", models.UniqueConstraint(fields=["finess", "sequence"], name="tracebatch_in_order")
        ),
    ]

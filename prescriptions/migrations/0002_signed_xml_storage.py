"""Store the signed bytes out of line and uncompressed: pglz costs more than it saves on base64 signatures."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("prescriptions", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE prescriptions_submission ALTER COLUMN signed_xml SET STORAGE EXTERNAL",
            "ALTER TABLE prescriptions_submission ALTER COLUMN signed_xml SET STORAGE EXTENDED",
        )
    ]

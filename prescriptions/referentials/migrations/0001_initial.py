import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='GenericGroup',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=500)),
            ],
            options={
                'verbose_name': 'groupe générique',
                'verbose_name_plural': 'groupes génériques',
            },
        ),
        migrations.CreateModel(
            name='DrugBaseRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=200)),
                ('published_on', models.DateField()),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('imported_at', models.DateTimeField()),
                ('row_counts', models.JSONField(default=dict)),
                ('current', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'version de la base médicamenteuse',
                'verbose_name_plural': 'versions de la base médicamenteuse',
                'constraints': [models.UniqueConstraint(condition=models.Q(('current', True)), fields=('current',), name='one_current_drug_base')],
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.CharField(db_collation='C', max_length=120, primary_key=True, serialize=False)),
                ('is_name', models.BooleanField()),
            ],
            options={
                'verbose_name': 'mot de recherche',
                'verbose_name_plural': 'mots de recherche',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['word'], name='search_word_trigrams', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Speciality',
            fields=[
                ('cis', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=300)),
                ('form', models.CharField(max_length=150)),
                ('routes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('amm_status', models.CharField(max_length=60)),
                ('marketed', models.BooleanField()),
                ('holder', models.CharField(max_length=120)),
                ('under_surveillance', models.BooleanField(default=False)),
                ('is_homeopathy', models.BooleanField(default=False)),
                ('is_parallel_import', models.BooleanField(default=False)),
                ('alert_status', models.CharField(blank=True, max_length=60)),
                ('atc', models.CharField(blank=True, max_length=7)),
                ('is_generic', models.BooleanField(default=False)),
                ('dci_label', models.TextField()),
                ('dosage', models.CharField(blank=True, max_length=120)),
                ('intake_unit', models.CharField(max_length=30)),
                ('is_local_route', models.BooleanField(default=False)),
                ('search', django.contrib.postgres.search.SearchVectorField()),
                ('named_by_dci', models.BooleanField(default=False)),
                ('sort_rank', models.PositiveIntegerField()),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='specialities', to='referentials.drugbaserelease')),
            ],
            options={
                'verbose_name': 'spécialité',
            },
        ),
        migrations.CreateModel(
            name='Shortage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cip13', models.CharField(max_length=13, null=True)),
                ('kind', models.CharField(choices=[('1', 'Rupture de stock'), ('2', "Tension d'approvisionnement"), ('3', 'Arrêt de commercialisation'), ('4', 'Remise à disposition')], max_length=1)),
                ('label', models.CharField(max_length=60)),
                ('started_on', models.DateField(null=True)),
                ('updated_on', models.DateField(null=True)),
                ('back_on', models.DateField(null=True)),
                ('url', models.URLField(blank=True, max_length=400)),
                ('speciality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='shortages', to='referentials.speciality')),
            ],
            options={
                'verbose_name': 'disponibilité',
            },
        ),
        migrations.CreateModel(
            name='Presentation',
            fields=[
                ('cip13', models.CharField(max_length=13, primary_key=True, serialize=False)),
                ('cip7', models.CharField(max_length=7)),
                ('label', models.CharField(max_length=300)),
                ('marketed', models.BooleanField()),
                ('price', models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                ('reimbursement_rate', models.PositiveSmallIntegerField(null=True)),
                ('units_per_box', models.DecimalField(decimal_places=3, max_digits=12, null=True)),
                ('speciality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='presentations', to='referentials.speciality')),
            ],
            options={
                'verbose_name': 'présentation',
            },
        ),
        migrations.CreateModel(
            name='PrescriptionCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=250)),
                ('speciality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='conditions', to='referentials.speciality')),
            ],
            options={
                'verbose_name': 'condition de prescription',
                'verbose_name_plural': 'conditions de prescription',
            },
        ),
        migrations.CreateModel(
            name='GenericMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('0', 'princeps'), ('1', 'générique'), ('2', 'générique par complémentarité posologique'), ('4', 'générique substituable')], max_length=1)),
                ('rank', models.PositiveSmallIntegerField()),
                ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='members', to='referentials.genericgroup')),
                ('speciality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='generic_groups', to='referentials.speciality')),
            ],
            options={
                'verbose_name': "membre d'un groupe générique",
                'verbose_name_plural': "membres d'un groupe générique",
            },
        ),
        migrations.CreateModel(
            name='Composition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('element', models.CharField(max_length=60)),
                ('substance_code', models.CharField(max_length=5)),
                ('name', models.CharField(max_length=250)),
                ('dosage', models.CharField(blank=True, max_length=120)),
                ('reference', models.CharField(blank=True, max_length=100)),
                ('nature', models.CharField(choices=[('SA', 'substance active'), ('FT', 'fraction thérapeutique')], max_length=2)),
                ('link', models.PositiveSmallIntegerField()),
                ('speciality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='composition', to='referentials.speciality')),
            ],
            options={
                'verbose_name': 'composition',
            },
        ),
        migrations.AddIndex(
            model_name='speciality',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='speciality_search'),
        ),
        migrations.AddIndex(
            model_name='presentation',
            index=models.Index(fields=['cip7'], name='presentation_cip7'),
        ),
    ]

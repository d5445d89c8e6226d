import django.db.models.deletion
import funds.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('funds', '0001_initial'),
        ('goals', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
        ('reviews', '0001_initial'),
        ('slates', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Investment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('not_started', 'Not started'), ('on_track', 'On track'), ('within_dip', 'Within expected dip'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('complete', 'Complete'), ('stopped', 'Stopped')], default='not_started', max_length=12)),
                ('cost_cents', funds.fields.Cents(verbose_name='cost of the running year')),
                ('cost_year', models.CharField(help_text='Name of that year, such as FY26.', max_length=20)),
                ('cycle_years', models.PositiveSmallIntegerField(default=1)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('next_review_on', models.DateField(blank=True, null=True)),
                ('dip_until', models.DateField(blank=True, null=True, verbose_name='expected dip until')),
                ('dip_to', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True, verbose_name='worst value expected in the dip')),
                ('review_choice', models.CharField(blank=True, choices=[('continue', 'Continue'), ('expand', 'Expand'), ('adapt', 'Adapt'), ('reduce', 'Reduce'), ('stop', 'Stop')], max_length=10)),
                ('story', models.TextField(blank=True, verbose_name='story so far')),
                ('is_imported', models.BooleanField(default=False)),
                ('decision', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='investment', to='slates.decision')),
                ('fund', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.fundsource')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='investments', to='goals.goal')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='investments', to='people.unit')),
                ('owner_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partners', models.ManyToManyField(blank=True, related_name='partner_investments', to='people.unit')),
                ('research_partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('schools', models.ManyToManyField(blank=True, related_name='investments_here', to='people.unit')),
                ('season', models.ForeignKey(help_text='The season that funded it, or in whose workbook it came.', on_delete=django.db.models.deletion.CASCADE, related_name='investments', to='goals.season')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('season', 'code'), name='investment_code_once'), models.CheckConstraint(condition=models.Q(('cost_cents__gte', 0), ('cost_cents__lte', 100000000000000)), name='investment_cents_within'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='investment_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('what', models.TextField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('condition', models.TextField(blank=True)),
                ('condition_accepted', models.BooleanField(blank=True, null=True)),
                ('status', models.CharField(choices=[('not_started', 'Not started'), ('in_progress', 'In progress'), ('kept', 'Kept'), ('late', 'Late'), ('released', 'Released')], default='not_started', max_length=12)),
                ('status_on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('is_imported', models.BooleanField(default=False)),
                ('endorsement', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitment', to='reviews.endorsement')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='people.unit')),
                ('owner_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to=settings.AUTH_USER_MODEL)),
                ('investment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='investments.investment')),
            ],
            options={
                'ordering': ['due_on', 'code'],
                'indexes': [models.Index(fields=['owner', 'status'], name='investments_owner_i_6eb95b_idx')],
                'constraints': [models.UniqueConstraint(fields=('investment', 'code'), name='commitment_code_once')],
            },
        ),
        migrations.CreateModel(
            name='InvestmentMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('investment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='investments.investment')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='goals.measure')),
            ],
            options={
                'ordering': ['measure__code'],
                'constraints': [models.UniqueConstraint(fields=('investment', 'measure'), name='investment_measure_once')],
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('text', models.TextField()),
                ('learned_from', models.CharField(blank=True, max_length=200)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='goals.season')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='people.unit')),
            ],
            options={
                'ordering': ['-on'],
                'constraints': [models.UniqueConstraint(fields=('season', 'code'), name='lesson_code_once')],
            },
        ),
        migrations.CreateModel(
            name='TestCycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('change_idea', models.TextField()),
                ('prediction', models.TextField()),
                ('started_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('done', models.TextField(blank=True)),
                ('result', models.TextField(blank=True)),
                ('surprise', models.TextField(blank=True)),
                ('act', models.CharField(blank=True, choices=[('adopt', 'Adopt'), ('adapt', 'Adapt'), ('abandon', 'Abandon')], max_length=8)),
                ('next_step', models.TextField(blank=True)),
                ('investment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='test_cycles', to='investments.investment')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'ordering': ['-started_on'],
                'constraints': [models.UniqueConstraint(fields=('investment', 'code'), name='test_cycle_code_once'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='test_cycle_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('state', models.CharField(choices=[('not_started', 'Not started'), ('on_track', 'On track'), ('within_dip', 'Within expected dip'), ('at_risk', 'At risk'), ('off_track', 'Off track'), ('complete', 'Complete'), ('stopped', 'Stopped')], max_length=12)),
                ('line', models.CharField(max_length=300, verbose_name='one line')),
                ('evidence', models.TextField(blank=True)),
                ('next_step', models.TextField(blank=True)),
                ('is_small_win', models.BooleanField(default=False)),
                ('is_imported', models.BooleanField(default=False)),
                ('investment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='investments.investment')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('investment', 'on'), name='update_day_once')],
            },
        ),
    ]

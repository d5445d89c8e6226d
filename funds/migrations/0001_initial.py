import django.db.models.deletion
import funds.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('season', models.CharField(help_text='Name of the season.', max_length=20)),
                ('kind', models.CharField(choices=[('function', 'Function'), ('object', 'Object'), ('program', 'Program'), ('fund_type', 'Fund type')], max_length=10)),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='funds.accountcode')),
            ],
            options={
                'ordering': ['kind', 'code'],
                'constraints': [models.UniqueConstraint(fields=('season', 'kind', 'code'), name='account_code_once')],
            },
        ),
        migrations.CreateModel(
            name='CostAssumption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('season', models.CharField(help_text='Name of the season.', max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('role', models.CharField(blank=True, choices=[('salary_growth', 'Salary growth a year'), ('health_growth', 'Health growth a year'), ('other_growth', 'Other recurring growth a year'), ('variable_benefits', 'Variable benefit rate'), ('health', 'Health per FTE')], max_length=20)),
                ('value', models.DecimalField(decimal_places=6, max_digits=14)),
                ('value_unit', models.CharField(choices=[('rate', 'Rate'), ('dollars_per_fte', 'Dollars per FTE')], max_length=20)),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('season', 'name'), name='assumption_once'), models.UniqueConstraint(condition=models.Q(('role', ''), _negated=True), fields=('season', 'role'), name='assumption_role_once'), models.CheckConstraint(condition=models.Q(('value__gte', -1), ('value__lte', 10000000)), name='assumption_within')],
            },
        ),
        migrations.CreateModel(
            name='FundSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('season', models.CharField(help_text='Name of the season.', max_length=20)),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('fund_type', models.CharField(max_length=80)),
                ('pays_for', models.CharField(choices=[('recurring', 'Recurring cost'), ('one_time', 'One-time cost'), ('either', 'Either')], default='either', max_length=10)),
                ('restriction', models.CharField(choices=[('unrestricted', 'Unrestricted'), ('one_time_balance', 'One-time balance'), ('federal', 'Federal'), ('state', 'State'), ('voter_approved', 'Voter-approved'), ('reimbursement', 'Reimbursement')], default='unrestricted', max_length=20)),
                ('rule', models.TextField(help_text='What the money may and may not pay, in plain words.')),
                ('allowed_functions', models.CharField(blank=True, help_text='Codes or ranges separated by “; ”. Empty means any.', max_length=300)),
                ('allowed_objects', models.CharField(blank=True, help_text='Codes or ranges separated by “; ”. Empty means any.', max_length=300)),
                ('title_i_only', models.BooleanField(default=False, verbose_name='Title I schools only')),
                ('supplement_only', models.BooleanField(default=False, verbose_name='supplement, not supplant')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='money ends on')),
                ('rule_owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funds_owned', to='people.unit')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('season', 'code'), name='fund_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.CharField(help_text='Name of the year, such as FY27.', max_length=20)),
                ('available_cents', funds.fields.Cents()),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='envelopes', to='funds.fundsource')),
            ],
            options={
                'ordering': ['year'],
                'constraints': [models.UniqueConstraint(fields=('fund', 'year'), name='envelope_year_once'), models.CheckConstraint(condition=models.Q(('available_cents__gte', 0), ('available_cents__lte', 100000000000000)), name='envelope_cents_within')],
            },
        ),
        migrations.CreateModel(
            name='PositionPrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('season', models.CharField(help_text='Name of the season.', max_length=20)),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('salary_cents', funds.fields.Cents(verbose_name='base salary')),
                ('variable_benefits_cents', funds.fields.Cents(verbose_name='variable benefits')),
                ('health_cents', funds.fields.Cents(verbose_name='health')),
                ('full_cost_cents', funds.fields.Cents(verbose_name='cost of 1.0 FTE')),
                ('note', models.TextField(blank=True)),
                ('salary_object', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.accountcode')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('season', 'code'), name='position_code_once'), models.CheckConstraint(condition=models.Q(('salary_cents__gte', 0), ('salary_cents__lte', 100000000000000), ('variable_benefits_cents__gte', 0), ('variable_benefits_cents__lte', 100000000000000), ('health_cents__gte', 0), ('health_cents__lte', 100000000000000), ('full_cost_cents__gte', 0), ('full_cost_cents__lte', 100000000000000)), name='position_cents_within')],
            },
        ),
    ]

import django.db.models.deletion
import funds.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('goals', '0001_initial'),
        ('people', '__first__'),
        ('proposals', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('note', models.TextField(blank=True)),
                ('status', models.CharField(choices=[('scenario', 'Scenario'), ('frozen', 'Frozen'), ('approved', 'Approved'), ('released', 'Released')], default='scenario', editable=False, max_length=10)),
                ('created_at', models.DateTimeField()),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('fingerprint', models.CharField(blank=True, help_text='Over items, amounts, decisions, reasons, overrides.', max_length=64)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('is_imported', models.BooleanField(default=False)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('frozen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slates', to='goals.season')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('season', 'name'), name='slate_name_once'), models.UniqueConstraint(condition=models.Q(('status__in', ('frozen', 'approved', 'released'))), fields=('season',), name='one_binding_slate'), models.CheckConstraint(condition=models.Q(models.Q(('frozen_at', None), ('frozen_by', None)), models.Q(('frozen_at__isnull', False), ('frozen_by__isnull', False)), _connector='OR'), name='slate_frozen_pair'), models.CheckConstraint(condition=models.Q(models.Q(('released_at', None), ('released_by', None)), models.Q(('released_at__isnull', False), ('released_by__isnull', False)), _connector='OR'), name='slate_released_pair'), models.CheckConstraint(condition=models.Q(models.Q(('frozen_at', None), ('status', 'scenario')), models.Q(('frozen_at__isnull', False), ('status__in', ('frozen', 'approved', 'released'))), _connector='OR'), name='slate_frozen_when_binding'), models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', False), ('status', 'released')), models.Q(models.Q(('status', 'released'), _negated=True), ('released_at', None)), _connector='OR'), name='slate_released_when_said')],
            },
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding_key', models.CharField(help_text='Names the finding, e.g. envelope:GF:FY27.', max_length=80)),
                ('reason', models.TextField()),
                ('overridden_at', models.DateTimeField()),
                ('overridden_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('slate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='slates.slate')),
            ],
            options={
                'ordering': ['finding_key'],
                'constraints': [models.UniqueConstraint(fields=('slate', 'finding_key'), name='override_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='override_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('funded', 'Funded'), ('funded_in_part', 'Funded in part'), ('funded_with_conditions', 'Funded with conditions'), ('deferred', 'Deferred'), ('not_funded', 'Not funded')], max_length=24)),
                ('reason', models.TextField()),
                ('overrides_decline', models.BooleanField(default=False)),
                ('override_reason', models.TextField(blank=True)),
                ('review_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('decided_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('is_imported', models.BooleanField(default=False)),
                ('decided_by', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
                ('principles_served', models.ManyToManyField(blank=True, related_name='+', to='goals.principle')),
                ('principles_strained', models.ManyToManyField(blank=True, related_name='+', to='goals.principle')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='proposals.proposalversion')),
                ('slate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='slates.slate')),
            ],
            options={
                'ordering': ['version__proposal__code'],
                'constraints': [models.UniqueConstraint(fields=('slate', 'version'), name='decision_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='decision_has_reason'), models.CheckConstraint(condition=models.Q(('overrides_decline', False), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='decision_override_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(choices=[('cfo', 'CFO approves'), ('superintendent', 'Superintendent concurs')], max_length=15)),
                ('fingerprint', models.CharField(max_length=64)),
                ('approved_at', models.DateTimeField()),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('slate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='slates.slate')),
            ],
            options={
                'ordering': ['approved_at'],
                'constraints': [models.UniqueConstraint(fields=('slate', 'key', 'fingerprint'), name='approval_once_for_each_key')],
            },
        ),
        migrations.CreateModel(
            name='SlateItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slate_items', to='proposals.proposal')),
                ('slate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='slates.slate')),
            ],
            options={
                'ordering': ['proposal__code'],
                'constraints': [models.UniqueConstraint(fields=('slate', 'proposal'), name='slate_item_once')],
            },
        ),
        migrations.CreateModel(
            name='SlateLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(default='in full', help_text='“in full”, or what part is kept and why.', max_length=300)),
                ('fte', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='FTE')),
                ('year1_cents', funds.fields.Cents()),
                ('year2_cents', funds.fields.Cents(default=0)),
                ('year3_cents', funds.fields.Cents(default=0)),
                ('cost_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slate_lines', to='proposals.costline')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='slates.slateitem')),
            ],
            options={
                'ordering': ['cost_line__number'],
                'constraints': [models.UniqueConstraint(fields=('item', 'cost_line'), name='slate_line_once'), models.CheckConstraint(condition=models.Q(('year1_cents__gte', 0), ('year1_cents__lte', 100000000000000), ('year2_cents__gte', 0), ('year2_cents__lte', 100000000000000), ('year3_cents__gte', 0), ('year3_cents__lte', 100000000000000)), name='slate_line_cents_within')],
            },
        ),
    ]

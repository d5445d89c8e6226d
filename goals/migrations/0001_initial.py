import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Season',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Such as FY27.', max_length=20, unique=True)),
                ('fiscal_year_starts', models.DateField()),
                ('fiscal_year_ends', models.DateField()),
                ('years_costed', models.PositiveSmallIntegerField(default=3)),
                ('rating_from', models.PositiveSmallIntegerField(default=1)),
                ('rating_to', models.PositiveSmallIntegerField(default=5)),
                ('joint_points', models.DecimalField(decimal_places=2, default=5, max_digits=5, verbose_name='joint preference points')),
                ('joint_threshold', models.DecimalField(decimal_places=2, default=3.5, max_digits=4, verbose_name='joint preference threshold')),
                ('joint_needs_answers', models.BooleanField(default=True, verbose_name='joint preference needs all asks answered')),
                ('heads_rate', models.BooleanField(default=True, verbose_name='unit heads rate too')),
                ('needs_concurrence', models.BooleanField(default=True, verbose_name='the superintendent must concur with the slate')),
                ('answers_due_on', models.DateField(blank=True, null=True, verbose_name='answers to asks due')),
                ('submission_due_on', models.DateField(blank=True, null=True, verbose_name='submission deadline')),
                ('revision_due_on', models.DateField(blank=True, null=True, verbose_name='revision deadline')),
                ('decision_meeting_on', models.DateField(blank=True, null=True)),
                ('decisions_published_on', models.DateField(blank=True, null=True)),
                ('demo_today', models.DateField(blank=True, null=True)),
                ('adopted_at', models.DateTimeField(blank=True, null=True)),
                ('workbook_digest', models.CharField(blank=True, help_text='SHA-256 of the workbook it was imported from.', max_length=64)),
                ('imported_until', models.DateField(blank=True, help_text='Acts dated later were left out of the import.', null=True)),
                ('adopted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-fiscal_year_starts'],
                'constraints': [models.CheckConstraint(condition=models.Q(('fiscal_year_ends__gt', models.F('fiscal_year_starts'))), name='season_dates_in_order'), models.CheckConstraint(condition=models.Q(('years_costed__gte', 1), ('years_costed__lte', 3)), name='season_years_costed'), models.CheckConstraint(condition=models.Q(('rating_to__gt', models.F('rating_from'))), name='season_rating_scale'), models.CheckConstraint(condition=models.Q(('joint_points__gte', 0), ('joint_points__lte', 100)), name='season_joint_points'), models.CheckConstraint(condition=models.Q(models.Q(('adopted_at', None), ('adopted_by', None)), models.Q(('adopted_at__isnull', False), ('adopted_by__isnull', False)), _connector='OR'), name='season_adopted_pair')],
            },
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('description', models.TextField()),
                ('evidence', models.TextField()),
                ('cost_of_inaction', models.TextField(blank=True, verbose_name='cost of doing nothing')),
                ('needs_stated', models.TextField(blank=True, verbose_name='needs stated by schools')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='people.unit')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='goals.season')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('season', 'code'), name='problem_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('statement', models.TextField()),
                ('sets_priorities', models.CharField(choices=[('district', 'District'), ('school', 'School')], default='district', max_length=10)),
                ('controls_actions', models.CharField(choices=[('district', 'District'), ('school', 'School')], default='district', max_length=10)),
                ('by_date', models.DateField(verbose_name='to be met by')),
                ('published_on', models.DateField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='people.unit')),
                ('partners', models.ManyToManyField(blank=True, related_name='partner_goals', to='people.unit')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='goals.problem')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='goals.season')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('season', 'code'), name='goal_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Principle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('meaning', models.TextField(blank=True)),
                ('adopted_on', models.DateField(blank=True, null=True)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='principles', to='goals.season')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('season', 'number'), name='principle_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('outcome', 'Outcome'), ('driver', 'Driver'), ('process', 'Process'), ('balancing', 'Balancing')], max_length=10)),
                ('is_practical', models.BooleanField(default=False)),
                ('unit_of_values', models.CharField(max_length=60)),
                ('direction', models.CharField(choices=[('lower', 'Lower is better'), ('higher', 'Higher is better')], max_length=6)),
                ('baseline', models.DecimalField(decimal_places=3, max_digits=14)),
                ('baseline_period', models.CharField(max_length=60)),
                ('target_type', models.CharField(choices=[('percent', 'Percent change'), ('point', 'Point change'), ('absolute', 'Absolute')], max_length=8)),
                ('stated_change', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ('target', models.DecimalField(decimal_places=3, max_digits=14)),
                ('by_date', models.DateField(verbose_name='by')),
                ('source', models.CharField(max_length=200)),
                ('frequency', models.CharField(max_length=60)),
                ('note', models.TextField(blank=True)),
                ('collected_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='goals.goal')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='goals.season')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('season', 'code'), name='measure_code_once'), models.CheckConstraint(condition=models.Q(('target_type', 'absolute'), ('stated_change__isnull', False), _connector='OR'), name='measure_change_stated')],
            },
        ),
        migrations.CreateModel(
            name='ListeningNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('place', models.CharField(max_length=200)),
                ('who_spoke', models.CharField(max_length=200)),
                ('people', models.PositiveIntegerField(blank=True, null=True)),
                ('words', models.TextField(verbose_name='words heard')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='listening_notes', to='goals.goal')),
                ('heard_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listening_notes', to='goals.season')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('season', 'code'), name='note_code_once')],
            },
        ),
        migrations.CreateModel(
            name='DecisionRight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision_type', models.CharField(max_length=200)),
                ('recommend', models.CharField(max_length=200)),
                ('input', models.CharField(blank=True, max_length=200)),
                ('agree', models.CharField(blank=True, max_length=200)),
                ('perform', models.CharField(blank=True, max_length=200)),
                ('decide', models.CharField(max_length=200)),
                ('adopt', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decision_rights', to='goals.season')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('season', 'decision_type'), name='decision_right_once')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('season', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='agreement', to='goals.season')),
            ],
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('setup', 'Setup'), ('goals', 'Goals'), ('intents', 'Intents'), ('drafting', 'Drafting'), ('consultation', 'Consultation'), ('vetting', 'Vetting'), ('revision', 'Revision'), ('scoring', 'Scoring'), ('slate', 'Slate'), ('decision', 'Decision'), ('closed', 'Closed')], max_length=12)),
                ('opens', models.DateField()),
                ('closes', models.DateField(help_text='Last day, inclusive.')),
                ('who_acts', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='goals.season')),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('season', 'order'), name='stage_order_once'), models.CheckConstraint(condition=models.Q(('closes__gte', models.F('opens'))), name='stage_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('value', models.DecimalField(decimal_places=3, max_digits=14)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='goals.measure')),
            ],
            options={
                'ordering': ['on'],
                'constraints': [models.UniqueConstraint(fields=('measure', 'on'), name='milestone_day_once')],
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('value', models.DecimalField(decimal_places=3, max_digits=14)),
                ('group', models.CharField(default='All', max_length=80)),
                ('note', models.TextField(blank=True)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='observations', to='goals.measure')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'ordering': ['on'],
                'constraints': [models.UniqueConstraint(fields=('measure', 'on', 'group', 'school'), name='observation_once_school'), models.UniqueConstraint(condition=models.Q(('school', None)), fields=('measure', 'on', 'group'), name='observation_once_district')],
            },
        ),
        migrations.CreateModel(
            name='RootCause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('description', models.CharField(max_length=300)),
                ('category', models.CharField(choices=[('Instructional guidance', 'Guidance'), ('Professional capacity', 'Capacity'), ('School learning environment', 'Environment'), ('Parent-community ties', 'Community'), ('Leadership and management', 'Leadership'), ('Physical plant', 'Plant'), ('Measurement systems', 'Measurement')], max_length=40)),
                ('status', models.CharField(choices=[('confirmed', 'Confirmed'), ('ruled_out', 'Ruled out')], default='confirmed', max_length=10)),
                ('evidence', models.TextField(blank=True)),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='causes', to='goals.goal')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('goal', 'code'), name='cause_code_once')],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('goals', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
        ('proposals', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rubric',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('season', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rubric', to='goals.season')),
            ],
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('weight', models.DecimalField(decimal_places=2, max_digits=5)),
                ('question', models.TextField()),
                ('is_gate', models.BooleanField(default=False, verbose_name='decides on the joint preference')),
                ('anchors', models.JSONField(default=dict, help_text='What each rating looks like, by rating written as text.')),
                ('rubric', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='reviews.rubric')),
            ],
            options={
                'verbose_name_plural': 'criteria',
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('rubric', 'name'), name='criterion_name_once'), models.UniqueConstraint(condition=models.Q(('is_gate', True)), fields=('rubric',), name='one_gate_criterion'), models.CheckConstraint(condition=models.Q(('weight__gt', 0), ('weight__lte', 100)), name='criterion_weight_within')],
            },
        ),
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('answer', models.CharField(choices=[('endorsed', 'Endorsed'), ('conditional', 'Endorsed with conditions'), ('declined', 'Declined'), ('not_affected', 'Not affected')], max_length=12)),
                ('reason', models.TextField()),
                ('answered_at', models.DateTimeField()),
                ('is_imported', models.BooleanField(default=False)),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('terms', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsements', to='proposals.askterms')),
            ],
            options={
                'ordering': ['terms', 'number'],
                'constraints': [models.UniqueConstraint(fields=('terms', 'number'), name='endorsement_number_once'), models.CheckConstraint(condition=models.Q(('answer__in', ['endorsed', 'conditional', 'declined', 'not_affected'])), name='endorsement_answer_known')],
            },
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('refused_at', models.DateTimeField(blank=True, null=True)),
                ('refusal_reason', models.TextField(blank=True)),
                ('is_imported', models.BooleanField(default=False)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('refused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('endorsement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='condition', to='reviews.endorsement')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_by', None)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), models.Q(('accepted_at__isnull', False), ('is_imported', True)), _connector='OR'), name='condition_accepted_pair'), models.CheckConstraint(condition=models.Q(models.Q(('refused_at', None), ('refused_by', None)), models.Q(('refused_at__isnull', False), ('refused_by__isnull', False)), _connector='OR'), name='condition_refused_pair'), models.CheckConstraint(condition=models.Q(('accepted_at', None), ('refused_at', None), _connector='OR'), name='condition_accepted_or_refused')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('ask', 'About an ask'), ('missing', 'Missing matter'), ('critique', 'Critique'), ('question', 'Question'), ('strength', 'Strength')], max_length=10)),
                ('section', models.CharField(blank=True, max_length=80)),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('plan_changed', models.BooleanField(blank=True, help_text='The remark changed the proposal: “shaped by”.', null=True)),
                ('is_imported', models.BooleanField(default=False)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ask', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='feedback', to='proposals.ask')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='proposals.proposalversion')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'feedback',
                'ordering': ['written_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='feedback_answered_pair'), models.CheckConstraint(condition=models.Q(('answered_at', None), models.Q(('answer', ''), _negated=True), _connector='OR'), name='feedback_answer_has_words')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField()),
                ('comment', models.TextField(blank=True)),
                ('is_advisory', models.BooleanField(default=False)),
                ('rated_at', models.DateTimeField()),
                ('is_imported', models.BooleanField(default=False)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='reviews.criterion')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='proposals.proposalversion')),
            ],
            options={
                'ordering': ['criterion__order', 'reviewer__name'],
                'constraints': [models.UniqueConstraint(fields=('version', 'criterion', 'reviewer'), name='rating_once'), models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 100)), name='rating_value_within')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_advisory', models.BooleanField(default=False)),
                ('assigned_at', models.DateTimeField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('recused_at', models.DateTimeField(blank=True, null=True)),
                ('recusal_reason', models.TextField(blank=True)),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='proposals.proposal')),
                ('recused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['proposal__code', 'reviewer__name'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'reviewer'), name='assignment_once'), models.CheckConstraint(condition=models.Q(models.Q(('recused_at', None), ('recused_by', None)), models.Q(('recused_at__isnull', False), ('recused_by__isnull', False)), _connector='OR'), name='assignment_recused_pair')],
            },
        ),
    ]

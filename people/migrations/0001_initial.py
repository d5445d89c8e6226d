import django.db.models.deletion
import people.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('division', 'Division'), ('department', 'Department'), ('cluster', 'Cluster'), ('school', 'School')], max_length=12)),
                ('site_number', models.CharField(blank=True, max_length=20)),
                ('level', models.CharField(blank=True, choices=[('elementary', 'Elementary'), ('middle', 'Middle'), ('high', 'High'), ('alternative', 'Alternative')], max_length=12)),
                ('grades', models.CharField(blank=True, max_length=40)),
                ('enrollment', models.PositiveIntegerField(blank=True, null=True)),
                ('is_title_i', models.BooleanField(default=False, verbose_name='Title I school')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.unit')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent', models.F('pk')), _negated=True), name='unit_not_own_parent')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('is_active', models.BooleanField(default=True)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.unit')),
            ],
            options={
                'ordering': ['name'],
            },
            managers=[
                ('objects', people.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='District',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=80)),
                ('time_zone', models.CharField(default='America/Chicago', max_length=60)),
                ('suppression_size', models.PositiveSmallIntegerField(default=10, help_text='Counts of students below this are shown as suppressed.')),
                ('facts', models.JSONField(blank=True, default=dict, help_text='Published facts such as the number of students.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_district')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField(help_text='Real time.')),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('superintendent', 'Superintendent'), ('cfo', 'CFO'), ('cabinet', 'Cabinet member'), ('head', 'Head'), ('deputy', 'Deputy'), ('contributor', 'Contributor'), ('steward', 'Process steward'), ('research_partner', 'Research partner'), ('principal', 'Principal'), ('advisory_reviewer', 'Advisory reviewer'), ('board_liaison', 'Board liaison'), ('auditor', 'Auditor'), ('administrator', 'Administrator')], max_length=20)),
                ('from_date', models.DateField(blank=True, null=True, verbose_name='from')),
                ('until_date', models.DateField(blank=True, null=True, verbose_name='until')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='people.unit')),
            ],
            options={
                'ordering': ['unit__code', 'role', 'person__name'],
                'indexes': [models.Index(fields=['unit', 'role'], name='people_post_unit_id_f14b77_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_date', None)), fields=('person', 'unit', 'role'), name='post_once_while_open'), models.CheckConstraint(condition=models.Q(('until_date', None), ('from_date', None), ('until_date__gte', models.F('from_date')), _connector='OR'), name='post_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('answer_asks', 'Answer asks')], max_length=20)),
                ('from_date', models.DateField(verbose_name='from')),
                ('until_date', models.DateField(verbose_name='until')),
                ('delegated_at', models.DateTimeField()),
                ('delegated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='people.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_date__gte', models.F('from_date'))), name='delegation_dates_in_order')],
            },
        ),
        migrations.AddField(
            model_name='Unit',
            name='cabinet_member',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers_for', to=settings.AUTH_USER_MODEL),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DemoClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offset_seconds', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('beat_at', models.DateTimeField(help_text='Real time.')),
            ],
        ),
        migrations.CreateModel(
            name='Once',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('person_key', models.CharField(max_length=40)),
                ('location', models.CharField(blank=True, max_length=500)),
                ('used_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name_plural': 'once',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(help_text='Business time of the act.')),
                ('person_key', models.CharField(blank=True, max_length=40)),
                ('person_name', models.CharField(blank=True, max_length=200)),
                ('verb', models.CharField(max_length=40)),
                ('subject_kind', models.CharField(max_length=60)),
                ('subject_key', models.CharField(max_length=40)),
                ('subject_label', models.CharField(max_length=200)),
                ('sentence', models.TextField(help_text='What happened, for people, without the name in front.')),
                ('details', models.JSONField(blank=True, default=dict)),
                ('is_integrity', models.BooleanField(default=False)),
                ('is_private', models.BooleanField(default=False, help_text='Deciders only until the release (pending decisions).')),
                ('is_imported', models.BooleanField(default=False)),
                ('salt', models.CharField(max_length=32)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['subject_kind', 'subject_key', '-at'], name='activity_en_subject_a744da_idx')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_key', models.CharField(max_length=40)),
                ('person_name', models.CharField(max_length=200)),
                ('address', models.EmailField(max_length=254)),
                ('kind', models.CharField(choices=[('digest', 'Daily digest'), ('invitation', 'Invitation')], max_length=20)),
                ('key', models.CharField(help_text='Once per person, kind and key (the day).', max_length=120)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField(help_text='Business time.')),
                ('leased_until', models.DateTimeField(blank=True, help_text='Real time.', null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, help_text='Nothing in it was awaited any more when it was to go.', null=True)),
                ('last_error', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['-written_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('dropped_at__isnull', True), ('sent_at__isnull', True)), fields=['leased_until'], name='mail_waiting')],
                'constraints': [models.UniqueConstraint(fields=('person_key', 'kind', 'key'), name='mail_once_per_person_kind_key'), models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='mail_sent_or_dropped')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('hash', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField(help_text='Real time.')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='activity.entry')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_key', models.CharField(max_length=40)),
                ('person_name', models.CharField(max_length=200)),
                ('address', models.EmailField(max_length=254)),
                ('key', models.CharField(help_text='What is awaited and which rung; once for each person.', max_length=160)),
                ('awaited_key', models.CharField(help_text='Names the awaited thing itself.', max_length=120)),
                ('sentence', models.TextField()),
                ('path', models.CharField(max_length=300)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('noticed_at', models.DateTimeField(help_text='Business time.')),
                ('dropped_at', models.DateTimeField(blank=True, help_text='No longer awaited.', null=True)),
                ('mail', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='activity.mail')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('dropped_at__isnull', True), ('mail__isnull', True)), fields=['person_key'], name='notice_waiting')],
                'constraints': [models.UniqueConstraint(fields=('person_key', 'key'), name='notice_once')],
            },
        ),
    ]

# Comments, suggestions and what became of them, with the triggers that keep them as they were said.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from activity.append_only import guarded_by_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_invitation_of_administrators'),
        ('proposals', '0005_text_updates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=20)),
                ('quote', models.TextField(blank=True, help_text='The passage, as it stood; empty for the whole section.')),
                ('before', models.CharField(blank=True, help_text='Words in front of the passage.', max_length=60)),
                ('after', models.CharField(blank=True, help_text='Words behind it.', max_length=60)),
                ('text', models.TextField(blank=True)),
                ('written_at', models.DateTimeField()),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='proposals.proposal')),
                ('replies_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='proposals.comment')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('version', models.ForeignKey(blank=True, help_text='The version that was read; without one it was the text at work, and stays there.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='proposals.proposalversion')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('named', 'mentioned you'), ('reply', 'replied to you'), ('accepted', 'accepted your wording'), ('rejected', 'did not take over your wording')], max_length=10)),
                ('noted_at', models.DateTimeField(blank=True, help_text='Read, answered, or settled since.', null=True)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='proposals.comment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to=settings.AUTH_USER_MODEL)),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('resolved', 'Resolved'), ('reopened', 'Reopened'), ('accepted', 'Accepted'), ('rejected', 'Not taken over'), ('applied', 'Stands in the text')], max_length=10)),
                ('word', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField()),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='proposals.comment')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.TextField()),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='suggestion', to='proposals.comment')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('replies_to', None), models.Q(('after', ''), ('before', ''), ('quote', '')), _connector='OR'), name='reply_quotes_nothing'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('replies_to', None), models.Q(('text', ''), _negated=True), _connector='OR'), name='reply_says_something'),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('noted_at', None)), fields=['person'], name='mention_unread'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(condition=models.Q(('noted_at', None)), fields=('comment', 'person', 'why'), name='mention_once'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['resolved', 'reopened', 'accepted', 'rejected', 'applied'])), name='outcome_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'applied')), fields=('comment',), name='applied_once'),
        ),
        guarded_by_triggers("proposals_comment", "proposals_suggestion", "proposals_outcome"),
    ]

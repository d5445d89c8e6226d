"""Triggers that refuse to change or remove history."""

from django.db import migrations

from activity.append_only import guarded_by_triggers


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]
    operations = [guarded_by_triggers("activity_entry", "activity_seal")]

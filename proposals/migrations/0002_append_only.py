"""Triggers that refuse to change or remove history."""

from django.db import migrations

from activity.append_only import guarded_by_triggers


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial")]
    operations = [guarded_by_triggers("proposals_askterms", "proposals_proposalversion", "proposals_signon")]

"""When a reviewer had spoken to every criterion."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="finished_at",
            field=models.DateTimeField(
                blank=True, help_text="Every criterion was rated or left out on purpose.", null=True
            ),
        ),
    ]

"""A decision keeps the numbers of the principles that it serves and strains, as its fingerprint does."""

from collections import defaultdict

from django.db import migrations, models

SIDES = ("served", "strained")


def to_numbers(apps, schema_editor):
    Decision = apps.get_model("slates", "Decision")
    for side in SIDES:
        numbers = defaultdict(list)
        links = getattr(Decision, f"principles_{side}").through.objects.order_by("principle__number")
        for key, number in links.values_list("decision_id", "principle__number"):
            numbers[key].append(number)
        rows = [Decision(pk=key, **{side: found}) for key, found in numbers.items()]
        Decision.objects.bulk_update(rows, [side], batch_size=200)


def to_links(apps, schema_editor):
    Decision, Principle = apps.get_model("slates", "Decision"), apps.get_model("goals", "Principle")
    keys = {(p.season_id, p.number): p.pk for p in Principle.objects.all()}
    for side in SIDES:
        through = getattr(Decision, f"principles_{side}").through
        rows = Decision.objects.values_list("pk", "slate__season_id", side)
        through.objects.bulk_create(
            through(decision_id=pk, principle_id=keys[season, number])
            for pk, season, numbers in rows
            for number in numbers
            if (season, number) in keys
        )


class Migration(migrations.Migration):
    dependencies = [("goals", "0002_hardening"), ("slates", "0002_own_amounts")]

    operations = [
        *(
            migrations.AddField(
                model_name="decision",
                name=side,
                field=models.JSONField(
                    blank=True, default=list, help_text="Their numbers.", verbose_name=f"principles {side}"
                ),
            )
            for side in SIDES
        ),
        migrations.RunPython(to_numbers, to_links),
        *(migrations.RemoveField(model_name="decision", name=f"principles_{side}") for side in SIDES),
    ]

"""Schools as any form offers them: whole groups, and single ones."""

from itertools import groupby

from django import forms

from .models import Unit


class ChoosesSchools(forms.Form):
    """Mixin of a form: `chosen_schools` are those of the groups and the single ones together."""

    groups = forms.MultipleChoiceField(
        label="Schools in groups", required=False, widget=forms.CheckboxSelectMultiple
    )
    schools = forms.MultipleChoiceField(
        label="Single schools", required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer(self, schools: list[Unit], *, in_groups: bool = True) -> None:
        """Which schools stand to choose from."""
        self.offered = schools
        self.in_groups = _in_groups(schools) if in_groups else {}
        self.fields["groups"].choices = [
            (key, f"{label} ({len(rows)})") for key, (label, rows) in self.in_groups.items()
        ]
        shelves = groupby(sorted(schools, key=lambda unit: (unit.shelf, unit.name)), lambda u: u.shelf)
        self.fields["schools"].choices = [
            (heading, [(str(unit.pk), unit.name) for unit in rows]) for (_place, heading), rows in shelves
        ]

    @property
    def chosen_schools(self) -> list[Unit]:
        keys = set(self.cleaned_data["schools"])
        for group in self.cleaned_data.get("groups", []):
            keys |= {str(unit.pk) for unit in self.in_groups[group][1]}
        return [unit for unit in self.offered if str(unit.pk) in keys]

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("groups") or cleaned.get("schools")) and not self.errors:
            where = "groups" if self.in_groups else "schools"
            words = "a group, or single schools below" if self.in_groups else "your school"
            self.add_error(where, f"Please fill this in: {words}.")
        return cleaned


def _in_groups(schools: list[Unit]) -> dict[str, tuple[str, list[Unit]]]:
    """Label and schools of each group: all, by level, Title I, by cluster."""
    groups: dict[str, tuple[str, list[Unit]]] = {}
    for unit in schools:
        keys = [("all", "All schools")]
        if unit.level:
            keys.append((unit.level, f"All {unit.get_level_display().lower()} schools"))
        if unit.is_title_i:
            keys.append(("title_i", "Title I schools"))
        if unit.parent and unit.parent.kind == Unit.Kind.CLUSTER:
            keys.append((f"in-{unit.parent_id}", str(unit.parent)))
        for key, label in keys:
            groups.setdefault(key, (label, []))[1].append(unit)
    order = ("all", *Unit.Level.values, "title_i")
    return dict(sorted(groups.items(), key=lambda g: order.index(g[0]) if g[0] in order else len(order)))

"""The reason that a form asks for once drafting opened."""

from django import forms

from activity.layout import LaidOut


class WithReason(LaidOut):
    """Mixin: `frozen` adds the reason; `values` is what was typed apart from it."""

    def __init__(self, *args, frozen: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_frozen = frozen
        if frozen:
            self.fields["reason"] = forms.CharField(
                label="Reason for this change",
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Drafting has opened, so the reason appears in the integrity log.",
            )
            if self.rows:
                self.rows = (*self.rows, "reason")

    @property
    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}

    @property
    def reason(self) -> str:
        return self.cleaned_data.get("reason", "")

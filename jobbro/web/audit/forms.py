"""Forms about looks at a person's file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.cases.enums import Review


class QuestionForm(forms.Form):
    """The citizen's question about one look."""

    look_id = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("For example: Why was my file opened that day?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """The team lead's answer to the citizen."""

    text = forms.CharField(label=_("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class ReviewForm(forms.Form):
    """The team lead's word on an urgent access."""

    review = forms.ChoiceField(label=_("What do you say to it?"), choices=Review.choices, widget=forms.RadioSelect)
    review_text = forms.CharField(
        label=_("What did you find out?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

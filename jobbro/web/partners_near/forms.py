"""The filters of partners near a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.employers.enums import Feature, Sector
from jobbro.apps.jobs.selectors.partners_near import LEAST_KM, MOST_KM, NearFilters
from jobbro.engines.support.catalogue import catalogue
from jobbro.webkit.schemes.values import language

DISTANCES = (5, 10, 15, 20, 30, 40, 50)


def measure_names() -> dict[str, str]:
    """What each measure of the catalogue is called on screen."""
    return {entry.code: entry.name.in_language(language()) for entry in catalogue().entries}


class NearForm(forms.Form):
    """How far, and what the place has. Everything can be left as it is."""

    km = forms.TypedChoiceField(label=gettext_lazy("At most"), required=False, coerce=int, empty_value=None)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    feature = forms.ChoiceField(label=gettext_lazy("The place has"), required=False)
    measure = forms.ChoiceField(label=gettext_lazy("Support that the place has"), required=False)
    need = forms.BooleanField(label=gettext_lazy("Only those that need hands now"), required=False)

    def __init__(self, *args: Any, km: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        distances = sorted({*DISTANCES, *([km] if km and LEAST_KM <= km <= MOST_KM else [])})
        self._offer("km", [("", _("As far as told, or 20 km")), *((str(one), f"{one} km") for one in distances)])
        self._offer("sector", [("", _("All")), *Sector.choices])
        self._offer("feature", [("", _("Does not matter")), *Feature.choices])
        self._offer("measure", [("", _("Does not matter")), *measure_names().items()])

    def filters(self) -> NearFilters:
        """What was chosen; a word that is not offered chooses nothing."""
        self.is_valid()
        data = self.cleaned_data
        return NearFilters(
            km=data.get("km"),
            has_need=bool(data.get("need")),
            feature=data.get("feature", ""),
            measure=data.get("measure", ""),
            sector=data.get("sector", ""),
        )

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

"""What the pages of companies say: moves, why something was refused, and facts in sentences."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOVE_WORDS: dict[str, "StrPromise"] = {
    "begin": gettext_lazy("The partnership begins"),
    "rest": gettext_lazy("The partnership rests by agreement"),
    "resume": gettext_lazy("The partnership goes on"),
    "close": gettext_lazy("The company has closed"),
    "reopen": gettext_lazy("The company is there again"),
}
REFUSALS: dict[str, "StrPromise"] = {
    "closed": gettext_lazy(
        "The company has closed, so nothing new can be begun here. If it is there again, change its state first."
    ),
    "cvr_digits": gettext_lazy(
        "A CVR number has eight digits, for example 12 34 56 74. Look whether one is too many or too few."
    ),
    "cvr_check": gettext_lazy(
        "The last digit does not fit the others, so one of them is wrong. Look at the number once more."
    ),
    "phone": gettext_lazy(
        "A Danish telephone number has eight digits, for example 12 34 56 78. Begin with + when it is of another"
        " country."
    ),
    "email": gettext_lazy("An e-mail address looks like name@company.dk. Look at it once more, or leave it empty."),
    "website": gettext_lazy("An address looks like www.company.dk. Look at it once more, or leave it empty."),
    "municipality": gettext_lazy("Choose one of your municipalities."),
    "holder": gettext_lazy("Choose somebody who works in that team today."),
    "not_yours": gettext_lazy(
        "The relation is handed over by those who hold it: the broker, the team, or their team lead. Ask one of them."
    ),
    "wages": gettext_lazy(
        "Who may see wages is decided by those who hold the relation: the broker, the team, or their team lead. Ask one"
        " of them."
    ),
    "sector": gettext_lazy("Choose an answer."),
    "p_number": gettext_lazy("A P-number has ten digits. Look whether one is too many or too few, or leave it empty."),
    "p_number_taken": gettext_lazy("Another workplace of the company has this P-number."),
    "name_taken": gettext_lazy("Another workplace of the company has this name. Add the street or the town."),
    "postcode": gettext_lazy("A postcode has four digits."),
    "measure": gettext_lazy("Choose among the support in the list."),
    "feature": gettext_lazy("Choose among what is in the list."),
    "slots": gettext_lazy("Choose among the half-days of the week."),
    "slot_hours": gettext_lazy("Write how many hours a half-day has, at most 12."),
    "workplace": gettext_lazy("Choose one of the company's workplaces."),
    "kind": gettext_lazy("Choose how you talked."),
    "by": gettext_lazy("Choose who promised it."),
    "end": gettext_lazy("Choose how it ended."),
    "reason": gettext_lazy("Write why it was dropped, so that both sides can read it later."),
    "words": gettext_lazy("Write a few words."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. Nothing about citizens is written here: take the number out."),
    "day_ahead": gettext_lazy("The day has not come yet. Write the day it happened."),
    "day_before": gettext_lazy("The day is before it began. Look at it once more."),
    "day_past": gettext_lazy("The day has passed. Choose today or a later day, or let it end at once."),
    "due_before": gettext_lazy("The day it is due is before the day it was promised. Look at the two days."),
    "period": gettext_lazy("The last day is before the first one. Look at the two days."),
    "replaces": gettext_lazy("That agreement has ended already. Choose another one, or none."),
    "replaces_day": gettext_lazy("The new agreement must begin after the one that it takes the place of began."),
    "occupation": gettext_lazy("Choose an occupation from the list, or none."),
    "places": gettext_lazy("Write how many people, at least 1."),
    "hours": gettext_lazy("Write the hours a week, at most 60."),
    "hours_order": gettext_lazy("The most hours are fewer than the fewest. Look at the two numbers."),
}
NOT_NOW = gettext_lazy("It has ended already, so nothing was changed. This is how it stands now.")

"""The fields that two people could change at the same time."""

ACTOR_FIELDS = ("name", "kind", "contact_name", "phone", "email", "note", "until_on")
ENGAGEMENT_FIELDS = ("state", "result", "end_words", "ended_on")

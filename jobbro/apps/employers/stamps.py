"""The fields that two people could change at the same time."""

COMPANY_FIELDS = ("name", "sector", "trade", "phone", "email", "website", "team_id", "broker_id")
STATE_FIELDS = ("state", "state_on", "state_note")
WORKPLACE_FIELDS = (
    *("p_number", "name", "address", "postcode", "city", "directions", "measures", "features", "offers_note"),
    *("slots", "slot_hours", "closed_on"),
)
CONTACT_FIELDS = ("name", "title", "phone", "email", "workplace_id", "is_first", "sees_wages", "until_on")

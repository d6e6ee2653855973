"""Short marks of what somebody read: another mark means that somebody changed it meanwhile."""

from hashlib import sha256

from .models import Meeting

LENGTH = 24


def seen_meeting(meeting: Meeting) -> str:
    """When, where and how it stands; answers and bookings have no mark, because each is its own act."""
    told = f"{meeting.pk} {meeting.state} {meeting.sequence}"
    return sha256(told.encode()).hexdigest()[:LENGTH]

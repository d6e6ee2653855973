"""Addresses of meetings, calendars and messages."""

from django.urls import URLPattern, path

from . import booking, calendars, lists, messages, moving, outbox

MEETING = "meetings/<uuid:meeting_id>"
CITIZEN = "citizens/<uuid:citizen_id>"

urlpatterns: list[URLPattern] = [
    path("meetings/", lists.meetings, name="meetings"),
    path(f"{CITIZEN}/meetings/", lists.citizen_meetings, name="citizen_meetings"),
    path(f"{CITIZEN}/meetings/book/", booking.meeting_book, name="meeting_book"),
    path(f"{MEETING}/", booking.meeting_booked, name="meeting_booked"),
    path(f"{MEETING}/change/", booking.meeting_change, name="meeting_change"),
    path(f"{MEETING}/cancel/", moving.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}/hold/", moving.meeting_hold, name="meeting_hold"),
    path(f"{MEETING}/moede.ics", calendars.meeting_ics, name="meeting_ics"),
    path(f"{MEETING}/answers/<uuid:seat_id>/answer/", moving.meeting_answer, name="meeting_answer"),
    path(f"{MEETING}/help/<uuid:booking_id>/set/", moving.meeting_help_set, name="meeting_help_set"),
    path("calendar/make/", calendars.calendar_feed_make, name="calendar_feed_make"),
    path("calendar/drop/", calendars.calendar_feed_drop, name="calendar_feed_drop"),
    path("calendar/<str:secret>/moeder.ics", calendars.calendar_feed, name="calendar_feed"),
    path("messages/", messages.my_messages, name="my_messages"),
    path(f"{CITIZEN}/messages/", messages.citizen_messages, name="citizen_messages"),
    path(f"{CITIZEN}/messages/choose/", messages.message_choice, name="message_choice"),
    path("messages/<uuid:message_id>/again/", messages.message_again, name="message_again"),
    path("messages/calls/", messages.message_calls, name="message_calls"),
    path("messages/<uuid:message_id>/done/", messages.message_done, name="message_done"),
    path("outbox/", outbox.outbox_overview, name="outbox_overview"),
]

"""Reminders of deadlines: one's own choice."""

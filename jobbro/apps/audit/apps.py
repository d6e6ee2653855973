"""The audit app: who did what, who looked at whom, what changed."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "jobbro.apps.audit"
    label = "audit"

"""`jobbro manage worklist_sql`: writes the function of the worklist anew from the sources of needs."""

from typing import Any

from django.core.management.base import BaseCommand

from ...compiling import KEPT, function_text


class Command(BaseCommand):
    help = "Writes jobbro/apps/worklist/sql/needs.sql from the sources of needs; `jobbro migrate` puts it in place."

    def handle(self, *args: Any, **options: Any) -> None:
        """One file, told in a sentence."""
        KEPT.write_text(function_text(), encoding="utf-8")
        self.stdout.write(f"{KEPT.name} says what the sources say.")

"""The plan on paper: an accessible PDF with fonts of its own."""

from jobbro.web.plans.pdf.document import plan_pdf

__all__ = ["plan_pdf"]

"""An application on paper: an accessible PDF."""

from jobbro.web.applications.pdf.document import application_pdf

__all__ = ["application_pdf"]

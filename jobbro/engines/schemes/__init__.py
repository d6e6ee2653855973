"""Guidance across the compensating schemes: rules as dated data, three-valued answers, reasons, next question."""

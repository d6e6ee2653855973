"""Compensation cards: made and taken back by the citizen, read by one company."""

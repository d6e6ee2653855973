"""Matching: which jobs fit a person, with which support, and why the others do not."""

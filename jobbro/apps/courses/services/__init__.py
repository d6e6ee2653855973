"""Writes about job-search courses, one thing a person does at a time."""

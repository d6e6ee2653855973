"""Writes of mini-teams, one thing a person does at a time."""

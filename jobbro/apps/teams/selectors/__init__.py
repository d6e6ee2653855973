"""Reads of mini-teams."""

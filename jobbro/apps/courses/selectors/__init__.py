"""Reads about job-search courses."""

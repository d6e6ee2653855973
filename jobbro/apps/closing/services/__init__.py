"""Writes about the end of a course, its new beginning, and a move to another municipality."""

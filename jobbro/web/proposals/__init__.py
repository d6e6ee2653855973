"""Jobs for a person: shown with why, picked, and followed from idea to agreed."""

"""Reads of the cooperation with partners outside the municipality."""

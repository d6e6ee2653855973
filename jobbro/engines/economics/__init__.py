"""The economics engine: what a course of support costs and gives each party over time, as intervals."""

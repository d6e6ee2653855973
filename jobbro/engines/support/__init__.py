"""The support engine: from gaps to the smallest support, its alternatives and the bridge."""

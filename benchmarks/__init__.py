"""The product and its peers on the same input, with answers compared before any ratio is printed."""

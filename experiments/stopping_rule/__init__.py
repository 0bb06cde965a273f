"""How often an interval holds the truth when pairs are added until it is narrow enough."""

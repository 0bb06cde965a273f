"""Twins of the kernels of `simcomunita.agents`."""

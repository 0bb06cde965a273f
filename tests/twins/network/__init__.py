"""Twins of the kernels of `simcomunita.network`."""

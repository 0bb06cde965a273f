"""Twins of the kernels of `simcomunita.mechanisms.facilitation`."""

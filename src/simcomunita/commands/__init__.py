"""What the command line's commands do; :mod:`simcomunita.cli` says how they are called."""

"""Lets ``python -m simcomunita`` do what ``simcomunita`` does."""

from simcomunita.cli import main

if __name__ == "__main__":
    main()

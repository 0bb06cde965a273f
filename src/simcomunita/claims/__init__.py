"""The ledger of claims: what the project says of itself, each a small study, and whether the model bears it out."""

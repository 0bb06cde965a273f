"""Which parameters an outcome, and the difference between two policies, hang on."""

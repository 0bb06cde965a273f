"""The places of the workshop's page."""

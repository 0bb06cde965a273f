"""What draws itself in the browser, in the workshop's page and in a notebook alike."""

"""A treatment as JSON: read, resolved against the base, checked, answered. The door of `check_treatment` and of the API."""

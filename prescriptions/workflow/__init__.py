"""The only author of a prescription's status: every verb is a compare-and-swap and its trace, in one transaction."""

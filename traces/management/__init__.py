"""Commands an operator runs by hand."""

"""`make run`: everything the product needs, on one machine, for a demonstration.

`steps` prints what is being done, `programs` says which processes there are, `supervisor` keeps them alive
and stops them in order, `welcome` prints where to go. What Django prepares
is the command `manage.py prepare`.
"""

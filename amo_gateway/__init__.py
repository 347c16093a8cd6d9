"""The contract with the Assurance Maladie: messages, signature, client, simulator.

Pure Python: no Django, no table, no setting; everything comes as a parameter. What the real service has not
published is ours and is marked so: the `sim_` prefix in codes, the word « hypothèse » in explanations.
"""

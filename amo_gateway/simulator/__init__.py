"""A stand-alone imitation of the national service: same wire, own durable store, failures on demand.

It is not the real service: whatever is not published is invented here, and carries `sim_`.
"""

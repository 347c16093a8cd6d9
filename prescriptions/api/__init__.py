"""REST API of prescriptions: the verbs and rights of the screens, for a machine."""

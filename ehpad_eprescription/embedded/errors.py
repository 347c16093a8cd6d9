"""What the person at the terminal is told when a service cannot start."""


class ServiceError(Exception):
    """A service did not start or stop as it should; the text, in French, says what to do."""


class StateInUse(ServiceError):
    """Another command already holds the state folder."""

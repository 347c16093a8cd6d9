"""What may go wrong with the national service, sorted by what to do next: try again, or not."""

from __future__ import annotations


class GatewayError(Exception):
    """Base of every error of the gateway. Its text never holds health data: only codes."""

    http_status: int | None = None
    """None when no HTTP answer came at all."""
    severity: str = ""
    """`severite` of the SOAP fault, as the service wrote it; empty when it wrote none."""

    def __init__(self, code: str, message: str = "") -> None:
        """Keep `code` (a key of codes.py); `message` completes the text of the exception."""
        super().__init__(f"{code} : {message}" if message else code)
        self.code = code


class Unavailable(GatewayError):
    """The service gave no usable answer (silence, cut, 5xx, siram_40): send the same bytes again later."""

    def __init__(self, code: str, http_status: int | None = None, severity: str = "") -> None:
        """Keep what the answer told, if one came."""
        super().__init__(code)
        self.http_status = http_status
        self.severity = severity


class Rejected(GatewayError):
    """The service refused (SOAP fault or business result code). Never sent again as it is."""

    def __init__(self, code: str, label: str, http_status: int | None = None, severity: str = "") -> None:
        """`label` is the service's own wording: shown to the prescriber, kept out of the exception's text and logs."""
        super().__init__(code)
        self.label = label
        self.http_status = http_status
        self.severity = severity


class ProtocolError(GatewayError):
    """What was received (or was about to be sent) breaks the contract: for the operator. `detail` holds no health data."""

    def __init__(self, code: str, detail: str, http_status: int | None = None) -> None:
        """`detail` says what was wrong in technical words."""
        super().__init__(code, detail)
        self.detail = detail
        self.http_status = http_status


class SigningUnavailable(GatewayError):
    """No usable key or certificate: nothing is signed, nothing is sent."""

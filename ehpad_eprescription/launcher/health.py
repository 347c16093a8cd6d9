"""Does a web address answer? `python -m ehpad_eprescription.launcher.health URL` says so by its exit code."""

import sys
import urllib.error
import urllib.request


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirection to the login page is an answer."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


def answers(url: str) -> bool:
    """True for any answer but a server error; no proxy, no redirection followed."""
    opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
    try:
        opener.open(url, timeout=5).close()
    except urllib.error.HTTPError as error:
        with error:
            return error.code < 500
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(not answers(sys.argv[1]))

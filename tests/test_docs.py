"""What the documentation says of the kinds is what the kinds say of themselves."""

import pytest

from prescriptions.kinds.codes import Kind
from prescriptions.kinds.registry import KINDS


@pytest.mark.parametrize("kind", Kind)
def test_the_sources_of_each_field_are_documented(repository, kind):
    page = (repository / "docs/genres-et-sources.md").read_text()
    section = page.split(f"(`{kind.value}`)", 1)[1].split("\n## ", 1)[0]
    assert KINDS[kind].sources
    rows = "\n".join(f"| {source.words} | {source.origin} |" for source in KINDS[kind].sources)
    assert section.strip().endswith(rows)

"""Every sentence about a failed request can be put into another language."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from studio.engine import outcome

TRANSLATIONS = Path(__file__).parents[3] / "resources" / "translations" / "studio_de.ts"


def test_every_sentence_of_a_failure_is_known_to_the_translators() -> None:
    known = {source.text for source in ElementTree.parse(TRANSLATIONS).iter("source")}
    sentences = [sentence for pair in outcome._FAILURES.values() for sentence in pair]
    assert len(sentences) > 40
    assert [sentence for sentence in sentences if sentence not in known] == []

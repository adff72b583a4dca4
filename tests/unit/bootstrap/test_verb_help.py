"""`--help` behind a verb is answered before anything is installed, fetched or measured."""

from __future__ import annotations

import pytest
import verbs


@pytest.mark.parametrize("name", sorted(verbs.VERBS))
def test_a_verb_tells_of_itself(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    passed: list[list[str]] = []

    def act(rest: list[str]) -> int:
        passed.append(rest)
        return 7

    verb = verbs.VERBS[name]._replace(act=act)
    monkeypatch.setitem(verbs.VERBS, name, verb)
    if verb.passes_help:
        assert verbs.main([name, "--help"]) == 7
        assert passed == [["--help"]]
    else:
        assert verbs.main([name, "--help"]) == verbs.main([name, "-h"]) == 0
        assert passed == []
        assert capsys.readouterr().out.count(verb.help) == 2

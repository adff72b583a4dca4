"""Tells the language of a text, even of a short question: by script, then by words and letters.

Small words (articles, pronouns, forms of "be") tell languages of one script apart, which questions
are full of; a word counts the more the fewer languages have it, and letters that only some
languages use count beside them. Nothing is loaded for it, so that the window can ask as well.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

from studio.documents.text.scripts import LANGUAGE_OF, script, script_of
from studio.documents.text.stop_words import STOP_WORDS

_SAMPLE = 2_000  # characters, of each of three places of a long text
_CLEAR = 1.5  # times as many votes as the likely language: only then it is another one
_LETTER = 0.5  # of the vote of a word; so for an ending
_LONGEST, _STEM = 7, 3  # letters: of an ending at most, and before it at least
_WEIGHT = {  # of votes for languages whose small words are words or names of larger ones too
    **dict.fromkeys(("ca", "cs", "hr", "id", "ro", "sk", "vi"), 0.7),
    **dict.fromkeys(("da", "fi", "hu", "nl", "it", "nl", "no", "sv", "tr"), 0.95),
}
_WORDS = re.compile(r"[^\W\d_]+")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA_SHARE = 0.1  # of a Japanese text at least; Chinese has some in names

_LETTERS = {  # languages that have these letters, among those of their script
    "ß": ("de",),
    "ä": ("de", "sv", "fi", "sk", "et"),
    "ö": ("de", "sv", "fi", "hu", "tr", "et"),
    "ü": ("de", "hu", "tr", "et"),
    "å": ("sv", "da", "no"),
    "æø": ("da", "no"),
    "ñ": ("es",),
    "ãõ": ("pt",),
    "êâ": ("fr", "pt", "ro", "vi"),
    "ëîûœ": ("fr",),
    "ç": ("fr", "pt", "ca", "tr"),
    "àè": ("fr", "it", "ca"),
    "ìò": ("it",),
    "ő\u0171": ("hu",),
    "ąęłńśźż": ("pl",),
    "ěřů": ("cs",),
    "ľĺŕ": ("sk",),
    "čšž": ("cs", "sk", "hr"),
    "đ": ("hr", "vi"),
    "ğ\u0131ş": ("tr",),
    "ășțţ": ("ro",),
    "ơưạảấầẩẫậắằẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỷỹ": ("vi",),
    "\u044b\u044d\u0451": ("ru",),
    "\u0457\u0454\u0491\u0456": ("uk",),
    "\u045e": ("be",),
    "\u0452\u045b\u045f\u0459\u045a\u0458": ("sr",),
    "\u044a": ("bg",),
    "\u067e\u0686\u0698\u06af\u06a9\u06cc": ("fa", "ur"),
    "\u0643\u064a\u0629": ("ar",),
    "\u0679\u0688\u0691\u06ba\u06d2\u06c1\u06be": ("ur",),
    "\u0933": ("mr",),
}
_ENDINGS = {  # of words: what they are formed with, where small words are missing
    "en": "ing tion tions ness ity ed ies ly ght ows able ism",
    "de": "ung ungen heit keit lich liche lichen isch ische ischen schaft rn tz eln ern",
    "fr": "tion tions eux euse ement ité eau eaux aire ée ées oir ais",
    "es": "ción ciones dad dades mente ado ada ados adas ando iendo miento aron eron ía",
    "pt": "ção ções dade dades mente ado ada ados adas ando mento aram eram ário ia",
    "it": "zione zioni ità mente ando mento gli ggio ano",
    "nl": "ing ingen heid lijk lijke isch ische tie ties aar eren ijk",
    "sv": "ning ningar tion tioner het heter ande ades lig liga ligt arna erna",
    "da": "ning ninger tion tioner hed heder ende ede lig lige ligt erne",
    "no": "ning ninger sjon sjoner het heter ende ede lig lige ene",
}


@cache
def _endings() -> dict[str, dict[str, float]]:
    owners: dict[str, list[str]] = defaultdict(list)
    for name, endings in _ENDINGS.items():
        for ending in endings.split():
            owners[ending].append(name)
    return {ending: dict.fromkeys(names, _LETTER / len(names)) for ending, names in owners.items()}


@cache
def _voices() -> dict[str, dict[str, float]]:
    """Return for each small word and each telling letter how much it says for which language."""
    spoken: dict[str, list[str]] = defaultdict(list)
    for language, words in STOP_WORDS.items():
        for word in words:
            spoken[word].append(language)
    voices = {word: dict.fromkeys(owners, 1 / len(owners)) for word, owners in spoken.items()}
    for letters, owners in _LETTERS.items():
        for letter in letters:
            voices["+" + letter] = dict.fromkeys(owners, _LETTER / len(owners))
    return voices


def language(text: str, likely: Sequence[str] = ()) -> str:
    """Return the language of a text as ISO 639-1, ``""`` where it cannot be told.

    Args:
        text: of any length; of a long one three places are looked at.
        likely: languages that are to be expected, the likeliest first, such as those of the
            collection that is asked; they decide where the text itself hardly says anything.
    """
    sample = _sample(text).lower()
    written = script(sample)
    if not written:
        return ""
    expected = [name for name in likely if script_of(name) == written]
    if written == "Hani":
        return _chinese_or_japanese(sample, expected)
    votes = _votes(sample, written)
    best = max(votes, key=votes.__getitem__, default="")
    if expected:
        first = max(expected, key=lambda name: votes.get(name, 0.0))
        clear = votes.get(best, 0.0) > _CLEAR * votes.get(first, 0.0)
        return best if clear else first
    return best or ("" if written == "Latn" else LANGUAGE_OF[written])


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle, last = len(text) // 2, len(text) - _SAMPLE
    return "\n".join(text[start : start + _SAMPLE] for start in (0, middle, last))


def _chinese_or_japanese(sample: str, expected: list[str]) -> str:
    kana, han = len(_KANA.findall(sample)), len(_HAN.findall(sample))
    if kana == 0 and expected:
        return expected[0]  # a title or a question of a few characters may be either
    return "ja" if kana > _KANA_SHARE * (kana + han) else "zh"


def _ending(word: str) -> dict[str, float]:
    """Return what the longest known ending of a word says."""
    endings = _endings()
    for size in range(min(_LONGEST, len(word) - _STEM), 1, -1):
        if word[-size:] in endings:
            return endings[word[-size:]]
    return {}


def _votes(sample: str, written: str) -> dict[str, float]:
    """Return the votes for each language of this script, in a fixed order."""
    voices = _voices()
    votes: dict[str, float] = defaultdict(float)
    heard = Counter(_WORDS.findall(sample))
    heard.update({"+" + letter: count for letter, count in Counter(sample).items() if letter > "~"})
    for spoken, count in heard.items():
        for name, voice in (voices.get(spoken) or _ending(spoken)).items():
            votes[name] += count * voice * _WEIGHT.get(name, 1.0)
    return {name: votes[name] for name in sorted(votes) if script_of(name) == written}

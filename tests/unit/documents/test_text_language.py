"""Languages are told apart, in a question as in a page."""
# ruff: noqa: RUF001  (letters of other scripts are meant as they stand)

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from studio.documents.text.language import language
from studio.documents.text.scripts import script, script_of

# The beginning of the Universal Declaration of Human Rights, and a question.
SAID = {
    "ar": ["يولد جميع الناس أحرارا متساوين في الكرامة والحقوق", "متى تأسست الشركة؟"],
    "bg": [
        "Всички хора се раждат свободни и равни по достойнство и права",
        "Къде е офисът на фирмата?",
    ],
    "ca": ["Tots els éssers humans neixen lliures i iguals en dignitat i en drets", "Què és això?"],
    "cs": [
        "Všichni lidé se rodí svobodní a sobě rovní co do důstojnosti a práv",
        "Kdy byla smlouva podepsána?",
    ],
    "da": [
        "Alle mennesker er født frie og lige i værdighed og rettigheder",
        "Hvornår blev aftalen indgået?",
    ],
    "de": [
        "Alle Menschen sind frei und gleich an Würde und Rechten geboren",
        "Wann endet der Mietvertrag?",
    ],
    "el": ["Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι", "Πότε άρχισε;"],
    "en": [
        "All human beings are born free and equal in dignity and rights",
        "When does the lease end?",
    ],
    "es": [
        "Todos los seres humanos nacen libres e iguales en dignidad y derechos",
        "¿Cuándo termina el contrato?",
    ],
    "fa": [
        "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند",
        "چرا این کتاب؟",
    ],
    "fi": [
        "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan",
        "Milloin sopimus on tehty?",
    ],
    "fr": [
        "Tous les êtres humains naissent libres et égaux en dignité et en droits",
        "Quand finit le contrat ?",
    ],
    "he": ["כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם", "מתי נחתם החוזה?"],
    "hi": ["सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता प्राप्त है", "यह क्या है?"],
    "hu": [
        "Minden emberi lény szabadon születik és egyenlő méltósága és joga van",
        "Mikor jár le a szerződés?",
    ],
    "id": [
        "Semua orang dilahirkan merdeka dan mempunyai martabat yang sama",
        "Kapan kontrak ini berakhir?",
    ],
    "it": [
        "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti",
        "Quando finisce il contratto?",
    ],
    "ja": ["すべての人間は、生まれながらにして自由であり", "契約はいつ終わりますか?"],
    "ko": ["모든 인간은 태어날 때부터 자유로우며", "계약은 언제 끝나나요?"],
    "nl": [
        "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren",
        "Wanneer eindigt het contract?",
    ],
    "pl": [
        "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności",
        "Kiedy kończy się umowa?",
    ],
    "pt": [
        "Todos os seres humanos nascem livres e iguais em dignidade e em direitos",
        "Quando termina o contrato?",
    ],
    "ro": [
        "Toate ființele umane se nasc libere și egale în demnitate și în drepturi",
        "Când se termină contractul?",
    ],
    "ru": [
        "Все люди рождаются свободными и равными в своем достоинстве",
        "Когда заканчивается договор?",
    ],
    "sv": [
        "Alla människor är födda fria och lika i värde och rättigheter",
        "När slutar avtalet att gälla?",
    ],
    "th": ["มนุษย์ทั้งหลายเกิดมามีอิสระ", "สัญญาสิ้นสุดเมื่อไร"],
    "tr": [
        "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar",
        "Sözleşme ne zaman bitiyor?",
    ],
    "uk": [
        "Всі люди народжуються вільними і рівними у своїй гідності та правах",
        "Коли закінчується договір?",
    ],
    "ur": ["تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں", "یہ کیا ہے؟"],
    "vi": [
        "Tất cả mọi người sinh ra đều được tự do và bình đẳng",
        "Hợp đồng này khi nào kết thúc?",
    ],
    "zh": ["人人生而自由，在尊严和权利上一律平等", "合同什么时候结束？"],
}
EVAL = Path(os.environ.get("STUDIO_EVAL", "missing"))


@pytest.mark.parametrize(
    ("expected", "text"), [(name, text) for name in SAID for text in SAID[name]]
)
def test_a_sentence_and_a_question_are_enough(expected: str, text: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize("text", ["", "12.5 %", "...", "Xyzzy", "\x00"])
def test_what_says_nothing_has_no_language(text: str) -> None:
    assert language(text) == ""


def test_the_likely_language_decides_where_the_text_hardly_says_anything() -> None:
    assert language("Mietvertrag Xyzzy", ["de", "en"]) == "de"
    assert language("AB-1234", ["de"]) == "de"
    assert language("学校", ["ja", "en"]) == "ja"
    assert language("学校", ["en"]) == "zh"
    assert language("When does the lease end?", ["de"]) == "en"
    assert language("Wann endet der Vertrag?", ["en", "ru"]) == "de"


def test_a_long_text_is_judged_by_all_of_it() -> None:
    german = "Der Vertrag endet mit dem Ablauf der Frist. "
    assert language("Contents\n" * 10 + german * 500) == "de"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", "Latn"),
        ("Der Name 中", "Latn"),
        ("我喜欢 Python", "Hani"),
        ("שלום", "Hebr"),
        ("1", ""),
    ],
)
def test_the_script_is_that_of_most_words(text: str, expected: str) -> None:
    assert script(text) == expected


def test_every_language_has_its_script() -> None:
    assert [script_of(name) for name in ("ja", "uk", "fa", "pl")] == [
        "Hani",
        "Cyrl",
        "Arab",
        "Latn",
    ]


@pytest.mark.skipif(not EVAL.is_dir(), reason="the public sets are not here")
@pytest.mark.parametrize("name", ["ar", "de", "en", "es", "zh"])
def test_questions_of_a_public_set_are_told(name: str) -> None:
    lines = (EVAL / f"xquad_{name}" / "queries.jsonl").read_text("utf-8").splitlines()
    told = [language(json.loads(line)["text"]) for line in lines]
    assert told.count(name) / len(told) >= 0.99

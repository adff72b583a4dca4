"""What can be attached, in which encodings, and how everything else is refused."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import pictures

from studio.chat.attachments import files as attached_files
from studio.chat.attachments.files import MOST_PICTURE_BYTES, MOST_TEXT_BYTES, from_bytes, read
from studio.chat.attachments.picture_size import measure
from studio.errors import StudioError

WORDS = "Grüße, 世界 🌍\r\nzwei"


def refusal(name: str, data: bytes) -> StudioError:
    with pytest.raises(StudioError) as refused:
        from_bytes(name, data)
    assert name in refused.value.what
    assert refused.value.hint
    return refused.value


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (codecs.BOM_UTF8 + WORDS.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), "utf-32"),
    ],
)
def test_texts_are_read_to_the_letter(data: bytes, encoding: str) -> None:
    file = from_bytes("letter.txt", data)
    assert file.kind == "text"
    assert file.content.decode() == WORDS
    assert file.media_type == f"text/plain; charset={encoding}"
    assert file.size_bytes == len(data)
    assert not attached_files.is_guessed(file.media_type)


def test_an_old_encoding_is_guessed_and_told() -> None:
    file = from_bytes("old.txt", "Café für zwei".encode("latin-1"))
    assert file.content.decode() == "Café für zwei"
    assert attached_files.is_guessed(file.media_type)


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01\x00\x00",
        b"PK\x03\x04\x14\x00\x00\x00",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01",
        codecs.BOM_UTF16_LE + b"a",
        codecs.BOM_UTF8 + b"\xff\xff",
    ],
    ids=["program", "zip", "pdf", "odd utf-16", "wrong utf-8"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert refusal("thing.bin", data).code == "attachment.not_text"


def test_empty_files_are_refused() -> None:
    assert refusal("nothing.txt", b"").code == "attachment.empty"
    assert refusal("blank.txt", b" \n\t\n").code == "attachment.empty"


def test_a_text_may_have_a_megabyte_and_no_more() -> None:
    assert from_bytes("full.txt", b"a" * MOST_TEXT_BYTES).kind == "text"
    assert refusal("long.txt", b"a" * (MOST_TEXT_BYTES + 1)).code == "attachment.too_large"


@pytest.mark.parametrize(
    ("data", "media_type", "size"),
    [
        (pictures.png(50, 40), "image/png", (50, 40)),
        (pictures.bmp(7, 5), "image/bmp", (7, 5)),
        (pictures.gif(), "image/gif", (1, 1)),
        (pictures.jpeg_head(640, 480), "image/jpeg", (640, 480)),
        (pictures.webp_head(b"VP8 ", 321, 123), "image/webp", (321, 123)),
        (pictures.webp_head(b"VP8L", 321, 123), "image/webp", (321, 123)),
        (pictures.webp_head(b"VP8X", 321, 123), "image/webp", (321, 123)),
    ],
)
def test_pictures_are_known_by_their_first_bytes(
    data: bytes, media_type: str, size: tuple[int, int]
) -> None:
    found = measure(data)
    assert found is not None
    assert (found.media_type, (found.width, found.height)) == (media_type, size)
    file = from_bytes("picture.txt", data)
    assert (file.kind, file.media_type, file.content) == ("picture", media_type, data)


def test_a_decompression_bomb_is_refused_by_what_it_says_of_itself() -> None:
    bomb = pictures.png_of(60_000, 60_000, b"little")
    error = refusal("bomb.png", bomb)
    assert error.code == "attachment.too_large"
    assert "60,000" in error.what


@pytest.mark.parametrize(
    "data",
    [
        pictures.png()[:14],
        pictures.png_of(0, 40, b""),
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"GIF89a",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    ],
    ids=["cut png", "no width", "cut jpeg", "cut gif", "cut webp"],
)
def test_a_picture_without_a_size_is_refused(data: bytes) -> None:
    assert refusal("odd.png", data).code == "attachment.damaged"


def test_a_picture_may_have_twenty_megabytes_and_no_more(tmp_path: Path) -> None:
    big = tmp_path / "big.png"
    big.write_bytes(pictures.png() + bytes(MOST_PICTURE_BYTES))
    with pytest.raises(StudioError) as refused:
        read(big)
    assert refused.value.code == "attachment.too_large"


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.write(b"a" * 1000)
        file.truncate(20_000_000_000)
    with pytest.raises(StudioError) as refused:
        read(huge)
    assert refused.value.code in ("attachment.too_large", "attachment.not_text")


def test_folders_and_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(StudioError) as folder:
        read(tmp_path)
    assert folder.value.code == "attachment.folder"
    with pytest.raises(StudioError) as missing:
        read(tmp_path / "no.txt")
    assert missing.value.code == "attachment.unreadable"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", ".. .. etc passwd"),
        ("a\nb\tc.txt", "a b c.txt"),
        ("", "file"),
        ("n" * 500 + ".txt", "n" * 196 + ".txt"),
    ],
)
def test_names_stay_on_one_line_and_lead_nowhere(name: str, kept: str) -> None:
    assert from_bytes(name, b"words").name == kept


@given(st.binary(max_size=80))
def test_any_bytes_end_in_a_file_or_a_sentence(data: bytes) -> None:
    for head in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF0000WEBP", b"BM"):
        assert outcome(head + data) in ("text", "picture") or outcome(head + data).startswith(
            "attachment."
        )


def outcome(data: bytes) -> str:
    """Return the kind of a file, or the code of its refusal."""
    try:
        return from_bytes("any", data).kind
    except StudioError as error:
        return error.code

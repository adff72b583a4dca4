"""Pictures through the real libmtmd and tiny random projectors: counted, reused, stopped."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

import pytest
from support import pictures, tiny_gguf, tiny_projector
from support.tiny_projector import Eye, Kind
from weights.conftest import load

from studio.engine.host import Host
from studio.engine.language import (
    ChatMessage,
    Count,
    Generate,
    Load,
    LoadSettings,
    ModelLoaded,
    Picture,
    PicturesAtHand,
    PromptCounted,
    ReplyGenerated,
    Sampling,
    Score,
    ShowPictures,
)
from studio.engine.protocol import Done, Token
from studio.errors import StudioError
from studio.prompting.pictures import marker

FAMILIES: list[tuple[str, Kind]] = [
    ("gemma3", "gemma3"),
    ("llama", "idefics3"),
    ("qwen2vl", "qwen2vl_merger"),
]
SMOLVLM = ("<fake_token_around_image>", "<global-img>", "\n\n")  # what its projector relies on
GREEDY = Sampling(temperature=0.0, max_tokens=12)
SEEN = Picture(hashlib.sha256(pictures.png()).hexdigest(), pictures.png())
DARK = pictures.png_of(50, 40, zlib.compress(bytes(151 * 40)))
OTHER = Picture(hashlib.sha256(DARK).hexdigest(), DARK)
WORDS = ChatMessage("user", "What is this?")


def question(picture: Picture, text: str = "What is this?") -> ChatMessage:
    return ChatMessage("user", f"{marker(picture.sha256)}\n{text}")


def look(
    host: Host,
    folder: Path,
    architecture: str,
    kind: Kind,
    *,
    eye: Eye | None = None,
    batch: int = 512,
) -> None:
    """Load a tiny model with its projector, and have two pictures at hand."""
    model = tiny_gguf.write(
        folder / f"{architecture}.gguf",
        architecture,
        chat_template=tiny_gguf.CHATML,
        context_length=8192,
        extra_tokens=SMOLVLM if kind == "idefics3" else (),
    )
    projector = tiny_projector.write(folder / f"mmproj-{kind}.gguf", kind, eye=eye)
    settings = LoadSettings(threads=2, context=4096, batch=batch)
    result = host.submit(Load(0, str(model), settings, str(projector))).result().result
    assert isinstance(result, ModelLoaded)
    show(host, SEEN, OTHER)


def show(host: Host, *shown: Picture) -> PicturesAtHand:
    wanted = tuple(each.sha256 for each in shown)
    result = host.submit(ShowPictures(0, wanted, shown)).result().result
    assert isinstance(result, PicturesAtHand)
    return result


def count(host: Host, *messages: ChatMessage) -> int:
    result = host.submit(Count(0, messages)).result().result
    assert isinstance(result, PromptCounted)
    return result.tokens


def reply(
    host: Host, *messages: ChatMessage, reuse: bool = True, state: str = ""
) -> ReplyGenerated:
    request = Generate(0, messages, GREEDY, reuse=reuse, state_file=state)
    result = host.submit(request).result().result
    assert isinstance(result, ReplyGenerated)
    return result


def certainty(host: Host, message: ChatMessage) -> float:
    """Return the log probability of the first token of a reply."""
    sampling = Sampling(temperature=0.0, max_tokens=1, top_logprobs=1)
    events = host.submit(Generate(0, (message,), sampling, reuse=False)).events()
    (told,) = [e.logprob for e in events if isinstance(e, Token) and e.logprob is not None]
    return told


@pytest.mark.parametrize(("architecture", "kind"), FAMILIES)
def test_a_picture_is_counted_and_answered(
    worker: Host, tmp_path: Path, architecture: str, kind: Kind
) -> None:
    look(worker, tmp_path, architecture, kind)
    with_picture = count(worker, question(SEEN))
    assert with_picture >= count(worker, WORDS) + 4
    answered = reply(worker, question(SEEN), reuse=False)
    assert answered.prompt_tokens == with_picture
    assert answered.tokens == 12
    assert answered.text
    assert marker(SEEN.sha256) in answered.prompt


@pytest.mark.parametrize(("architecture", "kind"), FAMILIES)
def test_another_picture_is_another_thing_to_the_model(
    worker: Host, tmp_path: Path, architecture: str, kind: Kind
) -> None:
    look(worker, tmp_path, architecture, kind)
    first = certainty(worker, question(SEEN))
    assert certainty(worker, question(SEEN)) == first
    assert abs(certainty(worker, question(OTHER)) - first) > 1e-4


@pytest.mark.parametrize(("architecture", "kind"), FAMILIES)
def test_the_next_turn_does_not_look_at_the_picture_again(
    worker: Host, tmp_path: Path, architecture: str, kind: Kind
) -> None:
    look(worker, tmp_path, architecture, kind)
    first = reply(worker, question(SEEN), reuse=False)
    turns = (question(SEEN), ChatMessage("assistant", first.text), ChatMessage("user", "Why?"))
    second = reply(worker, *turns)
    assert second.reused_tokens >= first.prompt_tokens - 1
    fresh = reply(worker, *turns, reuse=False)
    assert fresh.text == second.text
    assert fresh.reused_tokens == 0


@pytest.mark.parametrize(("architecture", "kind"), FAMILIES)
def test_another_picture_in_the_same_place_is_read_from_its_start(
    worker: Host, tmp_path: Path, architecture: str, kind: Kind
) -> None:
    look(worker, tmp_path, architecture, kind)
    alone = reply(worker, question(OTHER), reuse=False)
    reply(worker, question(SEEN), reuse=False)
    changed = reply(worker, question(OTHER))
    assert changed.text == alone.text
    assert changed.reused_tokens < alone.prompt_tokens - 4


def test_a_saved_state_holds_the_picture(host: Host, tmp_path: Path) -> None:
    look(host, tmp_path, "qwen2vl", "qwen2vl_merger")
    state = str(tmp_path / "one.state")
    first = reply(host, question(SEEN), state=state)
    reply(host, ChatMessage("user", "Something else, in a chat of its own"), state="")
    turns = (question(SEEN), ChatMessage("assistant", first.text), ChatMessage("user", "Why?"))
    second = reply(host, *turns, state=state)
    assert second.state_from_disk
    assert second.reused_tokens >= first.prompt_tokens - 1
    assert second.text == reply(host, *turns, reuse=False).text


def test_an_earlier_prompt_is_read_again_with_its_picture(worker: Host, tmp_path: Path) -> None:
    look(worker, tmp_path, "gemma3", "gemma3")
    first = reply(worker, question(SEEN), reuse=False)
    again = worker.submit(Generate(0, (), GREEDY, reuse=False, prompt=first.prompt)).result()
    assert isinstance(again.result, ReplyGenerated)
    assert again.result.text == first.text
    assert again.result.prompt_tokens == first.prompt_tokens


def test_a_reply_to_a_picture_is_scored(worker: Host, tmp_path: Path) -> None:
    look(worker, tmp_path, "llama", "idefics3")
    first = reply(worker, question(SEEN), reuse=False)
    events = list(worker.submit(Score(0, first.prompt, first.text)).events())
    assert "".join(each.text for each in events if isinstance(each, Token)) == first.text


def test_stop_is_heard_while_a_picture_is_looked_at(host: Host, tmp_path: Path) -> None:
    slow = Eye(embedding=256, feed_forward=1024, layers=24, heads=4, image=512, patch=8)
    look(host, tmp_path, "llama", "idefics3", eye=slow)
    count(host, question(SEEN))  # so that what is stopped is the looking, not the reading of files
    job = host.submit(Generate(0, (question(SEEN),), GREEDY, reuse=False))
    job.cancel()
    ending = job.result()
    assert isinstance(ending, Done)
    assert ending.cancelled
    assert host.alive
    assert reply(host, WORDS, reuse=False).text


def test_a_model_without_a_projector_says_so(worker: Host, tmp_path: Path) -> None:
    model = tiny_gguf.write(tmp_path / "blind.gguf", "llama", chat_template=tiny_gguf.CHATML)
    load(worker, model)
    show(worker, SEEN)
    with pytest.raises(StudioError, match="cannot see pictures") as refused:
        reply(worker, question(SEEN))
    assert refused.value.code == "picture.no_projector"
    assert "remove the picture" in refused.value.hint


def test_a_picture_that_is_no_longer_at_hand_stays_text(worker: Host, tmp_path: Path) -> None:
    look(worker, tmp_path, "gemma3", "gemma3")
    assert show(worker, OTHER).sha256s == (OTHER.sha256,)
    assert count(worker, question(SEEN)) > 64


def test_a_truncated_projector_is_told_and_the_model_goes_on(host: Host, tmp_path: Path) -> None:
    look(host, tmp_path, "gemma3", "gemma3")
    whole = (tmp_path / "mmproj-gemma3.gguf").read_bytes()
    bad = tmp_path / "mmproj-cut.gguf"
    for cut in (0, 10, 200, len(whole) // 2):
        bad.write_bytes(whole[:cut])
        _load_with(host, tmp_path / "gemma3.gguf", bad)
        with pytest.raises(StudioError) as refused:
            count(host, question(SEEN))
        assert refused.value.code == "projector.damaged"
        assert "mmproj-cut" in refused.value.what
        assert reply(host, WORDS, reuse=False).text


def test_a_projector_of_another_width_is_told(host: Host, tmp_path: Path) -> None:
    look(host, tmp_path, "gemma3", "gemma3")
    other = tiny_projector.write(tmp_path / "mmproj-other.gguf", width=96)
    _load_with(host, tmp_path / "gemma3.gguf", other)
    with pytest.raises(StudioError, match=r"96.*64") as refused:
        count(host, question(SEEN))
    assert refused.value.code == "projector.wrong_width"
    assert reply(host, WORDS, reuse=False).text


def test_a_chat_model_as_projector_is_told(host: Host, tmp_path: Path) -> None:
    look(host, tmp_path, "gemma3", "gemma3")
    _load_with(host, tmp_path / "gemma3.gguf", tmp_path / "gemma3.gguf")
    with pytest.raises(StudioError) as refused:
        count(host, question(SEEN))
    assert refused.value.code == "projector.damaged"
    assert reply(host, WORDS, reuse=False).text


def test_a_projector_that_relies_on_unknown_tokens_is_told(host: Host, tmp_path: Path) -> None:
    look(host, tmp_path, "gemma3", "gemma3")
    other = tiny_projector.write(tmp_path / "mmproj-smol.gguf", "idefics3")
    _load_with(host, tmp_path / "gemma3.gguf", other)
    with pytest.raises(StudioError) as refused:
        count(host, question(SEEN))
    assert refused.value.code == "projector.other_words"
    assert reply(host, WORDS, reuse=False).text


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture at all", pictures.png()[:60], pictures.png_of(50, 40, b"junk")],
    ids=["empty", "text", "cut", "junk"],
)
def test_a_broken_picture_is_told(worker: Host, tmp_path: Path, data: bytes) -> None:
    look(worker, tmp_path, "gemma3", "gemma3")
    broken = Picture(hashlib.sha256(data).hexdigest(), data)
    show(worker, broken)
    with pytest.raises(StudioError) as refused:
        count(worker, question(broken))
    assert refused.value.code == "picture.unreadable"
    assert reply(worker, WORDS, reuse=False).text


@pytest.mark.parametrize("data", [pictures.bmp(), pictures.gif()], ids=["bmp", "gif"])
def test_other_kinds_of_pictures_are_seen(worker: Host, tmp_path: Path, data: bytes) -> None:
    look(worker, tmp_path, "gemma3", "gemma3")
    picture = Picture(hashlib.sha256(data).hexdigest(), data)
    show(worker, picture)
    assert reply(worker, question(picture), reuse=False).tokens == 12


def test_a_picture_that_must_be_read_at_once_needs_a_batch_that_holds_it(
    worker: Host, tmp_path: Path
) -> None:
    fine = Eye(image=128)
    look(worker, tmp_path, "gemma3", "gemma3", eye=fine, batch=32)
    with pytest.raises(StudioError, match="64 tokens") as refused:
        reply(worker, question(SEEN))
    assert refused.value.code == "picture.batch_too_small"
    assert reply(worker, WORDS, reuse=False).text


def _load_with(host: Host, model: Path, projector: Path) -> None:
    settings = LoadSettings(threads=2, context=1024)
    host.submit(Load(0, str(model), settings, str(projector))).result()
    show(host, SEEN)

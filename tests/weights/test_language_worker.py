"""The language worker with the starter model: replies, constraints, Stop, reuse, saved states."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from weights.conftest import load

from studio.engine.host import Host, Job
from studio.engine.language import (
    ChatMessage,
    Count,
    Generate,
    Load,
    LoadSettings,
    PromptCounted,
    ReplyGenerated,
    Sampling,
    SaveState,
    StateSaved,
)
from studio.engine.protocol import Done, Progress, Token
from studio.errors import StudioError

SYSTEM = ChatMessage("system", "You are a helpful assistant. Answer briefly.")
BRIEF = Sampling(temperature=0.2, top_p=0.9, repeat_penalty=1.1, seed=1, max_tokens=40)
GREEDY = Sampling(temperature=0.0, max_tokens=24)
STORY = (SYSTEM, ChatMessage("user", "Tell me a long story about a dog."))


def ask(*questions: str) -> tuple[ChatMessage, ...]:
    return (SYSTEM, *(ChatMessage("user", question) for question in questions))


def reply(host: Host, request: Generate) -> ReplyGenerated:
    result = host.submit(request).result().result
    assert isinstance(result, ReplyGenerated)
    return result


def cancel_at(job: Job, kind: type) -> tuple[list[object], Done]:
    """Press Stop at the first event of a kind with work done; return all events and the last."""
    events: list[object] = []
    for event in job.events():
        if isinstance(event, kind) and getattr(event, "done", True):
            job.cancel()
        events.append(event)
    last = events[-1]
    assert isinstance(last, Done)
    return events, last


def test_it_answers_with_figures(starter_host: Host) -> None:
    job = starter_host.submit(
        Generate(0, ask("What is the capital of France?"), BRIEF, reuse=False)
    )
    events = list(job.events())
    result = events[-1].result if isinstance(events[-1], Done) else None
    assert isinstance(result, ReplyGenerated)
    assert "Paris" in result.text
    assert result.text == "".join(e.text for e in events if isinstance(e, Token))
    assert result.stop == "end"
    assert result.seed == 1
    assert result.reused_tokens == 0
    assert result.prompt_tokens > 20
    assert 0 < result.tokens < 40
    assert result.ttft_s is not None
    assert result.ttft_s > 0
    assert result.tokens_per_s > 0
    assert result.memory_bytes > 100e6
    progress = [e for e in events if isinstance(e, Progress) and e.phase == "prompt"]
    assert progress[-1].done == progress[-1].total == result.prompt_tokens


def test_the_same_seed_gives_the_same_text(starter_host: Host) -> None:
    sampling = dataclasses.replace(BRIEF, temperature=1.0, seed=42, max_tokens=20)
    request = Generate(0, STORY, sampling, reuse=False)
    assert reply(starter_host, request).text == reply(starter_host, request).text


def test_a_drawn_seed_is_reported_and_repeats_the_reply(starter_host: Host) -> None:
    free = dataclasses.replace(BRIEF, seed=None, max_tokens=20)
    drawn = reply(starter_host, Generate(0, STORY, free, reuse=False))
    again = dataclasses.replace(free, seed=drawn.seed)
    assert reply(starter_host, Generate(0, STORY, again, reuse=False)).text == drawn.text


def test_the_next_turn_reads_only_what_is_new(starter_host: Host) -> None:
    first = reply(starter_host, Generate(0, ask("What is the capital of France?"), BRIEF))
    history = (
        *ask("What is the capital of France?"),
        ChatMessage("assistant", first.text),
        ChatMessage("user", "And of Italy?"),
    )
    second = reply(starter_host, Generate(0, history, BRIEF))
    assert second.reused_tokens >= first.prompt_tokens
    assert second.prompt_tokens - second.reused_tokens < 40


def test_counting_gives_the_tokens_and_the_text_of_the_prompt(starter_host: Host) -> None:
    counted = starter_host.submit(Count(0, ask("Hi"))).result().result
    assert isinstance(counted, PromptCounted)
    assert counted.text.endswith("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n")
    generated = reply(starter_host, Generate(0, ask("Hi"), BRIEF, reuse=False))
    assert generated.prompt_tokens == counted.tokens


def test_a_schema_forces_valid_json(starter_host: Host) -> None:
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string"}, "people": {"type": "integer"}},
        "required": ["city", "people"],
    }
    sampling = dataclasses.replace(BRIEF, json_schema=json.dumps(schema), max_tokens=100)
    result = reply(starter_host, Generate(0, ask("Describe Paris as JSON."), sampling))
    assert set(json.loads(result.text)) == {"city", "people"}


def test_a_grammar_allows_nothing_else(starter_host: Host) -> None:
    sampling = dataclasses.replace(BRIEF, grammar='root ::= "yes" | "no"')
    assert reply(starter_host, Generate(0, ask("Is snow white?"), sampling)).text in {"yes", "no"}


@pytest.mark.parametrize(
    "broken",
    [
        dataclasses.replace(BRIEF, grammar="this is no grammar ::= ("),
        dataclasses.replace(BRIEF, grammar='leaf ::= "x"'),
        dataclasses.replace(BRIEF, json_schema="{not json"),
        dataclasses.replace(
            BRIEF, json_schema='{"type": "object", "properties": {"a": {"$ref": "#/nowhere"}}}'
        ),
    ],
)
def test_a_broken_constraint_is_told_and_the_next_reply_works(
    broken: Sampling, starter_host: Host
) -> None:
    with pytest.raises(StudioError, match="grammar or JSON schema"):
        reply(starter_host, Generate(0, ask("Hi"), broken))
    assert reply(starter_host, Generate(0, ask("Hi"), BRIEF)).tokens > 0


def test_a_stop_string_ends_the_reply_before_itself(starter_host: Host) -> None:
    free = reply(starter_host, Generate(0, STORY, GREEDY, reuse=False)).text
    stop = free[8:14]
    stopped = reply(
        starter_host,
        Generate(0, STORY, dataclasses.replace(GREEDY, stop=(stop, "###")), reuse=False),
    )
    assert stopped.stop == "stop_string"
    assert stopped.text == free[: free.index(stop)]


def test_the_length_limit_counts_tokens(starter_host: Host) -> None:
    result = reply(starter_host, Generate(0, STORY, dataclasses.replace(BRIEF, max_tokens=7)))
    assert (result.tokens, result.stop) == (7, "max_tokens")


def test_alternatives_come_with_probabilities(starter_host: Host) -> None:
    sampling = dataclasses.replace(GREEDY, top_logprobs=3, max_tokens=5)
    events = list(starter_host.submit(Generate(0, STORY, sampling)).events())
    tokens = [event for event in events if isinstance(event, Token)]
    assert len(tokens) >= 4
    for token in tokens:
        values = [alternative.logprob for alternative in token.alternatives]
        assert len(values) == 3
        assert values == sorted(values, reverse=True)
        assert token.logprob == pytest.approx(values[0])
        assert values[0] <= 0.0


@pytest.mark.parametrize(
    "sampling",
    [
        Sampling(mirostat=1, seed=1, max_tokens=8),
        Sampling(mirostat=2, seed=1, max_tokens=8),
        Sampling(dry_multiplier=0.8, seed=1, max_tokens=8),
        Sampling(xtc_probability=0.5, seed=1, max_tokens=8),
        Sampling(typical_p=0.9, min_p=0.1, top_k=5, seed=1, max_tokens=8),
        Sampling(frequency_penalty=0.5, presence_penalty=0.5, penalty_window=-1, max_tokens=8),
    ],
)
def test_every_way_of_choosing_writes_text(sampling: Sampling, starter_host: Host) -> None:
    assert reply(starter_host, Generate(0, STORY, sampling)).text


def test_stop_while_the_reply_is_written_keeps_what_was_said(starter_host: Host) -> None:
    endless = dataclasses.replace(BRIEF, max_tokens=None)
    events, last = cancel_at(starter_host.submit(Generate(0, STORY, endless)), Token)
    assert last.cancelled
    assert isinstance(last.result, ReplyGenerated)
    assert last.result.stop == "cancelled"
    assert last.result.text == "".join(e.text for e in events if isinstance(e, Token))
    assert reply(starter_host, Generate(0, ask("Hi"), BRIEF)).tokens > 0


def test_stop_while_the_prompt_is_read_keeps_what_was_read(
    worker: Host, starter_model: Path
) -> None:
    load(worker, starter_model, context=512, batch=64)
    long = ask("word " * 300)
    request = Generate(0, long, BRIEF, reuse=False)
    _, last = cancel_at(worker.submit(request), Progress)
    assert last.cancelled
    assert isinstance(last.result, ReplyGenerated)
    assert last.result.tokens == 0
    again = reply(worker, Generate(0, long, dataclasses.replace(BRIEF, max_tokens=1)))
    assert again.reused_tokens >= 64


def test_stop_before_the_turn_of_a_request_keeps_the_worker(starter_host: Host) -> None:
    first = starter_host.submit(
        Generate(0, ask("Hi"), dataclasses.replace(BRIEF, max_tokens=8), reuse=False)
    )
    long = starter_host.submit(Generate(0, ask("word " * 1500), BRIEF, reuse=False))
    long.cancel()
    assert isinstance(first.result().result, ReplyGenerated)
    stopped = long.result()
    assert stopped.cancelled
    assert isinstance(stopped.result, ReplyGenerated)
    assert stopped.result.tokens == 0
    assert reply(starter_host, Generate(0, ask("Hi"), BRIEF)).tokens > 0


def test_loading_is_told_in_steps_up_to_its_end(worker: Host, starter_model: Path) -> None:
    settings = LoadSettings(context=256, threads=2)
    events = list(worker.submit(Load(0, str(starter_model), settings)).events())
    shares = [event.done for event in events if isinstance(event, Progress)]
    assert shares == sorted(set(shares))
    assert shares[-1] == 1.0
    assert len(shares) < 50


def test_a_prompt_that_does_not_fit_is_told_with_both_figures(starter_host: Host) -> None:
    with pytest.raises(StudioError) as caught:
        reply(starter_host, Generate(0, ask("word " * 3000), BRIEF))
    assert caught.value.code == "prompt.too_long"
    assert "2048" in caught.value.what


def test_a_reply_that_fills_the_context_ends_and_says_so(worker: Host, starter_model: Path) -> None:
    loaded = load(worker, starter_model, context=256)
    result = reply(worker, Generate(0, STORY, dataclasses.replace(BRIEF, max_tokens=None)))
    assert result.stop in {"context", "end"}
    assert result.prompt_tokens + result.tokens <= loaded.context + 1


def test_a_state_comes_back_after_a_restart(
    host: Host, starter_model: Path, tmp_path: Path
) -> None:
    load(host, starter_model, context=1024)
    state = tmp_path / "conversation.kv"
    first = reply(host, Generate(0, STORY, GREEDY, state_file=str(state)))
    history = (*STORY, ChatMessage("assistant", first.text), ChatMessage("user", "Go on."))
    saved = host.submit(SaveState(0)).result().result
    assert isinstance(saved, StateSaved)
    assert saved.tokens >= first.prompt_tokens
    assert state.stat().st_size == saved.size_bytes
    assert state.stat().st_mode & 0o077 == 0
    straight = reply(host, Generate(0, history, GREEDY, state_file=str(state)))
    host.stop()

    later = Host("llm", tmp_path / "later.log")
    later.start()
    try:
        load(later, starter_model, context=1024)
        resumed = reply(later, Generate(0, history, GREEDY, state_file=str(state)))
    finally:
        later.stop()
    assert resumed.state_from_disk
    assert resumed.reused_tokens >= first.prompt_tokens
    assert resumed.text == straight.text


def test_changing_conversations_saves_one_and_brings_the_other_back(
    worker: Host, starter_model: Path, tmp_path: Path
) -> None:
    load(worker, starter_model, context=1024)
    one, two = str(tmp_path / "one.kv"), str(tmp_path / "two.kv")
    first = reply(worker, Generate(0, STORY, GREEDY, state_file=one))
    reply(worker, Generate(0, ask("What is the capital of France?"), GREEDY, state_file=two))
    back = (*STORY, ChatMessage("assistant", first.text), ChatMessage("user", "Go on."))
    resumed = reply(worker, Generate(0, back, GREEDY, state_file=one))
    assert resumed.state_from_disk
    assert resumed.reused_tokens >= first.prompt_tokens


def test_two_conversations_with_the_same_words_have_a_state_each(
    worker: Host, starter_model: Path, tmp_path: Path
) -> None:
    load(worker, starter_model, context=1024)
    states = [tmp_path / f"{name}.kv" for name in ("one", "two", "three")]
    for state in states:
        reply(worker, Generate(0, STORY, GREEDY, state_file=str(state)))
    assert [state.is_file() for state in states] == [True, True, False]


def test_a_folder_that_is_gone_costs_only_the_state(
    worker: Host, starter_model: Path, tmp_path: Path
) -> None:
    load(worker, starter_model, context=1024)
    lost = str(tmp_path / "gone" / "one.kv")
    first = reply(worker, Generate(0, STORY, GREEDY, state_file=lost))
    second = reply(worker, Generate(0, STORY, GREEDY, state_file=str(tmp_path / "two.kv")))
    assert second.text == first.text


@pytest.mark.parametrize("damage", [b"", b"garbage", b"ggsq" * 100])
def test_a_damaged_state_is_not_used(
    damage: bytes, worker: Host, starter_model: Path, tmp_path: Path
) -> None:
    load(worker, starter_model, context=512)
    state = tmp_path / "broken.kv"
    state.write_bytes(damage)
    result = reply(worker, Generate(0, STORY, GREEDY, state_file=str(state)))
    assert result.reused_tokens == 0
    assert result.text


@pytest.mark.parametrize("name", ["x" * 300, "a folder"])
def test_a_state_that_cannot_be_opened_is_not_used(
    name: str, host: Host, starter_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "a folder").mkdir()
    load(host, starter_model, context=512)
    result = reply(host, Generate(0, STORY, GREEDY, state_file=str(tmp_path / name)))
    assert result.reused_tokens == 0
    assert result.text


def test_a_killed_worker_keeps_what_had_arrived(host: Host, starter_model: Path) -> None:
    load(host, starter_model, context=512)
    job = host.submit(Generate(0, STORY, dataclasses.replace(BRIEF, max_tokens=None)))
    texts: list[str] = []
    for event in job.events():
        if isinstance(event, Token):
            texts.append(event.text)
            if len(texts) == 3:
                host.kill()
    assert len(texts) >= 3
    assert host.outcome is not None
    assert host.outcome.code == "worker.stopped_by_us"

"""Models of many architectures load, complete, reuse what they can, and resume."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import tiny_gguf
from weights.conftest import load

from studio.engine.host import Host
from studio.engine.language import ChatMessage, Generate, ReplyGenerated, Sampling
from studio.engine.protocol import Token
from studio.errors import StudioError

SAMPLING = Sampling(temperature=0.0, max_tokens=12)
FIRST = (ChatMessage("user", "The quick brown fox jumps over the lazy dog. " * 6),)


def reply(host: Host, messages: tuple[ChatMessage, ...], state: str = "") -> ReplyGenerated:
    result = host.submit(Generate(0, messages, SAMPLING, state_file=state)).result().result
    assert isinstance(result, ReplyGenerated)
    return result


@pytest.mark.parametrize("architecture", tiny_gguf.ARCHITECTURES)
def test_it_loads_completes_and_reuses(architecture: str, worker: Host, tmp_path: Path) -> None:
    path = tiny_gguf.write(
        tmp_path / "tiny.gguf", architecture, chat_template=tiny_gguf.CHATML, context_length=1024
    )
    loaded = load(worker, path, context=1024)
    assert loaded.architecture == architecture
    state = str(tmp_path / "state.kv")
    first = reply(worker, FIRST, state)
    assert first.tokens > 0
    following = (*FIRST, ChatMessage("assistant", first.text), ChatMessage("user", "And then?"))
    second = reply(worker, following, state)
    if loaded.cache_can_be_cut:
        assert second.reused_tokens >= first.prompt_tokens
    else:
        # Random weights write tokens that read back differently; the checkpoint before the
        # prompt's last token is still there.
        assert second.reused_tokens >= first.prompt_tokens - 1
    again = reply(worker, following, state)
    assert again.text == second.text
    assert again.reused_tokens == again.prompt_tokens - 1


def test_a_model_without_a_template_completes_plain_text(worker: Host, tmp_path: Path) -> None:
    path = tiny_gguf.write(tmp_path / "base.gguf", "llama")
    assert not load(worker, path).has_template
    assert reply(worker, FIRST).tokens > 0


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
        "{{ 'x' * 10**10 }}",
        "{% if %}",
        "{{ undefined_thing.attribute.of.nothing }}",
    ],
)
def test_a_hostile_template_is_not_used_and_the_model_still_answers(
    template: str, worker: Host, tmp_path: Path
) -> None:
    path = tiny_gguf.write(tmp_path / "hostile.gguf", "llama", chat_template=template)
    loaded = load(worker, path)
    assert loaded.template_error
    assert reply(worker, FIRST).tokens > 0


def test_an_unknown_architecture_is_named(worker: Host, tmp_path: Path) -> None:
    path = tiny_gguf.write(tmp_path / "new.gguf", "architecture-of-2031")
    with pytest.raises(StudioError) as caught:
        load(worker, path)
    assert caught.value.code == "model.unknown_architecture"
    assert "architecture-of-2031" in caught.value.what
    load(worker, tiny_gguf.write(tmp_path / "good.gguf", "llama"))
    assert reply(worker, FIRST).tokens > 0


def test_a_context_beyond_all_memory_is_refused_by_the_engine(worker: Host, tmp_path: Path) -> None:
    context = 1 << 24  # four TiB: each token takes 256 KiB, and a longer context only takes longer
    path = tiny_gguf.write(
        tmp_path / "wide.gguf",
        "llama",
        size=tiny_gguf.Size(embedding=64, heads=32, kv_heads=32, head_length=256, layers=8),
        context_length=context,
    )
    with pytest.raises(StudioError) as caught:
        load(worker, path, context=context)
    assert caught.value.code == "model.out_of_memory"
    assert f"{context:,}" in caught.value.what


@pytest.mark.parametrize("cache_type", ["f16", "q8_0", "f32"])
def test_cache_types_are_taken(cache_type: str, worker: Host, tmp_path: Path) -> None:
    path = tiny_gguf.write(tmp_path / "tiny.gguf", "llama")
    load(worker, path, cache_type=cache_type)
    assert reply(worker, FIRST).tokens > 0


@pytest.mark.parametrize(
    "settings",
    [
        {"flash_attention": False},
        {"flash_attention": True},
        {"memory_map": False},
        {"rope_scaling": "yarn", "rope_frequency_scale": 0.5, "yarn_original_context": 256},
        {"rope_frequency_base": 20000.0, "rope_scaling": "linear"},
        {
            "rope_scaling": "yarn",
            "yarn_extrapolation": 1.0,
            "yarn_attention": 1.2,
            "yarn_beta_fast": 32,
            "yarn_beta_slow": 1.0,
        },
        {"seed": 7},
        {"cache_type": "q4_0", "flash_attention": True},
        {"batch": 16},
        {"gpu_layers": 0},
        {"full_sliding_window": True},
    ],
)
def test_load_settings_are_taken(settings: dict[str, object], worker: Host, tmp_path: Path) -> None:
    path = tiny_gguf.write(tmp_path / "tiny.gguf", "llama")
    load(worker, path, **settings)
    assert reply(worker, FIRST).tokens > 0


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"cache_type": "f13"}, "f13"), ({"rope_scaling": "spiral"}, "spiral")],
)
def test_a_setting_that_is_none_is_told(
    settings: dict[str, object], words: str, worker: Host, tmp_path: Path
) -> None:
    path = tiny_gguf.write(tmp_path / "tiny.gguf", "llama")
    with pytest.raises(StudioError, match=words):
        load(worker, path, **settings)


@pytest.mark.parametrize(
    "factor",
    [
        {"yarn_extrapolation": 0.5},
        {"yarn_extrapolation": 0.0, "yarn_attention": 3.0},
        {"yarn_beta_fast": 2.0},
        {"yarn_beta_slow": 0.01},
    ],
)
def test_the_factors_of_yarn_reach_the_engine(
    factor: dict[str, float], worker: Host, tmp_path: Path
) -> None:
    path = tiny_gguf.write(tmp_path / "tiny.gguf", "llama", context_length=1024)
    logprobs = []
    standard = {key: value for key, value in factor.items() if value == 0.0}
    for factors in (standard, factor):
        load(worker, path, rope_scaling="yarn", rope_frequency_scale=0.25, **factors)
        sampling = Sampling(temperature=0.0, max_tokens=1, top_logprobs=1)
        events = list(worker.submit(Generate(0, FIRST, sampling)).events())
        logprobs += [event.logprob for event in events if isinstance(event, Token)][:1]
    assert len(logprobs) == 2
    assert logprobs[0] != logprobs[1]


def test_the_seed_of_a_model_is_used_unless_the_reply_has_one(worker: Host, tmp_path: Path) -> None:
    load(worker, tiny_gguf.write(tmp_path / "tiny.gguf", "llama"), seed=7)
    for wished, used in ((None, 7), (9, 9)):
        sampling = Sampling(seed=wished, max_tokens=4)
        result = worker.submit(Generate(0, FIRST, sampling)).result().result
        assert isinstance(result, ReplyGenerated)
        assert result.seed == used


def test_a_small_cache_without_the_faster_attention_is_refused_and_nothing_is_lost(
    worker: Host, tmp_path: Path
) -> None:
    path = tiny_gguf.write(tmp_path / "tiny.gguf", "llama")
    load(worker, path)
    with pytest.raises(StudioError) as caught:
        load(worker, path, cache_type="q8_0", flash_attention=False)
    assert caught.value.code == "settings.cache_needs_attention"
    assert "Faster attention" in caught.value.hint
    assert reply(worker, FIRST).tokens > 0


def test_another_reason_than_memory_is_told_as_it_is(worker: Host, tmp_path: Path) -> None:
    path = tiny_gguf.write(
        tmp_path / "odd.gguf",
        "llama",
        size=tiny_gguf.Size(embedding=96, heads=4, kv_heads=4, head_length=24, layers=2),
    )
    with pytest.raises(StudioError) as caught:
        load(worker, path, cache_type="q8_0")
    assert caught.value.code == "model.not_prepared"
    assert "does not divide" in caught.value.what
    assert "defaults" in caught.value.hint
    assert "llama_init_from_model" in caught.value.details


def test_what_a_model_holds_is_less_than_its_process(host: Host, tmp_path: Path) -> None:
    path = tiny_gguf.write(tmp_path / "tiny.gguf", "llama", context_length=8192)
    loaded = load(host, path, context=8192, cache_type="f32")
    first = host.submit(Generate(0, FIRST, SAMPLING)).result().result
    assert isinstance(first, ReplyGenerated)
    assert 0 < loaded.held_bytes <= first.held_bytes < first.memory_bytes


def test_a_model_that_is_gone_is_told(worker: Host, tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        load(worker, tmp_path / "nothing.gguf")
    assert caught.value.code == "model.missing"

"""What a model will need is foretold from its header, and put in words that help."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import tiny_gguf
from support.header_facts import SMOLLM2

from studio.engine.language import LoadSettings
from studio.library import fit
from studio.library.gguf import GgufHeader, read_header
from studio.library.gguf_parse import Value
from studio.library.hardware import Gpu, Hardware
from studio.library.layers import layers

MIB = 1 << 20
GIB = 1 << 30

LAPTOP = Hardware("a processor", 4, 8, frozenset(), ram_total=16 * GIB, ram_available=8 * GIB)

QWEN = replace(
    SMOLLM2,
    architecture="qwen2",
    name="Qwen2.5 Coder 0.5B",
    context_length=32768,
    block_count=24,
    embedding_length=896,
    feed_forward_length=4864,
    heads=(14,) * 24,
    kv_heads=(2,) * 24,
    vocabulary=151_936,
    merges=151_387,
    tensor_bytes=485_452_288,
    tensor_types={"Q8_0": 146_105_344, "Q5_0": 266_742_784, "Q4_K": 29_417_472},
    layer_bytes=(10_300_544,) * 24,
    input_bytes=93_592_576,
    output_bytes=144_643_072,
)
MISTRAL_7B = replace(
    SMOLLM2,
    name="Mistral 7B",
    context_length=32768,
    block_count=32,
    embedding_length=4096,
    feed_forward_length=14336,
    heads=(32,) * 32,
    kv_heads=(8,) * 32,
    key_length=128,
    value_length=128,
    vocabulary=32768,
    merges=0,
    tensor_bytes=4_370_000_000,
    tensor_types={"Q4_K": 3_700_000_000, "Q6_K": 670_000_000},
    layer_bytes=(131_000_000,) * 32,
    input_bytes=75_000_000,
    output_bytes=110_000_000,
)

# Peak resident memory of a fresh process after reading 512 tokens, less that of one which only
# imported llama.cpp (llama-cpp-python 0.3.36, Linux, x86-64, two threads, weights not repacked).
MEASURED = [
    (SMOLLM2, LoadSettings(context=512), 145_068_032),
    (SMOLLM2, LoadSettings(context=2048), 181_469_184),
    (SMOLLM2, LoadSettings(context=8192), 322_875_392),
    (SMOLLM2, LoadSettings(context=8192), 330_428_416),  # with all 8192 tokens read
    (SMOLLM2, LoadSettings(context=8192, memory_map=False), 322_912_256),
    (SMOLLM2, LoadSettings(context=2048, batch=128), 170_090_496),
    (SMOLLM2, LoadSettings(context=2048, flash_attention=False), 217_776_128),
    (SMOLLM2, LoadSettings(context=512, cache_type="q8_0"), 138_784_768),
    (SMOLLM2, LoadSettings(context=2048, cache_type="q8_0"), 158_457_856),
    (SMOLLM2, LoadSettings(context=8192, cache_type="q8_0"), 234_774_528),
    (QWEN, LoadSettings(context=512), 582_782_976),
    (QWEN, LoadSettings(context=2048), 603_541_504),
    (QWEN, LoadSettings(context=8192), 679_088_128),
    (QWEN, LoadSettings(context=512, cache_type="q8_0"), 576_868_352),
    (QWEN, LoadSettings(context=2048, cache_type="q8_0"), 589_955_072),
    (QWEN, LoadSettings(context=8192, cache_type="q8_0"), 632_967_168),
]


@pytest.mark.parametrize(("header", "settings", "measured"), MEASURED)
def test_estimate_is_within_four_percent_of_the_measured_peak(
    header: GgufHeader, settings: LoadSettings, measured: int
) -> None:
    assert fit.estimate(header, settings).total == pytest.approx(measured, rel=0.04)


def test_estimate_counts_weights_in_two_orders() -> None:
    # As above, with repacking on: llama.cpp told of a CPU_REPACK buffer of 28.05 MiB.
    need = fit.estimate(QWEN, LoadSettings(context=512), frozenset({"avx2"}))
    assert need.reclaimable / MIB == pytest.approx(28.05, abs=0.01)
    assert need.total == pytest.approx(609_431_552, rel=0.04)


# "KV buffer size", "RS buffer size" (added up) and "compute buffer size" in mebibytes, as
# llama.cpp reserved them for tiny models with these dimensions, 512 tokens a batch.
SIZE = tiny_gguf.Size(
    embedding=512, heads=8, kv_heads=2, head_length=64, feed_forward=1024, layers=3
)
RESERVED = [
    ("llama", SIZE, LoadSettings(context=4096), 6.00, 13.01),
    ("llama", SIZE, LoadSettings(context=4096, cache_type="q8_0"), 3.19, 13.04),
    ("llama", SIZE, LoadSettings(context=4096, flash_attention=False), 6.00, 77.51),
    (
        "llama",
        replace(SIZE, heads=16, kv_heads=8, head_length=128),
        LoadSettings(context=4096, flash_attention=False),
        48.00,
        151.01,
    ),
    ("gemma3", replace(SIZE, layers=12), LoadSettings(context=512), 3.00, 10.02),
    ("gemma3", replace(SIZE, layers=12), LoadSettings(context=4096), 7.75, 13.77),
    ("qwen3moe", replace(SIZE, experts=8), LoadSettings(context=4096), 6.00, 20.01),
    ("mamba", replace(SIZE, inner=1024), LoadSettings(context=4096), 0.22, 13.09),
    ("lfm2", replace(SIZE, layers=4), LoadSettings(context=4096), 4.01, 13.02),
    (
        "falcon-h1",
        replace(SIZE, inner=1024, time_step_rank=16),
        LoadSettings(context=4096),
        6.22,
        19.43,
    ),
]


@pytest.mark.parametrize(("architecture", "size", "settings", "cache", "compute"), RESERVED)
def test_parts_agree_with_what_llama_cpp_reserves(
    tmp_path: Path,
    architecture: str,
    size: tiny_gguf.Size,
    settings: LoadSettings,
    cache: float,
    compute: float,
) -> None:
    path = tiny_gguf.write(tmp_path / "tiny.gguf", architecture, size=size)
    need = fit.estimate(read_header(path), settings)
    assert need.cache / MIB == pytest.approx(cache, abs=0.01)
    assert need.compute / MIB == pytest.approx(compute, abs=3.1)
    assert need.compute / MIB > compute - 0.5


def test_cache_grows_with_context_and_shrinks_with_its_type() -> None:
    full = fit.estimate(MISTRAL_7B, LoadSettings(context=8192)).cache
    assert full == 32 * 8192 * 8 * 128 * 2 * 2
    assert fit.estimate(MISTRAL_7B, LoadSettings(context=4096)).cache == full // 2
    small = fit.estimate(MISTRAL_7B, LoadSettings(context=8192, cache_type="q4_0")).cache
    assert small == full * 18 // 64


def test_window_is_kept_whole_when_asked() -> None:
    gemma = replace(
        SMOLLM2, architecture="gemma3", metadata={"gemma3.attention.sliding_window": 512}
    )
    windowed = fit.estimate(gemma, LoadSettings(context=8192))
    whole = fit.estimate(gemma, LoadSettings(context=8192, full_sliding_window=True))
    # 25 of 30 layers see 512 tokens and a batch, rounded up to 1024 cells.
    assert windowed.cache == 2 * 2 * 3 * 64 * (5 * 8192 + 25 * 1024)
    assert whole.cache == 2 * 2 * 3 * 64 * 30 * 8192


@pytest.mark.parametrize(
    ("metadata", "windows"),
    [
        ({}, [0, 0, 0, 0]),
        ({"x.attention.sliding_window": 128}, [0, 0, 0, 0]),
        (
            {
                "x.attention.sliding_window": 128,
                "x.attention.sliding_window_pattern": (True, False, True, False),
            },
            [128, 0, 128, 0],
        ),
    ],
)
def test_windows_of_an_architecture_that_is_not_known(
    metadata: dict[str, Value], windows: list[int]
) -> None:
    header = replace(
        SMOLLM2,
        architecture="x",
        block_count=4,
        heads=(9,) * 4,
        kv_heads=(3,) * 4,
        metadata=metadata,
    )
    assert [layer.window for layer in layers(header)] == windows


def test_layers_that_share_a_cache_and_latent_attention() -> None:
    shared = replace(
        SMOLLM2, architecture="gemma4", metadata={"gemma4.attention.shared_kv_layers": 10}
    )
    assert [layer.key_width > 0 for layer in layers(shared)] == [True] * 20 + [False] * 10
    latent = replace(
        SMOLLM2, architecture="deepseek2", metadata={"deepseek2.attention.key_length_mla": 192}
    )
    assert {layer.value_width for layer in layers(latent)} == {0}


def test_every_fourth_layer_of_a_hybrid_has_attention() -> None:
    header = replace(
        SMOLLM2,
        architecture="qwen3next",
        metadata={
            "qwen3next.ssm.inner_size": 4096,
            "qwen3next.ssm.state_size": 128,
            "qwen3next.ssm.group_count": 16,
            "qwen3next.ssm.conv_kernel": 4,
        },
    )
    found = layers(header)
    assert [number for number, layer in enumerate(found) if layer.key_width] == [*range(3, 30, 4)]
    assert found[0].state == 3 * (4096 + 2 * 16 * 128) + 128 * 4096
    assert found[3].state == 0


def test_default_context_is_what_was_trained_up_to_8192() -> None:
    assert fit.default_context(QWEN) == 8192
    assert fit.default_context(replace(QWEN, context_length=2048)) == 2048
    assert fit.default_context(replace(QWEN, context_length=0)) == 8192


@pytest.mark.parametrize(
    ("free", "context"),
    [(8 * GIB, 8192), (int(6.2 * GIB), 6144), (int(5.9 * GIB), 4096), (2 * GIB, 512)],
)
def test_auto_context_shrinks_until_it_fits(free: int, context: int) -> None:
    machine = replace(LAPTOP, ram_available=free)
    assert fit.auto_context(MISTRAL_7B, machine, GIB) == context


def test_auto_context_of_a_model_with_a_tiny_context() -> None:
    header = replace(MISTRAL_7B, context_length=256)
    assert fit.auto_context(header, replace(LAPTOP, ram_available=0), GIB) == 256


def test_words_when_it_fits() -> None:
    need = fit.estimate(SMOLLM2, LoadSettings(context=8192))
    verdict = fit.judge(need, replace(LAPTOP, ram_available=21 * GIB))
    assert verdict.words == "Fits: needs 0.4 GB of 21 GB free."
    assert verdict.fits


def test_words_when_it_is_tight() -> None:
    need = fit.estimate(SMOLLM2, LoadSettings(context=8192))
    verdict = fit.judge(need, replace(LAPTOP, ram_available=GIB))
    assert verdict.words == (
        "Tight: needs 0.4 GB of 1.0 GB free, which leaves little for other programs."
    )
    assert verdict.fits
    assert verdict.level == "tight"


def test_words_when_a_smaller_context_would_fit() -> None:
    need = fit.estimate(MISTRAL_7B, LoadSettings(context=32768))
    verdict = fit.judge(need, replace(LAPTOP, ram_available=int(6.6 * GIB)))
    assert verdict.words == (
        "Too big: needs 8.3 GB; 6.5 GB is free. "
        "Try a shorter conversation length (8,192 tokens would fit) or a smaller version of the "
        "model."
    )
    assert (verdict.fits, verdict.context) == (False, 8192)


def test_no_context_is_offered_that_the_model_was_not_trained_with() -> None:
    need = fit.estimate(SMOLLM2, LoadSettings(context=4_000_000))
    assert max(size for size, _, _ in need.smaller) == SMOLLM2.context_length == 8192
    odd = replace(SMOLLM2, context_length=5000)
    need = fit.estimate(odd, LoadSettings(context=4_000_000))
    assert fit.judge(need, LAPTOP).context == 5000


def test_words_when_nothing_would_help() -> None:
    need = fit.estimate(MISTRAL_7B, LoadSettings(context=8192))
    verdict = fit.judge(need, replace(LAPTOP, ram_available=2 * GIB))
    assert verdict.words == (
        "Too big: needs 5.3 GB; 2.0 GB is free. Try a smaller version of the model."
    )
    assert verdict.context is None


def _with_card(free: int, *, unified: bool = False) -> Hardware:
    return replace(LAPTOP, gpus=(Gpu("a card", 24 * GIB, free, unified),))


def test_all_layers_go_to_a_large_card_and_none_to_a_full_one() -> None:
    settings = LoadSettings(context=8192)
    assert fit.auto_gpu_layers(MISTRAL_7B, settings, _with_card(20 * GIB)) == 33
    assert fit.auto_gpu_layers(MISTRAL_7B, settings, _with_card(200 * MIB)) == 0
    assert fit.auto_gpu_layers(MISTRAL_7B, settings, LAPTOP) == 0


def test_some_layers_go_to_a_small_card_and_fit_it() -> None:
    settings = LoadSettings(context=8192)
    machine = _with_card(3 * GIB)
    count = fit.auto_gpu_layers(MISTRAL_7B, settings, machine)
    assert 10 < count < 20
    need = fit.estimate(MISTRAL_7B, replace(settings, gpu_layers=count))
    assert need.gpu + 300 * MIB <= 3 * GIB
    more = fit.estimate(MISTRAL_7B, replace(settings, gpu_layers=count + 1))
    assert more.gpu + 300 * MIB > 3 * GIB
    assert fit.judge(need, machine).words.endswith("of 3.0 GB on the graphics card.")


def test_too_many_layers_for_the_card_are_told() -> None:
    need = fit.estimate(MISTRAL_7B, LoadSettings(context=8192, gpu_layers=33))
    verdict = fit.judge(need, _with_card(2 * GIB))
    assert verdict.words == (
        "Too big for the graphics card: needs 5.2 GB there; 2.0 GB is free. Put fewer layers on it."
    )


def test_every_layer_when_the_number_is_negative() -> None:
    every = fit.estimate(MISTRAL_7B, LoadSettings(context=8192, gpu_layers=-1))
    assert every == fit.estimate(MISTRAL_7B, LoadSettings(context=8192, gpu_layers=33))


def test_a_card_that_shares_the_memory_is_not_counted_twice() -> None:
    machine = _with_card(6 * GIB, unified=True)
    settings = fit.settle(MISTRAL_7B, LoadSettings(), machine)
    assert settings == LoadSettings(context=8192, gpu_layers=33)
    verdict = fit.judge(fit.estimate(MISTRAL_7B, settings), machine)
    assert verdict.words == "Fits: needs 5.3 GB of 8.0 GB free."


def test_settle_keeps_what_the_person_chose() -> None:
    chosen = LoadSettings(context=1000, gpu_layers=3, cache_type="q8_0")
    assert fit.settle(MISTRAL_7B, chosen, _with_card(20 * GIB)) == chosen


def test_weights_copied_for_the_processor_count_but_need_not_be_free() -> None:
    plain = fit.estimate(MISTRAL_7B, LoadSettings(context=4096))
    copied = fit.estimate(MISTRAL_7B, LoadSettings(context=4096), frozenset({"avx2"}))
    assert copied.total - plain.total == 3_700_000_000
    assert copied.ram == plain.ram
    on_card = LoadSettings(context=4096, gpu_layers=-1)
    assert fit.estimate(MISTRAL_7B, on_card, frozenset({"avx2"})).reclaimable == 0
    unmapped = LoadSettings(context=4096, memory_map=False)
    assert fit.estimate(MISTRAL_7B, unmapped, frozenset({"avx2"})).reclaimable == 0

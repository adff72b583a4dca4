"""The facts of a model's header, where a test cares for one or two of them."""

from __future__ import annotations

from studio.library.gguf import GgufHeader

SMOLLM2 = GgufHeader(
    version=3,
    architecture="llama",
    name="SmolLM2",
    purpose="chat",
    context_length=8192,
    block_count=30,
    embedding_length=576,
    feed_forward_length=1536,
    heads=(9,) * 30,
    kv_heads=(3,) * 30,
    key_length=64,
    value_length=64,
    vocabulary=49152,
    merges=48900,
    tokenizer="gpt2/smollm",
    quantization="Q4_1",
    parameters=134_515_008,
    size_bytes=98_362_432,
    tensor_count=272,
    tensor_bytes=96_576_768,
    tensor_types={"Q8_0": 30_081_024, "F32": 140_544, "Q4_1": 66_355_200},
    layer_bytes=(2_216_448,) * 30,
    input_bytes=30_081_024,
    output_bytes=0,
    expert_bytes=0,
    parts=1,
    chat_template="",
    metadata={},
)

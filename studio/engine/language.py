"""The messages of the language worker: what can be asked of a chat model, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.protocol import Request, message
from studio.errors import StudioError
from studio.translation import tr

QUANTIZED_CACHE_TYPES = frozenset({"q8_0", "q4_0"})


@message
@dataclass(frozen=True, slots=True)
class LoadSettings:
    """How llama.cpp loads one model. ``None`` leaves the choice to the program.

    Attributes:
        context: tokens that the model sees at once; ``None`` takes what the model was trained
            with, at most 8192.
        gpu_layers: layers kept on the graphics card; ``None`` takes as many as fit, 0 none.
        threads: processor threads; ``None`` takes as many as there are physical cores.
        batch: prompt tokens read in one go at most; also how soon Stop is heard there on a GPU.
        flash_attention: ``None`` lets llama.cpp decide.
        cache_type: type of the KV cache: ``f16``, ``q8_0``, ``q4_0``, ``bf16`` or ``f32``.
        memory_map: read the weights from the file as they are needed.
        memory_lock: keep the weights from being swapped out.
        rope_scaling: ``none``, ``linear``, ``yarn`` or ``longrope``; ``None`` as in the file.
        rope_frequency_base: base of RoPE's frequencies; ``None`` as in the file.
        rope_frequency_scale: RoPE frequency factor; ``None`` as in the file.
        yarn_original_context: tokens of the unscaled model, for YaRN; ``None`` as in the file.
        yarn_extrapolation: YaRN's share of extrapolation, 0 (interpolates all) to 1; ``None`` as
            in the file, like the next three. They are explained in arXiv:2309.00071.
        yarn_attention: factor on the size of attention; llama.cpp works out its own unless
            ``yarn_extrapolation`` is 0.
        yarn_beta_fast: turns within the original context above which a dimension is left alone.
        yarn_beta_slow: turns below which a dimension is interpolated fully.
        full_sliding_window: keep the whole cache of sliding-window layers, so that it can be cut.
        seed: of replies whose :class:`Sampling` has none; ``None`` draws one for each.
    """

    context: int | None = None
    gpu_layers: int | None = None
    threads: int | None = None
    batch: int = 512
    flash_attention: bool | None = None
    cache_type: str = "f16"
    memory_map: bool = True
    memory_lock: bool = False
    rope_scaling: str | None = None
    rope_frequency_base: float | None = None
    rope_frequency_scale: float | None = None
    yarn_original_context: int | None = None
    yarn_extrapolation: float | None = None
    yarn_attention: float | None = None
    yarn_beta_fast: float | None = None
    yarn_beta_slow: float | None = None
    full_sliding_window: bool = False
    seed: int | None = None

    def check(self) -> None:
        """Refuse what llama.cpp refuses only after the whole model was loaded.

        Raises:
            StudioError: ``settings.cache_needs_attention``.
        """
        if self.flash_attention is False and self.cache_type in QUANTIZED_CACHE_TYPES:
            raise StudioError(
                "settings.cache_needs_attention",
                tr(
                    "A conversation kept at the precision {cache_type} needs the faster "
                    "attention, which is switched off for this model.",
                    cache_type=self.cache_type,
                ),
                tr(
                    "In the model's settings, put “Faster attention” back to Automatic, "
                    "or choose 16 bit as “Precision of the conversation”."
                ),
            )


@message
@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. The defaults are llama.cpp's own, without its penalties.

    Attributes:
        temperature: 0 always takes the likeliest token; higher is more varied.
        seed: ``None`` takes that of :class:`LoadSettings`, or draws one; the one used is reported.
        penalty_window: tokens looked back at by the penalties; -1 means the whole context.
        mirostat: 0 off, 1 or 2 for its versions (arXiv:2007.14966).
        dry_multiplier: strength of "don't repeat yourself"; 0 off.
        xtc_probability: chance that the top choices are excluded; 0 off.
        json_schema: a JSON schema that the reply must follow.
        grammar: a GBNF grammar that the reply must follow.
        top_logprobs: number of alternatives reported with each token; 0 for none.
        max_tokens: ``None`` lets the reply use what is left of the context.
        think: whether the model thinks before it answers; ``None`` leaves it to the model.
        think_tokens: how long it may think, in tokens, 0 not to think; ``None`` as long as it
            likes.
        think_effort: how hard it thinks, in a word that its template knows; empty as it likes.
    """

    temperature: float = 0.8
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    typical_p: float = 1.0
    repeat_penalty: float = 1.0
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    penalty_window: int = 64
    mirostat: int = 0
    mirostat_tau: float = 5.0
    mirostat_eta: float = 0.1
    dry_multiplier: float = 0.0
    dry_base: float = 1.75
    dry_allowed_length: int = 2
    dry_window: int = -1
    xtc_probability: float = 0.0
    xtc_threshold: float = 0.1
    seed: int | None = None
    stop: tuple[str, ...] = ()
    max_tokens: int | None = None
    json_schema: str | None = None
    grammar: str | None = None
    top_logprobs: int = 0
    think: bool | None = None
    think_tokens: int | None = None
    think_effort: str = ""


@message
@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call that a model wrote: the tool's name and its arguments as JSON text."""

    name: str
    arguments: str
    id: str = ""


@message
@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One turn as the model's template sees it; ``role`` is system, user, assistant or tool."""

    role: str
    content: str
    reasoning: str = ""
    tool_calls: tuple[ToolCall, ...] = ()


@message
@dataclass(frozen=True, slots=True)
class Load(Request):
    """Load a model file; answered by ``Done(ModelLoaded)``.

    ``projector`` is the file through which it sees pictures, empty for none. It is read when the
    first picture is looked at.
    """

    path: str
    settings: LoadSettings
    projector: str = ""


@message
@dataclass(frozen=True, slots=True)
class Begun:
    """The beginning of a reply that is to be gone on with, as the model wrote it."""

    text: str
    reasoning: str = ""


@message
@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture (PNG, JPEG, WebP, GIF or BMP) under the SHA-256 of its bytes."""

    sha256: str
    data: bytes


@message
@dataclass(frozen=True, slots=True)
class ShowPictures(Request):
    """Have pictures at hand for the prompts that name them; answered by ``Done(PicturesAtHand)``.

    Attributes:
        wanted: the SHA-256 of every picture that is still of use; the others are forgotten.
        pictures: those that the worker may not have yet.
    """

    wanted: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()


@message
@dataclass(frozen=True, slots=True)
class PicturesAtHand:
    """The pictures that the worker has now, by their SHA-256."""

    sha256s: tuple[str, ...]


@message
@dataclass(frozen=True, slots=True)
class Count(Request):
    """Count the prompt that ``Generate`` would read; answered by ``Done(PromptCounted)``.

    Of the ``sampling``, only what is wished of the model's thinking changes the prompt.
    """

    messages: tuple[ChatMessage, ...]
    tools: str = ""
    date: str = ""
    begun: Begun | None = None
    sampling: Sampling = Sampling()


@message
@dataclass(frozen=True, slots=True)
class Generate(Request):
    """Reply to a conversation; answered by ``Token`` events and ``Done(ReplyGenerated)``.

    Attributes:
        tools: JSON array of tool descriptions for the template, or empty.
        date: ISO date that the template may mention. It stays the same for a whole conversation,
            so that prompts only ever grow at their end.
        state_file: where this conversation's KV state is kept, or empty for nowhere.
        reuse: whether cached tokens may be used; off to repeat a reply from its recipe.
        begun: what of the reply is there already; only what follows it is told.
        prompt: the exact text of an earlier prompt, to be read in place of the messages.
        aside: written beside the conversation in the cache, which is then as it was before as far
            as the prompt begins like it. ``state_file`` does not count.
        read_in: the batches in which the prompt was read before, to be read in again, since it is
            their sizes that round (:mod:`studio.workers.llama.readings`).
    """

    messages: tuple[ChatMessage, ...]
    sampling: Sampling
    tools: str = ""
    date: str = ""
    state_file: str = ""
    reuse: bool = True
    begun: Begun | None = None
    prompt: str = ""
    aside: bool = False
    read_in: tuple[tuple[int, int, int], ...] = ()


@message
@dataclass(frozen=True, slots=True)
class Score(Request):
    """Tell how likely a reply was, token by token; answered by ``Token`` events and ``Done``.

    Attributes:
        prompt: the exact text that the reply followed.
        reply: its text, without its reasoning.
        reasoning: what the model thought before.
        alternatives: how many of the likeliest tokens are told at each place.
    """

    prompt: str
    reply: str
    reasoning: str = ""
    alternatives: int = 5


@message
@dataclass(frozen=True, slots=True)
class SaveState(Request):
    """Write the current conversation's KV state to its file; answered by ``Done(StateSaved)``."""


def device_words(offloaded: int, layers: int) -> str:
    """Return :attr:`ModelLoaded.device` for a model of so many blocks."""
    if offloaded <= 0:
        return "CPU"
    return "GPU" if offloaded > layers else "GPU + CPU"


@message
@dataclass(frozen=True, slots=True)
class ModelLoaded:
    """What was really loaded, as llama.cpp reports it.

    Attributes:
        layers: blocks of the model; :attr:`layers_offloaded` counts its output matrix as one more.
        device: ``CPU``, ``GPU``, or ``GPU + CPU`` when only a part is on the graphics card.
        weights_bytes: all tensors, which is the file without its header and vocabulary.
        memory_bytes: what the worker's process holds in main memory.
        held_bytes: the part of it that comes free when another model takes this one's place: not
            the process itself, nor mapped files where the system counts those as free already.
        template_hash: SHA-256 of the chat template in use, in hexadecimal.
        reasoning_switch: what has it think or not, as in
            :attr:`studio.prompting.thinking.Switches.name`; empty when nothing is known to.
        efforts: the words that it takes for how hard it is to think.
        thinks: whether it thinks when nothing is said.
    """

    path: str
    name: str
    architecture: str
    description: str
    context: int
    context_trained: int
    layers: int
    layers_offloaded: int
    device: str
    weights_bytes: int
    memory_bytes: int
    has_template: bool
    template_error: str
    cache_can_be_cut: bool
    reasoning: bool
    seconds: float
    held_bytes: int = 0
    template_hash: str = ""
    reasoning_switch: str = ""
    efforts: tuple[str, ...] = ()
    thinks: bool = False

    @property
    def offload(self) -> str:
        """Where it runs, such as ``CPU`` or ``GPU + CPU, 20 of 31 layers on the GPU``."""
        if self.device != "GPU + CPU":
            return self.device
        return tr(
            "{device}, {layers_offloaded} of {layers} layers on the GPU",
            device=self.device,
            layers_offloaded=self.layers_offloaded,
            layers=self.layers + 1,
        )


@message
@dataclass(frozen=True, slots=True)
class PromptCounted:
    """Tokens of a prompt, and its exact text."""

    tokens: int
    text: str


@message
@dataclass(frozen=True, slots=True)
class ReplyGenerated:
    """A reply's ending and figures.

    ``stop`` is ``end`` (the model ended), ``stop_string``, ``max_tokens``, ``context`` or
    ``cancelled``. ``ttft_s`` is the time to its first token; ``None`` when it was stopped before
    that. ``reused_tokens`` of the ``prompt_tokens`` came from the cache. Memory is told as
    in :class:`ModelLoaded`. ``notes`` tells how the conversation was bent to suit the template
    (:data:`studio.prompting.templates.NOTES`). ``prompt`` is its exact text. ``thought_tokens`` of
    the ``tokens`` were thoughts; ``thinking_ended`` tells that they were ended at their budget.
    ``read_in`` are the batches in which the prompt was read; none when they are not known.
    """

    stop: str
    text: str
    reasoning: str
    tool_calls: tuple[ToolCall, ...]
    prompt_tokens: int
    reused_tokens: int
    tokens: int
    ttft_s: float | None
    tokens_per_s: float
    seed: int
    state_from_disk: bool
    memory_bytes: int
    held_bytes: int = 0
    notes: tuple[str, ...] = ()
    prompt: str = ""
    thought_tokens: int = 0
    thinking_ended: bool = False
    read_in: tuple[tuple[int, int, int], ...] = ()


@message
@dataclass(frozen=True, slots=True)
class StateSaved:
    """Size of the written KV state; 0 when there was nothing to save."""

    tokens: int
    size_bytes: int
    seconds: float

"""The language worker: loads a GGUF model and answers conversations."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from pathlib import Path

import psutil

from studio.engine.language import (
    Count,
    Generate,
    Load,
    LoadSettings,
    ModelLoaded,
    PromptCounted,
    ReplyGenerated,
    Sampling,
    SaveState,
    Score,
    ShowPictures,
    StateSaved,
    device_words,
)
from studio.engine.protocol import Done, Progress, Request
from studio.prompting.reply_parser import ReplyParser
from studio.prompting.templates import ChatTemplate
from studio.workers.eyes import Eyes
from studio.workers.llama.context import Context, Reused, aside, thread_count
from studio.workers.llama.leash import Leash
from studio.workers.llama.model import Model
from studio.workers.llama.native import AbortFlag, NativeLog, versions
from studio.workers.llama.prompt_reading import read
from studio.workers.llama.readings import Run
from studio.workers.llama.reply import Reply, Writer
from studio.workers.llama.sampler import Sampler
from studio.workers.llama.span import StoppedError
from studio.workers.llama.vision import Projector
from studio.workers.prompts import Manner, Prompt, manner_of, prompt_of
from studio.workers.scoring import score
from studio.workers.serve import Channel, Handler, RefusedError, serve, take_over_pipes
from studio.workers.steps import Steps


class LanguageWorker:
    """At most one loaded model, its memory, and the handlers of each request."""

    def __init__(self, abort: AbortFlag, log: NativeLog) -> None:
        self._abort = abort
        self._log = log
        self._model: Model | None = None
        self._context: Context | None = None
        self._manner = Manner(ChatTemplate("", "", ""))
        self._settings = LoadSettings()
        self.eyes = Eyes(self._open_projector, lambda: self._loaded()[1].handle)
        self._bytes_at_start = _own_bytes(), _memory_bytes()

    def load(self, request: Load, channel: Channel) -> Done:
        """Load a model in place of the one before."""
        began = time.perf_counter()
        request.settings.check()
        self.leave()
        steps = Steps()

        def progress(share: float) -> bool:
            if steps.is_due(share):
                channel.send(Progress(request.id, "load", share, 1.0))
            return not channel.cancelled(request.id)

        try:
            self._model = Model(Path(request.path), request.settings, self._log, progress)
        except RefusedError:
            if channel.cancelled(request.id):
                return Done(request.id, cancelled=True)
            raise
        try:
            self._context = self._open_context(self._model, request)
        except RefusedError:
            self._release()
            raise
        self._settings = request.settings
        self.eyes.use(request.projector)
        self._manner = manner_of(self._model)
        return Done(request.id, self._facts(request, time.perf_counter() - began))

    def count(self, request: Count, _channel: Channel) -> Done:
        """Render and count a prompt."""
        prompt = self._prompt(self._loaded()[0], request)
        return Done(request.id, PromptCounted(len(prompt.tokens), prompt.text))

    def generate(self, request: Generate, channel: Channel) -> Done:
        """Read what is new of the prompt and write a reply."""
        model, context = self._loaded()
        began = time.perf_counter()
        prompt = self._prompt(model, request)
        if not prompt.tokens:
            raise RefusedError("prompt.empty")
        if len(prompt.tokens) >= context.size:
            raise RefusedError("prompt.too_long", tokens=len(prompt.tokens), limit=context.size)
        begun = request.begun.text if request.begun else ""
        with (
            closing(Sampler(model, self._seeded(request.sampling), begun)) as sampler,
            _place(context, request, prompt) as state_file,
        ):
            reused = context.prepare(
                prompt.tokens, state_file, reuse=request.reuse, spans=prompt.spans
            )
            reply, read_in = self._reply(request, channel, context, sampler, prompt)
        result = replace(
            _generated(prompt, reused, reply, began),
            read_in=read_in,
            seed=sampler.seed,
            held_bytes=self._held_bytes(),
        )
        return Done(request.id, result, cancelled=reply.stop == "cancelled")

    def score(self, request: Score, channel: Channel) -> Done:
        """Tell how likely a finished reply was."""
        whole = score(request, *self._loaded(), self._manner.formats, self.eyes, channel)
        return Done(request.id, cancelled=not whole)

    def save_state(self, request: SaveState, _channel: Channel) -> Done:
        """Write the current conversation's state to its file."""
        began = time.perf_counter()
        _, context = self._loaded()
        tokens, size_bytes = context.save()
        return Done(request.id, StateSaved(tokens, size_bytes, time.perf_counter() - began))

    def leave(self) -> None:
        """Save the state and give the memory back."""
        if self._context is not None:
            self._context.save()
        self._release()

    def _reply(
        self,
        request: Generate,
        channel: Channel,
        context: Context,
        sampler: Sampler,
        prompt: Prompt,
    ) -> tuple[Reply, tuple[Run, ...]]:
        """Write a reply; return it, and the batches in which the prompt was read."""

        def progress(done: int, total: int, seconds_left: float | None) -> None:
            channel.send(Progress(request.id, "prompt", done, total, seconds_left))

        try:
            read(context, prompt.tokens, progress, request.read_in)
        except StoppedError:
            return Reply(stop="cancelled"), ()
        read_in = context.readings.runs()
        parser = ReplyParser(
            prompt.formats,
            starts_in_reasoning=prompt.opens_reasoning,
            tools_offered=bool(request.tools),
            goes_on=request.begun is not None,
        )
        writer = Writer(
            request.id,
            context,
            sampler,
            request.sampling,
            parser,
            channel.send,
            lambda: channel.cancelled(request.id),
            Leash(request.sampling, context.model, prompt.formats),
        )
        return writer.write(), read_in

    def _prompt(self, model: Model, request: Count | Generate) -> Prompt:
        return prompt_of(request, model, self._manner, self.eyes)

    def _open_projector(self, path: Path, model: Model) -> Projector:
        threads, gpu = thread_count(self._settings), model.layers_offloaded > 0
        return Projector(path, model, self._abort, self._log, threads=threads, gpu=gpu)

    def _open_context(self, model: Model, request: Load) -> Context:
        if not model.generative:
            raise RefusedError(
                "model.not_generative", architecture=model.meta("general.architecture")
            )
        return Context(model, request.settings, self._abort, self._log)

    def _loaded(self) -> tuple[Model, Context]:
        if self._model is None or self._context is None:
            raise RefusedError("model.none")
        return self._model, self._context

    def _release(self) -> None:
        self.eyes.close()
        if self._context is not None:
            self._context.close()
        if self._model is not None:
            self._model.close()
        self._context = self._model = None

    def _facts(self, request: Load, seconds: float) -> ModelLoaded:
        model, context = self._loaded()
        manner = self._manner
        return ModelLoaded(
            path=request.path,
            name=model.meta("general.name") or Path(request.path).stem,
            architecture=model.meta("general.architecture"),
            description=model.description,
            context=context.size,
            context_trained=model.context_trained,
            layers=model.layers,
            layers_offloaded=model.layers_offloaded,
            device=device_words(model.layers_offloaded, model.layers),
            weights_bytes=model.size_bytes,
            memory_bytes=_memory_bytes(),
            has_template=bool(model.chat_template),
            template_error=manner.trouble,
            cache_can_be_cut=context.can_be_cut,
            reasoning=manner.formats.has_reasoning,
            seconds=seconds,
            held_bytes=self._held_bytes(),
            template_hash=manner.template.sha256,
            reasoning_switch=manner.switches.name,
            efforts=manner.switches.efforts,
            thinks=manner.formats.has_reasoning and manner.switches.by_default,
        )

    def _seeded(self, sampling: Sampling) -> Sampling:
        seed = self._settings.seed if sampling.seed is None else sampling.seed
        return replace(sampling, seed=seed)

    def _held_bytes(self) -> int:
        """Return what comes free when another model is loaded here."""
        own, whole = self._bytes_at_start
        if self._settings.memory_lock:
            return max(0, _memory_bytes() - whole)
        return max(0, _own_bytes() - own)


def _generated(prompt: Prompt, reused: Reused, reply: Reply, began: float) -> ReplyGenerated:
    """Return what came of a reply; ``began`` is when it was asked for, on the same clock."""
    return ReplyGenerated(
        stop=reply.stop,
        text=reply.text("text"),
        reasoning=reply.text("reasoning"),
        tool_calls=reply.tool_calls,
        prompt_tokens=len(prompt.tokens),
        reused_tokens=reused.tokens,
        tokens=reply.tokens,
        ttft_s=reply.first_token_at - began if reply.first_token_at else None,
        tokens_per_s=reply.tokens_per_s,
        seed=0,
        state_from_disk=reused.from_disk,
        memory_bytes=_memory_bytes(),
        notes=prompt.notes,
        prompt=prompt.text,
        thought_tokens=reply.thought_tokens,
        thinking_ended=reply.thinking_ended,
    )


def _place(context: Context, request: Generate, prompt: Prompt) -> AbstractContextManager[str]:
    """Return what gives the state file, and what becomes of the cache afterwards."""
    return aside(context, prompt.tokens) if request.aside else nullcontext(request.state_file)


def _memory_bytes() -> int:
    return int(psutil.Process().memory_info().rss)


def _own_bytes() -> int:
    """Return the memory of this process that its end would add to what the system calls free.

    Linux counts mapped files as free while they are in use, unless they are locked; it alone tells
    their size under this name.
    """
    facts = psutil.Process().memory_info()
    return int(facts.rss) - int(getattr(facts, "shared", 0))


def _naming(load: Callable[[Load, Channel], Done]) -> Callable[[Load, Channel], Done]:
    """Return a handler whose refusals tell which model they are about."""

    def named(request: Load, channel: Channel) -> Done:
        try:
            return load(request, channel)
        except RefusedError as refusal:
            refusal.facts.setdefault("name", Path(request.path).stem)
            raise

    return named


def main() -> int:
    """Serve the language worker on standard input and output."""
    source, sink = take_over_pipes()
    log = NativeLog()
    abort = AbortFlag()
    worker = LanguageWorker(abort, log)
    channel = Channel(source, sink, abort)
    handlers: dict[type[Request], Handler] = {
        Load: _naming(worker.load),
        Count: worker.count,
        Generate: worker.generate,
        SaveState: worker.save_state,
        Score: worker.score,
        ShowPictures: worker.eyes.show,
    }
    serve(channel, handlers, versions(), worker.leave)
    return 0

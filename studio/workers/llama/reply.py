"""One reply: tokens are chosen, joined into whole characters, watched for stop strings, told."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from studio.engine.language import Sampling, ToolCall
from studio.engine.protocol import Alternative, Token
from studio.prompting.reply_parser import ReplyParser
from studio.workers.llama.context import Context
from studio.workers.llama.leash import Leash
from studio.workers.llama.sampler import Sampler
from studio.workers.llama.span import StoppedError
from studio.workers.outbox import Outbox


class StopStrings:
    """Finds a stop string in a stream, holding back only what may be the beginning of one."""

    def __init__(self, stops: tuple[str, ...]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self.found = False

    def feed(self, text: str) -> str:
        """Return the text that is safe to show; after a stop string nothing more comes."""
        if self.found:
            return ""
        text = self._held + text
        places = [place for stop in self._stops if (place := text.find(stop)) >= 0]
        if places:
            self.found = True
            self._held = ""
            return text[: min(places)]
        keep = max((_overlap(text, stop) for stop in self._stops), default=0)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def rest(self) -> str:
        """Return what was held back when the stream ended."""
        held, self._held = self._held, ""
        return held


@dataclass(slots=True)
class Reply:
    """What a reply has become so far."""

    stop: str = "end"
    tokens: int = 0
    first_token_at: float = 0.0
    last_token_at: float = 0.0
    parts: dict[str, list[str]] = field(default_factory=lambda: {"text": [], "reasoning": []})
    tool_calls: tuple[ToolCall, ...] = ()
    thought_tokens: int = 0
    thinking_ended: bool = False

    def text(self, channel: str) -> str:
        """Return what was said on a channel."""
        return "".join(self.parts[channel])

    @property
    def tokens_per_s(self) -> float:
        """Decode speed: tokens after the first, by the time they took."""
        spent = self.last_token_at - self.first_token_at
        return (self.tokens - 1) / spent if self.tokens > 1 and spent > 0 else 0.0


class Writer:
    """Writes one reply from a context whose prompt has been read.

    Args:
        request_id: goes into every event.
        emit: receives the ``Token`` events.
        cancelled: asked before each token.
        leash: how long the model may think.
    """

    def __init__(
        self,
        request_id: int,
        context: Context,
        sampler: Sampler,
        sampling: Sampling,
        parser: ReplyParser,
        emit: Callable[[Token], None],
        cancelled: Callable[[], bool],
        leash: Leash,
    ) -> None:
        self._leash = leash
        self._id = request_id
        self._context = context
        self._sampler = sampler
        self._sampling = sampling
        self._parser = parser
        self._emit = emit
        self._cancelled = cancelled
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = StopStrings(sampling.stop)
        self._reply = Reply()
        self._outbox = Outbox(lambda channel, text: emit(Token(request_id, text, channel)))

    def write(self) -> Reply:
        """Run until the model ends, a limit is met or Stop is pressed."""
        try:
            self._reply.stop = self._run()
        except StoppedError:
            self._reply.stop = "cancelled"
        finally:
            self._outbox.send()
        self._finish()
        return self._reply

    def _run(self) -> str:
        limit = self._sampling.max_tokens
        while True:
            if self._cancelled():
                return "cancelled"
            if self._parser.thinks and self._leash.is_out(self._reply.thought_tokens):
                if not self._end_thoughts():
                    return "context"
                continue
            token = self._sampler.next(self._context.handle, thinks=self._parser.thinks)
            now = time.perf_counter()
            self._reply.first_token_at = self._reply.first_token_at or now
            if self._context.model.is_end(token):
                return "end"
            self._reply.last_token_at = now
            self._reply.tokens += 1
            self._reply.thought_tokens += self._parser.thinks
            self._say(token)
            if self._stops.found:
                return "stop_string"
            if limit is not None and self._reply.tokens >= limit:
                return "max_tokens"
            if len(self._context.tokens) >= self._context.size:
                return "context"
            self._context.decode([token])

    def _end_thoughts(self) -> bool:
        """Write the end of its thoughts for the model; tell whether there was room for it."""
        words, closing = self._leash.closing(self._parser.closings)
        if len(self._context.tokens) + len(closing) >= self._context.size:
            return False
        self._pass_on(self._stops.feed(self._decoder.decode(b"", final=True)))
        self._pass_on(self._stops.rest())
        self._decoder.reset()
        self._context.decode(closing)
        self._pass_on(words)
        self._reply.thinking_ended = True
        return True

    def _say(self, token: int) -> None:
        piece = self._context.model.piece(token)
        if self._context.model.is_control(token) and not self._parser.knows(
            piece.decode("utf-8", "replace")
        ):
            return
        logprob: float | None = None
        alternatives: tuple[Alternative, ...] = ()
        if self._sampling.top_logprobs > 0:
            logprob, alternatives = self._sampler.alternatives(self._context.handle, token)
        self._pass_on(self._stops.feed(self._decoder.decode(piece)), logprob, alternatives)

    def _pass_on(
        self,
        text: str,
        logprob: float | None = None,
        alternatives: tuple[Alternative, ...] = (),
    ) -> None:
        if text:
            self._tell(self._parser.feed(text), logprob, alternatives)

    def _tell(
        self,
        pieces: list[tuple[str, str]],
        logprob: float | None = None,
        alternatives: tuple[Alternative, ...] = (),
    ) -> None:
        for channel, text in pieces:
            self._reply.parts.setdefault(channel, []).append(text)
            if logprob is None:
                self._outbox.put(channel, text)
            else:
                self._emit(Token(self._id, text, channel, logprob, alternatives))

    def _finish(self) -> None:
        self._pass_on(self._stops.feed(self._decoder.decode(b"", final=True)))
        self._pass_on(self._stops.rest())
        pieces, self._reply.tool_calls = self._parser.finish()
        self._tell(pieces)
        self._outbox.send()


def _overlap(text: str, stop: str) -> int:
    """Return the length of the longest end of ``text`` that begins ``stop``."""
    for size in range(min(len(stop) - 1, len(text)), 0, -1):
        if text.endswith(stop[:size]):
            return size
    return 0

"""A language worker without a process, which answers every question with two words."""

from __future__ import annotations

import threading

from support.fake_host import FakeHost
from support.loaded_model import loaded

from studio.engine.host import Job
from studio.engine.language import Count, Load, PromptCounted, ReplyGenerated
from studio.engine.protocol import Done, Failed, Request, Token

ANSWER = "Two words"
_LIMIT_S = 20


class AnsweringHost(FakeHost):
    """Loads every model, and goes on with a reply only while ``may_reply`` is set.

    A prompt has 10 tokens, or ``tokens_each`` for each of its messages.
    """

    def __init__(self) -> None:
        super().__init__(answer=_done)
        self.tokens_each = 0
        self.may_reply = threading.Event()
        self.may_reply.set()
        self._fails = False

    def fail_next(self) -> None:
        """Let the next reply end in a failure."""
        self._fails = True

    def submit(self, request: Request) -> Job:
        if isinstance(request, Count) and self.tokens_each:
            job = Job(self, request)
            size = self.tokens_each * len(request.messages)
            job.deliver(Done(0, PromptCounted(size, "")))
            return job
        if isinstance(request, Load | Count):
            return super().submit(request)
        self.may_reply.wait(_LIMIT_S)
        job = Job(self, request)
        if self._fails:
            self._fails = False
            job.deliver(Failed(0, "engine.decode_failed", {"status": 1}))
            return job
        job.deliver(Token(0, ANSWER))
        job.deliver(_done(request))
        return job


def _done(request: Request) -> Done:
    if isinstance(request, Load):
        return Done(0, loaded(path=request.path, name="tiny", context=2048))
    if isinstance(request, Count):
        return Done(0, PromptCounted(10, ""))
    return Done(0, ReplyGenerated("end", ANSWER, "", (), 10, 0, 2, 0.1, 9.0, 1, False, 1))

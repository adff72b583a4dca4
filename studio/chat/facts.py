"""What is worth telling about a finished reply: figures, recipe, and sentences for the person."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from studio.chat.conversation import Figures
from studio.chat.prompt import Prompt
from studio.engine.language import ModelLoaded, ReplyGenerated
from studio.engine.text import ModelChoice


def figures(result: ReplyGenerated) -> Figures:
    """Return a reply's figures as they are kept."""
    return Figures(
        prompt_tokens=result.prompt_tokens,
        reused_tokens=result.reused_tokens,
        tokens=result.tokens,
        ttft_s=result.ttft_s,
        tokens_per_s=result.tokens_per_s,
    )


def recipe(
    choice: ModelChoice, loaded: ModelLoaded, prompt: Prompt, result: ReplyGenerated
) -> dict[str, Any]:
    """Return all that is needed to make the reply again."""
    return {
        "model": choice.name,
        "file": loaded.path,
        "load": asdict(choice.settings) | {"context": loaded.context},
        "device": loaded.offload,
        "preset": prompt.preset.name,
        "system": prompt.system,
        "sampling": asdict(replace(prompt.sampling, seed=result.seed)),
        "left_out": prompt.fitted.dropped,
        "prompt_tokens": result.prompt_tokens,
    }


def notices(loaded: ModelLoaded, prompt: Prompt, result: ReplyGenerated) -> tuple[str, ...]:
    """Return sentences worth showing with the reply."""
    sentences: list[str] = []
    if loaded.template_error:
        sentences.append(
            "This model's own chat template cannot be used; a common one was used instead. "
            f"{loaded.template_error}"
        )
    elif not loaded.has_template:
        sentences.append(
            "This is a base model without a chat template: it continues your text "
            "rather than answering it."
        )
    if prompt.fitted.dropped:
        sentences.append(
            f"The {prompt.fitted.dropped} oldest messages no longer fit into the model's context "
            "and were left out."
        )
    if result.stop == "context":
        sentences.append("The context is full, so the reply ends here. Begin a new conversation.")
    return tuple(sentences)

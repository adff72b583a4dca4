"""What is worth telling about a finished reply: figures, recipe, and sentences for the person."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from studio.chat import thinking
from studio.chat.conversation import Figures
from studio.chat.overflow.overflow import left_out
from studio.chat.prompt import Prompt
from studio.engine.language import ModelLoaded, ReplyGenerated
from studio.engine.text import ModelChoice, TextEngine
from studio.translation import tr


def figures(result: ReplyGenerated, before: Figures | None = None) -> Figures | None:
    """Return a reply's figures as they are kept; none when it was stopped before its first word.

    Args:
        before: those of its beginning, when the reply was gone on with.
    """
    if result.ttft_s is None:
        return None
    return Figures(
        prompt_tokens=result.prompt_tokens,
        reused_tokens=result.reused_tokens,
        tokens=result.tokens + (before.tokens if before else 0),
        ttft_s=result.ttft_s,
        tokens_per_s=result.tokens_per_s,
    )


def recipe(
    choice: ModelChoice,
    loaded: ModelLoaded,
    prompt: Prompt,
    result: ReplyGenerated,
    engine: TextEngine,
) -> dict[str, Any]:
    """Return all that is needed to make the reply again."""
    return {
        "model": choice.name,
        **maker(loaded, engine),
        "load": asdict(choice.settings) | {"context": loaded.context},
        "preset": prompt.preset.name,
        "preset_title": prompt.preset.title,
        "preset_version": prompt.preset.version,
        "examples": [asdict(example) for example in prompt.preset.examples],
        "system": prompt.system,
        "sampling": asdict(replace(prompt.sampling, seed=result.seed)),
        "left_out": prompt.left_out,
        "summarised": prompt.summarised,
        "reads_from": prompt.reads_from,
        "prompt_tokens": result.prompt_tokens,
        "read_in": [list(run) for run in result.read_in],
    }


def maker(loaded: ModelLoaded, engine: TextEngine) -> dict[str, Any]:
    """Return which file wrote a reply, and which engine.

    Its ``file_sha256`` is added by :class:`studio.chat.file_hashes.FileHashes` once it is known.
    """
    identity, versions = engine.identity, engine.versions
    version = versions.get("llama-cpp-python")
    return {
        "file": loaded.path,
        "file_stamp": f"{identity.size_bytes}:{identity.modified_ns}" if identity else "",
        "file_sha256": "",
        "template_sha256": loaded.template_hash,
        "engine": f"llama-cpp-python {version}" if version else "",
        "processor": versions.get("system", ""),
        "device": loaded.offload,
    }


def notices(loaded: ModelLoaded, prompt: Prompt, result: ReplyGenerated) -> tuple[str, ...]:
    """Return sentences worth showing with the reply."""
    sentences = [*prompt.notes, *_of_the_template(loaded, prompt, result)]
    if prompt.left_out:
        sentences.append(left_out(prompt.left_out, prompt.summarised))
    return (*sentences, *thinking.notices(prompt.sampling, result))


def _of_the_template(loaded: ModelLoaded, prompt: Prompt, result: ReplyGenerated) -> list[str]:
    """Tell how the conversation was put to the model, where that is not what one expects."""
    sentences: list[str] = []
    if loaded.template_error:
        what = tr("This model's own chat template cannot be used; a common one is used instead.")
        if "plain_text" in result.notes:
            what = tr(
                "This model's own chat template cannot be used; it continues your text instead."
            )
        sentences.append(f"{what} {loaded.template_error}")
    elif "plain_text" in result.notes:
        sentences.append(
            tr(
                "This is a base model without a chat template: it continues your text "
                "rather than answering it."
            )
        )
    if "system_left_out" in result.notes:
        sentences.append(tr("The system prompt was left out."))
    if "system_in_first_turn" in result.notes and _is_first(prompt):
        sentences.append(_moved_before(has_examples=bool(prompt.preset.examples)))
    return sentences


def _moved_before(*, has_examples: bool) -> str:
    if has_examples:
        return tr(
            "This model takes no system prompt, so it was put before the preset's first example."
        )
    return tr("This model takes no system prompt, so it was put before your first message.")


def _is_first(prompt: Prompt) -> bool:
    """Tell whether a conversation's first question is asked; a preset's examples are none."""
    asked = sum(message.role == "user" for message in prompt.fitted.messages)
    return asked - len(prompt.preset.examples) == 1 and not prompt.fitted.dropped

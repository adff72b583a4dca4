"""Which model a turn uses: by name, by default, by what fits, and what is loaded already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import tiny_chat, tiny_gguf

from studio.engine.broker import Memory
from studio.engine.language import LoadSettings
from studio.engine.text import ModelChoice
from studio.errors import StudioError
from studio.library.choose import Chooser, free_memory
from studio.library.hardware import Gpu, Hardware
from studio.library.shelf import Shelf
from studio.settings import Settings

GB = 1024**3
ROOMY = Hardware("a processor", 4, 8, frozenset(), ram_total=16 * GB, ram_available=8 * GB)
CARD = Gpu("a card", 8 * GB, 8 * GB)


class Bench:
    """A chooser over a shelf with two models, a machine that can change, and what is loaded."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self.machine = ROOMY
        self.loaded: ModelChoice | None = None
        self.shelf = shelf
        self.settings = settings
        self.held = Memory()
        self.chooser = Chooser(
            shelf,
            settings,
            lambda: self.machine,
            lambda: self.loaded,
            lambda: self.held,
            lambda architecture: architecture != "quasar9",
        )

    def choose(self, name: str = "") -> ModelChoice:
        return self.chooser.choose(name, False)

    def load(self, name: str) -> ModelChoice:
        self.loaded = self.choose(name)
        return self.loaded

    def take(self, held: Memory) -> None:
        """Let what is loaded take its memory from the machine."""
        self.held = held
        gpus = tuple(
            replace(gpu, memory_free=gpu.memory_free - (held.ram if gpu.unified else held.gpu))
            for gpu in self.machine.gpus
        )
        ram = self.machine.ram_available - held.ram
        self.machine = replace(self.machine, ram_available=ram, gpus=gpus)


@pytest.fixture
def bench(shelf: Shelf, folders: dict[str, Path], tmp_path: Path) -> Bench:
    for name in ("apple", "pear"):
        tiny_chat.put(folders["own"], name)
    return Bench(shelf, Settings(tmp_path / "settings.json"))


def test_a_name_a_default_and_what_fits(bench: Bench) -> None:
    assert bench.choose("pear").name == "pear"
    assert bench.choose().name == "apple"
    bench.settings.set("chat.default_model", "pear")
    assert bench.choose().name == "pear"


def test_a_model_that_the_engine_does_not_know_is_tried_only_when_it_is_asked_for(
    bench: Bench, folders: dict[str, Path]
) -> None:
    tiny_gguf.write(folders["own"] / "aaa.gguf", "quasar9", chat_template=tiny_gguf.CHATML)
    model = bench.shelf.find("aaa")
    verdict = bench.chooser.fit(model, bench.chooser.settled(model))
    assert (verdict.level, verdict.fits) == ("unknown", False)
    assert "does not know this kind of model (quasar9)" in verdict.words
    assert bench.choose().name == "apple"
    assert bench.choose("aaa").name == "aaa"


def test_what_the_settings_say_counts_for_settings_that_are_not_kept_yet(bench: Bench) -> None:
    model = bench.shelf.find("apple")
    bench.settings.set("models.context", 1024)
    bench.settings.set("models.threads", 3)
    assert bench.chooser.usual() == LoadSettings(context=1024, threads=3)
    settled = bench.chooser.settled(model, own=LoadSettings(batch=64))
    assert (settled.context, settled.threads, settled.batch) == (1024, 3, 64)
    assert bench.chooser.settled(model, own=LoadSettings(context=512)).context == 512


def test_the_reserve_counts_as_memory_does(bench: Bench) -> None:
    bench.settings.set("models.reserve_gb", 2.5)
    assert bench.chooser.reserve_bytes() == 5 * GB // 2


@pytest.mark.parametrize("wanted", ["", "pear", "PEAR", "pear.gguf", "the path"])
def test_a_loaded_model_without_its_file_goes_on(wanted: str, bench: Bench) -> None:
    loaded = bench.load("pear")
    loaded.path.unlink()
    assert bench.choose(str(loaded.path) if wanted == "the path" else wanted) == loaded


def test_another_model_is_chosen_beside_one_without_its_file(bench: Bench) -> None:
    bench.load("pear").path.unlink()
    assert bench.choose("apple").name == "apple"
    bench.settings.set("chat.default_model", "apple")
    assert bench.choose().name == "apple"


def test_a_moved_model_is_taken_from_where_it_is_now(
    bench: Bench, folders: dict[str, Path]
) -> None:
    loaded = bench.load("pear")
    moved = loaded.path.rename(folders["extra"] / "pear.gguf")
    assert bench.choose("pear").path == moved


def test_a_model_that_is_not_loaded_is_unknown_without_its_file(bench: Bench) -> None:
    bench.load("apple")
    (bench.shelf.find("pear")).path.unlink()
    with pytest.raises(StudioError) as caught:
        bench.choose("pear")
    assert caught.value.code == "model.unknown"


def test_a_file_replaced_by_nonsense_is_told(bench: Bench) -> None:
    bench.load("pear").path.write_bytes(b"nonsense" * 100)
    with pytest.raises(StudioError) as caught:
        bench.choose("pear")
    assert caught.value.code == "model.not_gguf"


def test_what_is_loaded_is_not_judged_by_the_memory_it_took(bench: Bench) -> None:
    loaded = bench.load("pear")
    bench.machine = replace(ROOMY, ram_available=0)
    assert bench.choose("pear") == loaded
    with pytest.raises(StudioError) as caught:
        bench.choose("apple")
    assert caught.value.code == "memory.would_not_fit"


def test_changed_settings_are_judged_anew(bench: Bench) -> None:
    assert bench.load("pear").settings.context == 2048
    bench.settings.set("models.context", 512)
    assert bench.choose("pear").settings.context == 512


def test_without_a_name_what_is_loaded_counts_as_fitting(bench: Bench) -> None:
    loaded = bench.load("apple")
    bench.machine = replace(ROOMY, ram_available=0)
    assert bench.choose() == loaded


def test_layers_go_on_a_card_only_when_one_can_be_used(bench: Bench) -> None:
    bench.machine = replace(ROOMY, gpus=(CARD,))
    on_card = bench.choose("pear").settings.gpu_layers
    assert on_card is not None
    assert on_card > 0
    bench.machine = replace(ROOMY, unused_gpus=(CARD,))
    assert bench.choose("pear").settings.gpu_layers == 0
    model = bench.shelf.find("pear")
    fit = bench.chooser.fit(model, bench.chooser.settled(model))
    assert "graphics card" not in fit.words


def test_another_model_may_have_the_memory_of_the_one_it_replaces(bench: Bench) -> None:
    alone = bench.choose("pear")
    bench.load("apple")
    bench.take(Memory(ROOMY.ram_available))
    assert bench.choose("pear") == alone
    pear = bench.shelf.find("pear")
    assert bench.chooser.settled(pear) == alone.settings
    assert bench.chooser.fit(pear, alone.settings).level == "fits"


def test_no_more_is_given_back_than_the_machine_has(bench: Bench) -> None:
    bench.held = Memory(100 * GB)
    model = bench.shelf.find("pear")
    assert "of 16 GB free" in bench.chooser.fit(model, bench.chooser.settled(model)).words


@pytest.mark.parametrize("unified", [False, True])
def test_the_memory_of_the_card_comes_back_too(unified: bool, bench: Bench) -> None:
    bench.machine = replace(ROOMY, gpus=(replace(CARD, unified=unified),))
    alone = bench.choose("pear")
    bench.load("apple")
    bench.take(Memory(ROOMY.ram_available, CARD.memory_free))
    assert bench.choose("pear") == alone


def test_what_is_loaded_goes_on_also_after_a_look_at_others(bench: Bench) -> None:
    loaded = bench.load("pear")
    bench.choose("apple")
    bench.machine = replace(ROOMY, ram_available=0)
    assert bench.choose("pear") == loaded
    assert bench.chooser.settled(bench.shelf.find("pear")) == loaded.settings


def test_main_memory_and_that_of_the_card_are_needed_apart(bench: Bench) -> None:
    on_processor = bench.choose("pear").need
    assert on_processor.gpu == 0
    bench.machine = replace(ROOMY, gpus=(CARD,))
    on_card = bench.choose("pear").need
    assert on_card.gpu > 0
    assert on_card.ram < on_processor.ram
    bench.machine = replace(ROOMY, gpus=(replace(CARD, unified=True),))
    assert bench.choose("pear").need == Memory(on_card.ram + on_card.gpu)


def test_free_memory_has_no_second_count_of_what_is_shared() -> None:
    assert free_memory(ROOMY) == Memory(8 * GB)
    assert free_memory(replace(ROOMY, gpus=(CARD,))) == Memory(8 * GB, 8 * GB)
    shared = replace(CARD, unified=True)
    assert free_memory(replace(ROOMY, gpus=(shared,))) == Memory(8 * GB)


def test_settings_that_exclude_each_other_are_refused_before_the_load(bench: Bench) -> None:
    pair = LoadSettings(cache_type="q8_0", flash_attention=False)
    bench.shelf.set_load_settings(bench.shelf.find("pear"), pair)
    with pytest.raises(StudioError) as caught:
        bench.choose("pear")
    assert caught.value.code == "settings.cache_needs_attention"


def test_chat_models_come_first_also_when_nothing_fits(
    bench: Bench, folders: dict[str, Path]
) -> None:
    tiny_gguf.write(folders["own"] / "aardvark.gguf", context_length=2048)
    assert bench.choose().name == "apple"
    bench.machine = replace(ROOMY, ram_available=0)
    with pytest.raises(StudioError, match="apple may not fit"):
        bench.choose()


def test_a_look_at_what_would_be_taken_now_forgets_nothing(bench: Bench) -> None:
    """As the window looks while the engine still loads what was chosen with more memory free."""
    chosen = bench.choose("pear")
    model = bench.shelf.find("pear")
    bench.machine = replace(ROOMY, ram_available=0)
    looked_at = bench.chooser.choose("pear", True)
    bench.loaded = chosen
    assert bench.choose("pear") == chosen
    assert bench.chooser.settled(model) == chosen.settings
    assert looked_at != chosen

"""The scenes of docs/pictures/: what is done in the window before each picture is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import picture_file_scenes as files
import picture_list_scenes as the_list
import picture_talks as talks
from photographer import LARGE, Photographer
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from studio.chat.compare.comparison import Chosen
from studio.ui.chat.compare.dialog import CompareDialog
from studio.ui.chat.compare.door import CompareDoor
from studio.ui.chat.explain.certainty import CertaintyDialog
from studio.ui.chat.find.bar import FindBar
from studio.ui.chat.messages.message_actions import Act
from studio.ui.chat.messages.seen_views import ReadsFromView, SummaryView
from studio.ui.chat.messages.views import ThoughtView
from studio.ui.chat.messages.wording_view import WordingEditor
from studio.ui.chat.presets.door import PresetDoor
from studio.ui.chat.presets.editor import PresetEditor
from studio.ui.chat.queue.queueing import Queueing
from studio.ui.chat.several.door import SeveralDoor
from studio.ui.chat.tab import ChatTab
from studio.ui.library.list_side import ListSide
from studio.ui.settings.page import SettingsPage
from studio.ui.temporary_frame import TemporaryFrame
from studio.ui.widgets.code_lexers import lexers
from studio.ui.widgets.markdown.text_view import TextView

Scene = Callable[[Photographer], None]
_ABOVE = 150
_USUAL = "brief"
_SOME = 200  # characters
_TIP = "Give me one tip for better sleep."
_CAPITAL = "What is the capital of Italy?"
_LONG = "Write a long story about a fox who learns to read, with many details."


def welcome(at: Photographer) -> None:
    """Before the first question."""
    at.take("welcome")


def chat(at: Photographer) -> None:
    """A conversation, small and on a large screen."""
    at.open(talks.PLANTS)
    at.take("chat")
    at.take("chat-large", LARGE)


def code(at: Photographer) -> None:
    """Code in a reply."""
    at.open(talks.CODE)
    at.until(lambda: lexers().has("python"))  # imported at their first use
    at.take("chat-code")


def rich(at: Photographer) -> None:
    """Formulas, tables and reasoning in replies."""
    at.open(talks.FORMULAS)
    at.take("formulas")
    at.open(talks.TABLE)
    at.take("table")
    at.open(talks.REASONED)
    at.part(ThoughtView).click()
    at.rest()
    at.take("reasoning")


def drawings(at: Photographer) -> None:
    """Drawings that stay the code they are."""
    at.open(talks.DRAWINGS)
    at.take("drawings")


def link(at: Photographer) -> None:
    """The question before a link is followed."""
    at.open(talks.LINKS)
    ground = at.tab.transcript.viewport()
    text = next(each for each in ground.findChildren(TextView) if "tonight" in each.text())
    text.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(text, Qt.Key.Key_Return)
    at.take_dialog("link")


def again(at: Photographer) -> None:
    """A reply that was made again, and whether it is the same."""
    with _good_seed(at):
        at.ask(_TIP)
        at.until(lambda: len(at.shown()) == 2 and not at.is_writing())
    first = at.shown()[-1]
    at.do(first, Act.REPEAT)
    at.until(lambda: at.shown()[-1].id != first.id and not at.is_writing())
    at.rest(0.5)
    at.take("again")
    at.forget()


def branches(at: Photographer) -> None:
    """Versions of a reply, other words for a question, and what else can be done."""
    question, reply = at.open(talks.CAPITAL)[:2]
    at.take("branches")
    transcript = at.tab.transcript
    place = transcript.viewport().mapToGlobal(QPoint(190, 160))
    entry = transcript.entry_of(reply.id)
    if entry is not None:
        transcript._open_menu(entry, place)
    at.take("message-menu")
    at.begin()
    at.open(talks.CAPITAL)
    at.do(question, Act.EDIT)
    at.part(WordingEditor).set_text("What is the capital of Italy?")
    at.take("edit")
    transcript.drop_wording(question.id)


def delete(at: Photographer) -> None:
    """A deleted reply, which comes back with Undo."""
    before = at.open(talks.CODE)
    at.do(before[-1], Act.DELETE)
    undo = at.window.commands.action("undo_removal")
    at.until(undo.isEnabled)
    at.take("delete")
    undo.trigger()
    at.until(lambda: len(at.shown()) == len(before))


def find(at: Photographer) -> None:
    """Words found in a conversation."""
    at.open(talks.PLANTS)
    at.tab.page_commands()["find_text"]()
    bar = at.part(FindBar)
    at.part(QLineEdit, bar).setText("plants")
    at.rest(0.5)
    at.take("find")
    bar.leave()


def palette(at: Photographer) -> None:
    """The command palette."""
    at.open(talks.PLANTS)
    at.window.palette_door.toggle()
    at.part(QLineEdit, at.window.palette_door.palette()).setText("text")
    at.take("palette")
    at.window.palette_door.toggle()


def explain(at: Photographer) -> None:
    """What made a reply: prompt, settings, and how sure the model was."""
    reply = at.open(talks.CAPITAL)[-1]
    at.tab.explain.show_prompt(reply.id)
    at.take_dialog("exact-prompt")
    at.tab.explain.show_recipe(reply.id)
    at.take_dialog("recipe")
    reply = at.open(talks.SLEEP)[-1]
    at.tab.explain.show_certainty(reply.id)
    at.dialog()
    dialog = at.part(CertaintyDialog)
    at.until(dialog.next.isEnabled)
    dialog.next.click()
    at.rest()
    at.take_dialog("certainty")


def presets(at: Photographer) -> None:
    """The presets' window and its history."""
    before = at.tab.choices.preset
    at.tab.composer.preset_chosen.emit(
        next(each.name for each in at.parts.presets.list() if each.title == talks.LETTERS)
    )
    at.part(PresetDoor).open()
    editor = at.dialog()
    if not isinstance(editor, PresetEditor):
        raise TypeError(type(editor))
    at.rest()
    at.take_of(editor, "presets")
    scroll = at.part(QScrollArea, editor).verticalScrollBar()
    scroll.setValue(scroll.maximum())
    at.rest()
    at.take_of(editor, "preset-examples")
    editor.parts.turn()
    at.rest()
    at.take_dialog("preset-history")
    at.tab.composer.preset_chosen.emit(before)


def slash(at: Photographer) -> None:
    """Prompts to fill in."""
    at.press("/")
    at.take("slash")
    at.tab.composer.clear()


def shape(at: Photographer) -> None:
    """A reply held to a JSON schema."""
    at.open(talks.CONTACT)
    at.take("json-reply")
    at.tab.shape.open()
    dialog = at.tab.shape.dialog
    at.until(lambda: dialog is not None and dialog.save.isEnabled())
    at.take_dialog("shape")


def context(at: Photographer) -> None:
    """What happens when a chat outgrows the context."""
    at.open(talks.ROLLED)
    at.rest(0.7)
    _scroll_to(at, ReadsFromView)
    at.take("reads-from")
    at.tab.overflow.open()
    at.take("overflow")
    at.begin()
    at.open(talks.SUMMED)
    at.rest(0.7)
    _scroll_to(at, SummaryView)
    at.part(SummaryView).heading.click()
    at.take("summary")


def _scroll_to(at: Photographer, kind: type[QWidget]) -> None:
    """Scroll up until a part shows below the window's upper edge."""
    bar = at.tab.transcript.verticalScrollBar()
    ground = at.tab.transcript.viewport()
    for place in range(bar.maximum(), -1, -60):
        bar.setValue(place)
        at.rest(0.02)
        for found in ground.findChildren(kind):
            if found.isVisible() and found.mapTo(ground, QPoint()).y() > _ABOVE:
                return
    raise LookupError(kind.__name__)


def several(at: Photographer) -> None:
    """Several replies side by side."""
    reply = at.open(talks.CAPITAL)[-1]
    at.do(reply, Act.SEVERAL)
    dialog = at.part(SeveralDoor).dialog
    if dialog is None:
        raise LookupError("several")
    dialog.write()
    at.rest(1)
    at.until(lambda: not at.is_writing())
    at.rest(0.5)
    at.take_dialog("several")


def queue(at: Photographer) -> None:
    """A message that waits until a reply has ended."""
    with _good_seed(at):
        at.ask(_LONG)
        at.until(lambda: len(at.shown()) == 2 and len(at.shown()[-1].content) > _SOME)
    at.ask("And what does the fox read first?")
    at.rest(0.2)
    at.take("queue")
    queueing = at.part(Queueing)
    for waiting in queueing._waiting(at.tab.conversation_id):
        queueing.withdraw(waiting.id)
    at.tab.turns.stop()
    at.until(lambda: not at.is_writing())
    at.forget()


def rooms(at: Photographer) -> None:
    """The other rooms."""
    at.window.open_room("models")
    at.until(lambda: at.part(ListSide).list.model().rowCount() > 0)
    at.take("models")
    at.window.open_room("settings")
    at.take("settings")


def notifications(at: Photographer) -> None:
    """The settings of what is told while another program is in front."""
    page = at.window.open_room("settings")
    if not isinstance(page, SettingsPage):
        raise TypeError(type(page))
    page.search.setText("notification")
    at.rest(0.5)
    at.take("notifications")
    page.search.clear()


def shortcuts(at: Photographer) -> None:
    """Every shortcut, as F1 lists them."""
    at.window.commands.action("shortcuts").trigger()
    at.take_dialog("shortcuts")


def compare(at: Photographer) -> None:
    """Two presets compared, blind, and the tally of votes."""
    door = at.part(CompareDoor)
    door.open(_TIP)
    at.dialog()
    dialog = at.part(CompareDialog)
    setup = dialog.setup
    at.until(lambda: setup.left.preset.findData(_USUAL) > 0)
    setup.left.choose(Chosen(setup.left.chosen().model, "precise"))
    setup.right.choose(Chosen(setup.right.chosen().model, _USUAL))
    setup.blind.setChecked(True)
    at.rest()
    at.take_of(dialog, "compare-setup")
    with _good_seed(at):
        setup.wanted.emit()
        at.until(dialog.again.isVisible)
    at.take_of(dialog, "compare")
    written = dialog.view.comparison
    is_left = written is not None and written.left.preset == "precise"
    dialog.view.voted.emit("left" if is_left else "right")
    at.rest()
    dialog.close()
    door.open_history()
    at.take_dialog("compare-tally")


def temporary(at: Photographer) -> None:
    """A chat that is never written to the disk."""
    at.window.commands.action("new_temporary").trigger()
    at.rest()
    frame = at.top(TemporaryFrame)
    tab = at.part(ChatTab, frame)
    ended: list[str] = []
    tab.turns.ended.connect(ended.append)
    at.ask(_CAPITAL, tab)
    at.until(lambda: ended)
    at.take_of(frame, "temporary")
    frame.close()


@contextmanager
def _good_seed(at: Photographer) -> Iterator[None]:
    """Let the usual preset throw the same dice each time: a small model may write nonsense."""
    keeper = at.parts.preset_keeper
    usual = next(each for each in at.parts.presets.list() if each.name == _USUAL)
    keeper.save(replace(usual, sampling=replace(usual.sampling, seed=1)))
    yield
    keeper.save(usual)


def warm_up(at: Photographer) -> None:
    """Load the model, as it is for somebody who has just asked something."""
    at.begin()
    at.ask(_CAPITAL)
    at.until(at.is_writing)
    at.until(lambda: not at.is_writing())
    at.forget()


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        welcome,
        chat,
        code,
        rich,
        drawings,
        link,
        branches,
        delete,
        find,
        the_list.search,
        the_list.order,
        the_list.archive,
        palette,
        shortcuts,
        explain,
        presets,
        slash,
        shape,
        files.attach,
        files.picture,
        context,
        again,
        several,
        compare,
        temporary,
        rooms,
        notifications,
        queue,
        the_list.transfer,
    )
}

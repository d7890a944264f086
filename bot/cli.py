"""The command line: `makker`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import hangups
from bot.errors import StartError
from bot.operating.commands import backup, restore
from bot.settings import read_settings
from bot.starting import engine_of, opened_house, train_apart

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Makker, an advisor for partnership work in libraries.",
)

LISTEN, PORT = "127.0.0.1", 8443
LONGEST_NAME = 90  # characters: with what a door adds, it has to fit a column of the database


class Language(str, Enum):
    """A language to speak, whatever the messages are in."""

    da = "da"
    en = "en"


Lang = Annotated[Language | None, typer.Option("--lang", help="Speak this language, whatever the messages are in.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def main() -> None:
    """Runs the command; an error that a person can mend ends in one line and exit code 1."""
    try:
        app()
    except StartError as error:
        print(f"makker: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except (KeyboardInterrupt, BrokenPipeError):
        raise SystemExit(130) from None


@app.command()
def chat(
    lang: Lang = None,
    user: Annotated[str, typer.Option(help="Whose walkthroughs and documents to go on with.")] = "me",
) -> None:
    """Talk to the advisor here in the terminal. Piped input is read one message a line."""
    from bot.reminders import Outbox
    from bot.terminal import Paper, Speaker, talk

    if len(user) > LONGEST_NAME:
        raise StartError(f"the name that --user gives is too long: {LONGEST_NAME} characters at most")
    if not user.isprintable():
        raise StartError("the name that --user gives holds a line break or the like: give it letters and numbers")
    house = opened_house(log_to_file=True)
    engine = house.with_first_contact(engine_of(house, lang and lang.value))
    coloured = sys.stdout.isatty()
    paper = Paper(house.settings.data_dir / "documents", house.store, house.knowledge, coloured=coloured)
    outbox = Outbox(house.store, house.knowledge)
    asyncio.run(talk(engine, Speaker(user, lang and lang.value), paper, outbox))


@app.command()
def ask(
    text: Annotated[str | None, typer.Argument(help="The question.")] = None,
    batch: Annotated[
        str | None, typer.Option(help="A file of questions, one JSON object a line; - is standard input.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Ask one question, or a file of them."""
    if (not (text or "").strip()) == (batch is None):
        raise StartError('give a question, as in `makker ask "Hvad er et partnerskab?"`, or a file by --batch')
    if batch is not None:
        _ask_batch(batch, lang)
        return
    from bot.ask import ask as ask_one

    house = opened_house(log_to_file=True)
    answer = asyncio.run(ask_one(engine_of(house, lang and lang.value), house.store, [text or ""], lang and lang.value))
    print(json.dumps(answer, ensure_ascii=False) if as_json else answer["text"])


def _ask_batch(batch: str, lang: Language | None) -> None:
    from bot.ask import ask as ask_one
    from bot.ask import questions

    try:
        lines = sys.stdin.read() if batch == "-" else Path(batch).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(f"{batch} can't be read ({error}): name a file of JSON lines in UTF-8, or -") from error
    entries = list(questions(lines.split("\n"), batch))
    house = opened_house(log_to_file=True)
    engine = engine_of(house, lang and lang.value)

    async def run() -> None:
        for name, turns, language in entries:
            answer = await ask_one(engine, house.store, turns, language or (lang and lang.value))
            print(json.dumps({"id": name, **answer}, ensure_ascii=False), flush=True)

    asyncio.run(run())


@app.command()
def topics(as_json: AsJson = False) -> None:
    """List every topic."""
    from bot.listing import topics as listed

    _print(listed(opened_house().knowledge), as_json, lambda row: f"{row['id']:32} {row['title']['da']}")


@app.command()
def checklists(as_json: AsJson = False) -> None:
    """List every walkthrough."""
    from bot.listing import checklists as listed

    _print(listed(opened_house().knowledge), as_json, lambda row: f"{row['id']:32} {row['title']['da']}")


@app.command()
def unanswered(
    as_json: AsJson = False,
    forget: Annotated[bool, typer.Option(help="Remove them after they have been printed.")] = False,
) -> None:
    """List the questions that found no answer, for the editors. Who asked isn't kept."""
    store = opened_house().store
    _print(store.unanswered(), as_json, lambda row: "\t".join((row["day"], row["text"], ", ".join(row["nearest"]))))
    if forget:
        print(f"forgotten: {store.forget_unanswered()}", file=sys.stderr)


@app.command()
def votes(as_json: AsJson = False) -> None:
    """List the topics by how much their answers helped, for the editors, with what was written about them."""
    house = opened_house()
    titles = {id_: topic.text("da").title for id_, topic in house.knowledge.topics.items()}

    def line(row: dict[str, Any]) -> str:
        title = titles.get(row["topic"], "")
        words = [f"\t{' '.join(word.split())}" for word in row["words"]]
        return "\n".join([f"{row['helped']:5} {row['did_not']:5}  {row['topic']:32} {title}", *words])

    _print(house.store.votes(), as_json, line)


@app.command()
def people(as_json: AsJson = False) -> None:
    """List everybody of whom something is kept, by the name that `makker forget` takes."""
    from bot.people import known

    _print(known(opened_house()), as_json, lambda row: f"{row['owner']:32} {row['since']}{'  code' * row['by_code']}")


@app.command()
def forget(owner: Annotated[str, typer.Argument(help="Whom, as `makker people` names them: telegram:42.")]) -> None:
    """Remove all that is kept of somebody. An invite code that let them in lets them in no more by itself."""
    from bot.people import forget as remove

    print(f"forgotten: {remove(opened_house(), owner)}", file=sys.stderr)


@app.command()
def tidy(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove what is older than the settings let it get. The Telegram bot does so by itself, once a day."""
    from bot.tidying import tidy as remove

    counts = remove(opened_house(), dry_run=dry_run)
    print(json.dumps(counts) if as_json else "\n".join(f"{name:16} {rows}" for name, rows in counts.items()))


@app.command()
def data(
    owner: Annotated[str, typer.Argument(help="Whose, as `makker people` names them: telegram:42.")],
    out: Annotated[Path, typer.Option(help="The file to write: a ZIP.")] = Path("data.zip"),
    lang: Annotated[Language, typer.Option("--lang", help="The language of what explains it.")] = Language.da,
    traces: Annotated[
        bool, typer.Option("--traces", help="Only say in which tables anything of them is found.")
    ] = False,
    force: Annotated[bool, typer.Option(help="Write over a file that is there.")] = False,
) -> None:
    """Write all that is kept about somebody into a file, or look for what is kept, in every column of every table."""
    from bot.people import traces_of, write_data

    if traces:
        found = traces_of(opened_house(), owner)
        print("\n".join(f"{name:16} {rows}" for name, rows in found.items()) or "nothing is found")
    else:
        write_data(opened_house(), owner, out, lang.value, force=force)
        print(out)


@app.command()
def link(
    name: Annotated[str, typer.Argument(help="A topic or a checklist, as `makker topics` names it.")],
    bot: Annotated[str | None, typer.Option(help="The bot's user name; without it, Telegram is asked.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the QR code there: a .png, or a .svg for printing.")] = None,
    lang: Annotated[Language, typer.Option("--lang", help="The language of the title.")] = Language.da,
) -> None:
    """Print the link that opens a topic or a checklist in Telegram, and draw its QR code."""
    from bot.posters import draw, link_to

    house = opened_house()
    found = link_to(house.knowledge, name, bot or house.settings, lang.value)
    if out is not None:
        draw(house.knowledge, found, lang.value, out)
    print(found.url)


@app.command()
def telegram(
    webhook: Annotated[str | None, typer.Option(help="Public HTTPS address; without it the bot polls.")] = None,
    listen: Annotated[str, typer.Option(help="With --webhook: the address to listen on.")] = LISTEN,
    port: Annotated[int, typer.Option(min=1, max=65535, help="With --webhook: the port to listen on.")] = PORT,
) -> None:
    """Run the Telegram bot."""
    hangups.hold_back()
    from bot import running

    if webhook is None and (listen, port) != (LISTEN, PORT):
        raise StartError("--listen and --port are for a webhook: give its address by --webhook, or leave them out")
    house = opened_house(writes_apart=True)
    house.check()
    asyncio.run(running.telegram(house, webhook, listen, port, lambda: engine_of(house), train_apart))
    running.end(house)


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even if nothing has changed.")] = False) -> None:
    """Compile the knowledge and train the model, if anything has changed."""
    from bot.engine import training

    house = opened_house()
    done = training.train(house.model, house.settings.overlay, force=force)
    print(f"trained {house.model}" if done else f"nothing has changed: {house.model} is up to date")


app.command()(backup)
app.command()(restore)


@app.command()
def check(as_json: AsJson = False) -> None:
    """Read all content and say every fault, as file:line: what is wrong, and the mend."""
    from bot.checking import all_well, faults

    overlay = read_settings().overlay
    found = faults(overlay)
    if as_json:
        print(json.dumps([vars(fault) | {"file": str(fault.file)} for fault in found], ensure_ascii=False))
    else:
        for fault in found:
            print(fault)
        print(f"faults: {len(found)}" if found else all_well(overlay), file=sys.stderr)
    if found:
        raise typer.Exit(1)


def _print(rows: list[dict[str, Any]], as_json: bool, line: Callable[[dict[str, Any]], str]) -> None:
    print(json.dumps(rows, ensure_ascii=False, indent=2) if as_json else "\n".join(map(line, rows)))

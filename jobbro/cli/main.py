"""The `jobbro` command: one table of subcommands, each loaded only when it is the one asked for."""

import argparse
import importlib
import os
import signal
import sys
import threading
from dataclasses import dataclass
from types import ModuleType

from jobbro.cli.errors import CommandFailed

INTERRUPTED = 130


@dataclass(frozen=True)
class Command:
    """A subcommand: its name, the module with `add_arguments` and `run`, and what it is for."""

    name: str
    module: str
    help: str


COMMANDS = (
    Command("demo", "jobbro.cli.demo_command", "start everything on this machine with fictive data"),
    Command("serve", "jobbro.cli.serve", "start the web server"),
    Command("worker", "jobbro.cli.worker", "start the worker that does background jobs"),
    Command("remind", "jobbro.cli.remind", "send today's reminders of deadlines by e-mail"),
    Command("migrate", "jobbro.cli.migrate", "bring database, translations and static files up to date"),
    Command("seed", "jobbro.cli.seed", "fill an empty database with fictive data and print its users"),
    Command("smoke", "jobbro.cli.smoke_command", "visit every page as every role on a temporary database"),
    Command("audit", "jobbro.cli.audit", "seal, anchor and verify the logs of look-ups and changes"),
    Command("schemes", "jobbro.cli.schemes_command", "check the rules of the schemes, and ask them about one person"),
    Command("occupations", "jobbro.cli.occupations_command", "what work asks: look up, search, import"),
    Command("carve", "jobbro.cli.carve_command", "carve the best jobs out of a workplace's tasks, or check an answer"),
    Command("match", "jobbro.cli.match_command", "list the jobs that fit each person, and spread proposals fairly"),
    Command("bench", "jobbro.cli.bench", "run a benchmark"),
    Command("messages", "jobbro.cli.messages", "update, check and compile the translations"),
    Command("manage", "jobbro.cli.manage", "run a Django management command with the right database"),
)


def main(argv: list[str] | None = None) -> int:
    """Run the subcommand in `argv`; 0 when it did what it should."""
    arguments = sys.argv[1:] if argv is None else argv
    if threading.current_thread() is threading.main_thread():
        # A stop by the service manager is as orderly as one by Ctrl-C, also when a script started us in the background.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _run(arguments)
    except CommandFailed as failure:
        print(f"jobbro {arguments[0]}: {failure}", file=sys.stderr)
        return failure.status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has closed it (`| head`); without this Python complains once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: list[str]) -> int:
    command = next((c for c in COMMANDS if arguments and c.name == arguments[0]), None)
    module = importlib.import_module(command.module) if command else None
    parser = _parser(chosen=command, module=module)
    options = parser.parse_args(arguments)
    if module is None:
        parser.print_help()
        return 2
    status: int = module.run(options)
    return status


def _parser(*, chosen: Command | None, module: ModuleType | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jobbro", description="Needs-led employment service.", allow_abbrev=False)
    subparsers = parser.add_subparsers(metavar="command", title="commands")
    for command in COMMANDS:
        subparser = subparsers.add_parser(command.name, help=command.help, description=command.help, allow_abbrev=False)
        if command is chosen and module is not None:
            module.add_arguments(subparser)
    return parser


if __name__ == "__main__":
    sys.exit(main())

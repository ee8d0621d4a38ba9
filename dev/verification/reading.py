"""What was read off an experiment, and whether two readings agree."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .client import Exchange

NOT_TRIED = "not tried"  # the name of the only fact where nothing was tried
AGREES, WORDS_DIFFER, DIFFERS = "agrees", "other words", "DIFFERS"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class NotTried(Exception):
    """The experiment could not be made here; the text says why."""


@dataclass
class Outcome:
    """What became of one element of a write."""

    status: int
    element: dict = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        """Whether Xero did it."""
        return self.status == 200 and not self.messages

    @property
    def verdict(self) -> str:
        """In a word, or the status where the whole call was refused."""
        if self.taken:
            return "taken"
        return "refused" if self.status in (200, 400) else f"HTTP {self.status}"

    def required(self, what: str) -> dict:
        """The element, which an experiment stands on.

        :raise NotTried: Xero refused it
        """
        if not self.taken:
            reason = "; ".join(self.messages) or self.verdict
            raise NotTried(f"{what} was not taken: {reason}")
        return self.element


def outcomes_of(exchange: Exchange, count: int) -> list[Outcome]:
    """What became of each of ``count`` elements, in their order."""
    elements = exchange.elements()
    if exchange.status == 200 and len(elements) == count:
        return [Outcome(200, each, messages_of(each)) for each in elements]
    return [Outcome(exchange.status, {}, refusal_of(exchange))] * count


def messages_of(element: Mapping) -> list[str]:
    """Why an element was refused."""
    errors = element.get("ValidationErrors") or []
    return [each.get("Message", "") for each in errors]


def refusal_of(exchange: Exchange) -> list[str]:
    """Why a whole call was refused, as far as Xero says."""
    body = exchange.body
    if not isinstance(body, dict):
        return []
    inner = [m for each in body.get("Elements") or [] for m in messages_of(each)]
    outer = body.get("Detail") or body.get("Message") or ""
    return inner or [outer]


@dataclass
class Reading:
    """The facts of an experiment, and apart from them Xero's words."""

    facts: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)  # for `say`: text -> label

    def note(self, name: str, fact: object) -> None:
        """Note a fact; it must not depend on the organisation or on the day."""
        self.facts[name] = str(fact)

    def say(self, name: str, text: str) -> None:
        """Note Xero's words, without ids and what differs between organisations."""
        text = _ID.sub("<id>", text)
        for own, label in self.labels.items():
            text = text.replace(own, label)
        if text:
            self.words[name] = text

    def outcome(self, name: str, outcome: Outcome) -> None:
        """Note whether an element was taken, and why not."""
        self.note(name, outcome.verdict)
        self.say(name, "; ".join(outcome.messages))

    def differing(self, other: "Reading") -> list[str]:
        """The names of the facts and words that are not the same in both."""
        return sorted({*_unlike(self.facts, other.facts), *self._unsaid(other)})

    def agreement(self, other: "Reading") -> str:
        """Whether both say the same, or only in other words, or not."""
        if _unlike(self.facts, other.facts):
            return DIFFERS
        return WORDS_DIFFER if self._unsaid(other) else AGREES

    def _unsaid(self, other: "Reading") -> set[str]:
        return _unlike(self.words, other.words)

    def text(self, names: list[str] | None = None) -> str:
        """In one line, all of it or what has these names."""
        wanted = [*self.facts, *(self.words.keys() - self.facts)]
        parts = []
        for name in wanted if names is None else names:
            said = f"“{self.words[name]}”" if name in self.words else ""
            values = filter(None, [self.facts.get(name, ""), said])
            parts.append(f"{name}: {' '.join(values) or 'nothing'}")
        return "; ".join(parts)

    def dump(self) -> dict:
        """As plain values."""
        return {"facts": self.facts, "words": self.words}


def _unlike(ours: Mapping[str, str], theirs: Mapping[str, str]) -> set[str]:
    return {key for key in ours.keys() | theirs if ours.get(key) != theirs.get(key)}

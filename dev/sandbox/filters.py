"""Xero's ``where`` language: parsed into a predicate over stored objects.

``Type=="ACCPAY" AND Date>=DateTime(2026,1,31) AND Contact.Name.Contains("Ltd")``
(https://developer.xero.com/documentation/api/accounting/requests-and-responses)
"""

import operator
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from . import unverified
from .clock import UTC
from .dates import parse_moment
from .errors import ApiError, bad_request

Getter = Callable[[dict, str], Any]
Term = Callable[[dict], Any]

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"\\]|"")*")
  | (?P<number>-?\d+(?:\.\d+)?)
  | (?P<op>==|!=|<>|<=|>=|&&|\|\||[=<>!(),.])
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    )""",
    re.VERBOSE,
)
_COMPARISONS = {
    "==": operator.eq,
    "=": operator.eq,
    "!=": operator.ne,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_METHODS: dict[str, Callable[[str, str], bool]] = {
    "Contains": lambda text, part: part in text,
    "StartsWith": str.startswith,
    "EndsWith": str.endswith,
}
_CONSTANTS = {"true": True, "false": False, "null": None}


def query_error(message: str) -> ApiError:
    """HTTP 400 for a filter or order that cannot be read."""
    return bad_request(unverified.QUERY_PARSE_NUMBER, "QueryParseException", message)


def compile_where(text: str, getter: Getter, fields: frozenset) -> Term:
    """Turn a filter into a predicate; ``getter`` reads a dotted field.

    Raises ApiError (QueryParseException) when the text is no valid filter.
    """
    return _Parser(text, getter, fields).parse()


def comparable(value: Any) -> Any:
    """The form in which two values of a filter or an order are compared."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    if isinstance(value, str) and unverified.WHERE_IGNORES_CASE:
        return value.casefold()
    return value


class _Parser:
    """Recursive descent; each method reads one rule of the language."""

    def __init__(self, text: str, getter: Getter, fields: frozenset) -> None:
        self.text = text
        self.getter = getter
        self.fields = fields
        self.tokens = self._tokens()
        self.position = 0

    def _tokens(self) -> list[tuple[str, str]]:
        tokens, at = [], 0
        text = self.text.rstrip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if not match:
                raise self.error(at)
            kind = match.lastgroup or ""
            tokens.append((kind, match[kind]))
            at = match.end()
        return tokens

    def error(self, at: int | None = None) -> ApiError:
        place = self.position if at is None else at
        return query_error(f"Syntax error in filter at {place}: {self.text}")

    def peek(self) -> tuple[str, str]:
        if self.position < len(self.tokens):
            return self.tokens[self.position]
        return "end", ""

    def next(self) -> tuple[str, str]:
        token = self.peek()
        self.position += 1
        return token

    def takes(self, *values: str) -> bool:
        kind, value = self.peek()
        if kind != "text" and value.lower() in values:
            self.position += 1
            return True
        return False

    def need(self, value: str) -> None:
        if not self.takes(value):
            raise self.error()

    def parse(self) -> Term:
        term = self.disjunction()
        if self.peek()[0] != "end":
            raise self.error()
        return term

    def disjunction(self) -> Term:
        terms = [self.conjunction()]
        while self.takes("or", "||"):
            terms.append(self.conjunction())
        return lambda stored: any(term(stored) for term in terms)

    def conjunction(self) -> Term:
        terms = [self.negation()]
        while self.takes("and", "&&"):
            terms.append(self.negation())
        return lambda stored: all(term(stored) for term in terms)

    def negation(self) -> Term:
        if self.takes("not", "!"):
            term = self.negation()
            return lambda stored: not term(stored)
        if self.takes("("):
            term = self.disjunction()
            self.need(")")
            return term
        return self.comparison()

    def comparison(self) -> Term:
        left = self.operand()
        kind, symbol = self.peek()
        if kind != "op" or symbol not in _COMPARISONS:
            return left
        self.position += 1
        right = self.operand()
        compare = _COMPARISONS[symbol]
        return lambda stored: _compare(compare, left(stored), right(stored))

    def operand(self) -> Term:
        kind, value = self.next()
        if kind == "text":
            return _constant(value[1:-1].replace('""', '"'))
        if kind == "number":
            return _constant(Decimal(value))
        if kind != "name":
            raise self.error()
        if value.lower() in _CONSTANTS:
            return _constant(_CONSTANTS[value.lower()])
        if value == "Guid" and self.takes("("):
            return self.guid()
        if value == "DateTime":
            return self.moment()
        return self.field(value)

    def guid(self) -> Term:
        kind, value = self.next()
        self.need(")")
        if kind != "text":
            raise self.error()
        return _constant(value[1:-1])

    def moment(self) -> Term:
        if self.takes("."):
            self.need("parse")
            self.need("(")
            _kind, value = self.next()
            self.need(")")
            parsed = parse_moment(value.strip('"'))
        else:
            self.need("(")
            parsed = self.moment_of_numbers()
        if parsed is None:
            raise self.error()
        return _constant(parsed)

    def moment_of_numbers(self) -> datetime | None:
        numbers: list[int] = []
        while not self.takes(")"):
            kind, value = self.next()
            if kind != "number":
                raise self.error()
            numbers.append(int(value))
            self.takes(",")
        try:
            return datetime(*numbers, tzinfo=UTC)  # type: ignore[misc, arg-type]
        except (TypeError, ValueError):
            return None

    def field(self, name: str) -> Term:
        path = [name]
        while self.takes("."):
            kind, part = self.next()
            if kind != "name":
                raise self.error()
            if self.takes("("):
                return self.method(".".join(path), part)
            path.append(part)
        return self.getter_of(".".join(path))

    def method(self, path: str, method: str) -> Term:
        read = self.getter_of(path)
        if method in ("ToLower", "ToUpper"):
            self.need(")")
            if self.takes("."):
                _kind, method = self.next()
                self.need("(")
            else:
                return read
        test = _METHODS.get(method)
        argument = self.operand()
        self.need(")")
        if not test:
            raise query_error(f"No applicable method '{method}' exists")
        return lambda stored: test(
            str(comparable(read(stored) or "")), str(comparable(argument(stored)))
        )

    def getter_of(self, path: str) -> Term:
        if path not in self.fields:
            raise query_error(f"No property or field '{path}' exists")
        return lambda stored: self.getter(stored, path)


def _constant(value: Any) -> Term:
    return lambda stored: value


def _compare(compare: Callable, left: Any, right: Any) -> bool:
    left, right = comparable(left), comparable(right)
    try:
        return compare(left, right)
    except TypeError:
        return False

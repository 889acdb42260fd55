"""The consortium builder: the best consortia for a call, with reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Iterable, Iterator, Mapping, Sequence

from . import _engine, _html
from ._eligibility import (
    EligibilityReport,
    Members,
    day_text,
    member_list,
    request_json,
    rule_list,
)
from ._network import Day
from ._partners import SharedWork, shared_work
from ._progress import Progress, reporting
from ._request import count, naming, several, strings
from ._table import Rows
from .errors import InvalidArgument


@dataclass(frozen=True)
class ConsortiumFit:
    """Why a candidate fits: 0.5 topic + 0.3 relevance + 0.2 activity, each from 0 to 1."""

    fit: float
    topic: float
    """n / (n + 1) with n records on the themes, and twice the share of the themes it offers."""
    relevance: float
    """Of its best record that the text finds, as a share of the best score."""
    activity: float
    """w / (w + 4) with w records."""
    works: int
    works_on_topic: int
    themes: tuple[str, ...]
    """That it shares."""


@dataclass(frozen=True)
class ConsortiumTie:
    """A tie of a member to another."""

    other: int
    """Place in the plan."""
    strength: float
    """Newman's, at most 1."""
    value: float
    """What it adds to the value of the plan: weight, strength and the lesser fit."""
    works: tuple[SharedWork, ...]
    """The records behind it, latest first."""


@dataclass(frozen=True)
class ConsortiumSubstitute:
    """Who could stand in a member's place, all others kept."""

    organisation: str
    name: str
    country: str
    loss: float | None
    """Of the plan's value."""


@dataclass(frozen=True)
class PlannedMember:
    """A member of a plan, and why it is one."""

    organisation: str
    """Id of its record; empty for one that the catalogue does not have."""
    name: str
    country: str
    kind: str
    roles: tuple[str, ...]
    fixed: bool
    beside: bool
    """Fixed in a role in which it does not apply: no part of the search."""
    fit: ConsortiumFit
    ties: tuple[ConsortiumTie, ...]
    """The strongest first."""
    needed_for: tuple[int, ...]
    """Places of rules that hold with it and not without."""
    loss: float | None
    """What the best plan without it is worth less, at most; None: there is none without it."""
    loss_at_least: float | None
    loss_proved: bool
    """Both are the same."""
    substitute: ConsortiumSubstitute | None

    @property
    def coordinates(self) -> bool:
        """Whether it is the coordinator."""
        return "coordinator" in self.roles


@dataclass(frozen=True)
class BindingRule:
    """A rule that costs something."""

    rule: int
    """Place in the answer's ``rules``."""
    slack: int
    gain: float
    """Of value, at least, if the rule were not there."""
    proved: bool


@dataclass(frozen=True)
class SearchedRule:
    """A rule that the search held to, or could not."""

    kind: str
    """Empty for the builder's own."""
    source: str
    """``call``, ``request`` or ``builder``."""
    searched: bool
    """False: the report of a plan has what is known."""
    words: str
    legal_text: str
    parameters: Mapping[str, tuple[str, ...]]
    """What the rule says, by name."""


@dataclass(frozen=True)
class ConsortiumConflict:
    """Rules that no consortium among the candidates keeps together."""

    rules: tuple[SearchedRule, ...]
    proof: str
    """``smallest``: no smaller set conflicts; ``irreducible``: none of these can be left out;
    ``conflicting``: the time was over before it could be made smaller."""


@dataclass(frozen=True)
class WhatIfAnswer:
    """What a change to the request would do."""

    status: str
    value: float
    bound: float | None
    gap: float | None
    difference: float
    """Of value to the first plan; 0 without one."""
    nodes: int
    """Teams looked at; none where what was proved of the plans still holds."""
    members: tuple[str, ...]
    joined: tuple[str, ...]
    """Against the first plan."""
    left: tuple[str, ...]


def _number(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _member(told: Mapping[str, Any]) -> PlannedMember:
    fit = told["fit"]
    ties = [{**tie, "works": tuple(map(_work, tie["works"]))} for tie in told["ties"]]
    substitute = told["substitute"]
    return PlannedMember(
        **{
            **told,
            "roles": tuple(told["roles"]),
            "fit": ConsortiumFit(**{**fit, "themes": tuple(fit["themes"])}),
            "ties": tuple(ConsortiumTie(**tie) for tie in ties),
            "needed_for": tuple(told["needed_for"]),
            "substitute": None if substitute is None else ConsortiumSubstitute(**substitute),
        }
    )


def _work(told: Mapping[str, Any]) -> SharedWork:
    return shared_work(told)


def _rule(told: Mapping[str, Any]) -> SearchedRule:
    rule = told["rule"]
    return SearchedRule(
        kind=rule["kind"],
        source=told["source"],
        searched=told["searched"],
        words=told["words"],
        legal_text=rule["legal_text"],
        parameters={
            name: (values,) if isinstance(values, str) else tuple(values)
            for name, values in rule["parameters"].items()
        },
    )


class ConsortiumPlan(Rows[PlannedMember]):
    """One consortium: a sequence of :class:`PlannedMember`, the coordinator first."""

    _schema = (
        ("organisation", "u"),
        ("name", "u"),
        ("country", "u"),
        ("kind", "u"),
        ("role", "u"),
        ("fit", "g"),
        ("tied", "g"),
    )

    def __init__(self, data: Mapping[str, Any], rules: Sequence[SearchedRule]) -> None:
        self.value: float = data["value"]
        self.status: str = data["status"]
        """``optimal`` or ``feasible``."""
        self.bound: float | None = data["bound"]
        self.gap: float | None = data["gap"]
        self.members: tuple[PlannedMember, ...] = tuple(map(_member, data["members"]))
        self.binding: tuple[BindingRule, ...] = tuple(
            BindingRule(**rule) for rule in data["binding"]
        )
        self.eligibility = EligibilityReport(data["eligibility"])
        """Checked anew, by the rules of the call themselves."""
        self.rules = rules

    def _columns(self) -> dict[str, list[Any]]:
        texts = ("organisation", "name", "country", "kind")
        columns: dict[str, list[Any]] = {
            name: [getattr(one, name) for one in self.members] for name in texts
        }
        columns["role"] = [", ".join(one.roles) for one in self.members]
        columns["fit"] = [one.fit.fit for one in self.members]
        columns["tied"] = [sum(tie.strength for tie in one.ties) for one in self.members]
        return columns

    def __len__(self) -> int:
        return len(self.members)

    def _row(self, place: int) -> PlannedMember:
        return self.members[place]

    @property
    def countries(self) -> tuple[str, ...]:
        """Of its members, sorted."""
        return tuple(sorted({one.country for one in self.members if one.country}))

    def why(self, place: int) -> list[str]:
        """Sentences on why a member is one."""
        one = self.members[place]
        fit = one.fit
        if one.beside:
            return ["stands beside the consortium, in a role in which nobody applies"]
        said = [
            f"fit {fit.fit:.2f} (topic {fit.topic:.2f}, relevance {fit.relevance:.2f},"
            f" activity {fit.activity:.2f}): {fit.works_on_topic} of {fit.works}"
            f" record{'' if fit.works == 1 else 's'} on the topic"
            + (f" ({', '.join(fit.themes)})" if fit.themes else "")
        ]
        for tie in one.ties:
            works = "".join(f" · {work.title}" for work in tie.works)
            said.append(f"tie {tie.strength:.2f} with {self.members[tie.other].name}{works}")
        if one.needed_for:
            names = (self.rules[place].kind or self.rules[place].words for place in one.needed_for)
            said.append(f"only it keeps {', '.join(names)}")
        if one.loss is None:
            if one.loss_proved:
                said.append("without it there is none")
        elif one.loss != 0:
            most = "" if one.loss_proved else "at most "
            said.append(f"without it {most}{one.loss:.3f} less")
        if one.substitute is not None:
            told = _number(one.substitute.loss)
            same = one.loss is not None and one.loss_proved and told == _number(one.loss)
            said.append(f"in its place {one.substitute.name}{'' if same else f': {told} less'}")
        return said

    def __repr__(self) -> str:
        return (
            f"<ConsortiumPlan of {len(self)} from {' '.join(self.countries)},"
            f" worth {self.value:.3f}, {self.status}>"
        )

    def __str__(self) -> str:
        lines = [f"worth {self.value:.3f}, {self.status}"]
        for place, one in enumerate(self.members):
            told = ", ".join(part for part in (one.country, one.organisation) if part)
            lines.append(f"  {one.name} ({told})  {', '.join(one.roles)}")
            lines += [f"      {sentence}" for sentence in self.why(place)]
        lines.append(f"  {self.eligibility._verdict()}")
        for finding in self.eligibility:
            if finding.state != "passes":
                lines.append(f"      {finding.kind}: {finding.advice or finding.reason}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [
            (
                f"<b>{_html.text(one.name)}</b>",
                _html.text(one.country),
                _html.text(", ".join(one.roles)),
                "<br>".join(_html.text(sentence) for sentence in self.why(place)),
            )
            for place, one in enumerate(self.members)
        ]
        head = ("member", "country", "role", "why")
        caption = f"worth {self.value:.3f}, {_html.text(self.status)}"
        return _html.table(head, rows, caption) + self.eligibility._repr_html_()


class ConsortiumAnswer:
    """The best consortia: a sequence of :class:`ConsortiumPlan`, the best first. Prints, and shows
    itself in a notebook, as cards."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self.call: str = data["call"]
        self.title: str = data["title"]
        self.status: str = data["status"]
        """``optimal``: no consortium of the scope is worth more; ``feasible``: one may be, up to
        ``bound``; ``infeasible``: none keeps the rules; ``unknown``: the time was over before."""
        self.value: float = data["value"]
        self.bound: float | None = data["bound"]
        """None where nothing is known."""
        self.gap: float | None = data["gap"]
        self.nodes: int = data["nodes"]
        self.seconds: float = data["seconds"]
        self.stopped: bool = data["stopped"]
        self.scope: str = data["scope"]
        """``candidates``: all that were found or given; ``pool``: the most fitting of these."""
        self.candidates: int = data["candidates"]
        self.found: int = data["found"]
        self.rules: tuple[SearchedRule, ...] = tuple(map(_rule, data["rules"]))
        self.plans: tuple[ConsortiumPlan, ...] = tuple(
            ConsortiumPlan(plan, self.rules) for plan in data["plans"]
        )
        self.further: str = data["further"]
        """Why there are fewer plans than ``answers``: ``none``: no other that differs so keeps the
        rules; ``unknown``: the search ended before, or was
        held to those of whom all is known. Empty otherwise."""
        conflict = data["conflict"]
        self.conflict: ConsortiumConflict | None = conflict and ConsortiumConflict(
            tuple(self.rules[place] for place in conflict["rules"]), conflict["proof"]
        )
        """Where infeasible: the rules that leave nobody."""
        self.what_if: tuple[WhatIfAnswer, ...] = tuple(
            WhatIfAnswer(
                **{**each, **{name: tuple(each[name]) for name in ("members", "joined", "left")}}
            )
            for each in data["what_if"]
        )
        self._told = data

    @property
    def best(self) -> ConsortiumPlan | None:
        """The first plan; None where there is none."""
        return self.plans[0] if self.plans else None

    def to_dict(self) -> Mapping[str, Any]:
        """The answer as the engine tells it, the same as ``koinon build-consortium --json``."""
        return self._told

    def __len__(self) -> int:
        return len(self.plans)

    def __getitem__(self, place: int) -> ConsortiumPlan:
        return self.plans[place]

    def __iter__(self) -> Iterator[ConsortiumPlan]:
        return iter(self.plans)

    def _verdict(self) -> str:
        scope = f"{self.candidates} candidates"
        if self.scope == "pool":
            scope += f", the most fitting of {self.found}"
        most = "what is possible not known" if self.bound is None else f"at most {self.bound:.3f}"
        told = {
            "optimal": f"worth {self.value:.3f}, and none of {scope} make a better one",
            "feasible": f"worth {self.value:.3f}, {most}, among {scope}",
            "infeasible": f"no consortium among {scope} keeps the rules",
        }.get(self.status, f"none was found among {scope} in the time")
        return f"{self.status}: {told}{self._failing()}"

    def _failing(self) -> str:
        """The rules that the best breaks, which the search could not hold to."""
        if self.best is None or self.best.eligibility.state != "fails":
            return ""
        kinds = dict.fromkeys(each.kind for each in self.best.eligibility if each.state == "fails")
        return f"; yet not eligible: it fails {', '.join(kinds)}, which was left to the check"

    def _further_lines(self) -> list[str]:
        told = {
            "none": "no further consortium that differs so keeps the rules",
            "unknown": "no further consortium was found, though there may be one",
        }.get(self.further)
        return [told] if told else []

    def _conflict_lines(self) -> list[str]:
        if self.conflict is None:
            return []
        if not self.conflict.rules:
            return [
                "there are no candidates: give candidates or fixed, or themes or text to look by"
            ]
        return [
            (f"{rule.kind}: {rule.words}" if rule.kind else rule.words)
            + (f" (“{rule.legal_text}”)" if rule.legal_text else "")
            for rule in self.conflict.rules
        ]

    def _what_if_lines(self) -> list[str]:
        return [
            f"what if {place}: {each.status}{self._change(each)}"
            for place, each in enumerate(self.what_if, 1)
        ]

    def _change(self, each: WhatIfAnswer) -> str:
        if not each.members:
            return ""
        worth = f", worth {each.value:.3f}"
        if self.best is None:
            return f"{worth}: {', '.join(each.members)}"
        joined, left = (", ".join(names) or "nobody" for names in (each.joined, each.left))
        return f"{worth} ({each.difference:+.3f}); joined {joined}, left {left}"

    def __repr__(self) -> str:
        return f"<ConsortiumAnswer: {len(self)} plans, {self._verdict()}>"

    def __str__(self) -> str:
        lines = [line for line in (self.title, self._verdict()) if line]
        lines += self._conflict_lines()
        lines += [f"{place}. {plan}" for place, plan in enumerate(self.plans, 1)]
        lines += self._further_lines()
        return "\n".join([*lines, *self._what_if_lines()])

    def _repr_html_(self) -> str:
        parts = [
            f"<p><b>{_html.text(self.title or self.call)}</b><br>{_html.text(self._verdict())}"
        ]
        parts += [f"<br>{_html.text(line, 2000)}" for line in self._conflict_lines()]
        parts.append("</p>")
        parts += [plan._repr_html_() for plan in self.plans]
        lines = [*self._further_lines(), *self._what_if_lines()]
        parts += [f"<p>{_html.text(line, 2000)}</p>" for line in lines]
        return "".join(parts)


def _list(name: str, values: str | Iterable[str] | None) -> list[str] | None:
    """One text is a list of one, not of its letters."""
    return None if values is None else strings(name, values)


def _size(size: int | tuple[int, int] | None) -> tuple[int, int]:
    """Least and most; 0 where nothing is said."""
    try:
        least, most = (
            (0, 0) if size is None else size if isinstance(size, (tuple, list)) else (size, size)
        )
        least, most = count("size", least), count("size", most)
    except (TypeError, ValueError) as error:
        raise InvalidArgument(
            f"size is {size!r}; give a number of members, or the least and the most: (3, 5)"
        ) from error
    if size is not None and (most == 0 or least > most):
        raise InvalidArgument(
            f"size is {size!r}; give at least 1 member, and the least before the most: (3, 5)"
        )
    return least, most


def _changes(what_if: Iterable[Mapping[str, Iterable[str]]]) -> list[dict[str, list[str] | None]]:
    if isinstance(what_if, Mapping):
        raise InvalidArgument('what_if is a list of changes: [{"forbid": ["id"]}, ...]')
    made: list[dict[str, list[str] | None]] = []
    for place, change in enumerate([] if what_if is None else several("what_if", what_if)):
        if not isinstance(change, Mapping):
            raise InvalidArgument(
                f"what_if[{place}] is {change!r}; give a change by name:"
                ' {"forbid": ["id"], "add": ["id"], "relax": ["kind of rule"]}'
            )
        made.append(
            {name: _list(f"what_if[{place}].{name}", values) for name, values in change.items()}
        )
    return made


_ARGUMENTS = {"size_least": "size", "size_most": "size"}
"""What the engine calls a field, by the name of its argument."""


class ConsortiumBuilder:
    """The part of a catalogue that puts consortia together."""

    _engine: _engine.Catalogue

    def build_consortium(
        self,
        call: str | None = None,
        *,
        fixed: Members = (),
        candidates: Members | None = None,
        text: str | None = None,
        language: str | None = None,
        themes: str | Iterable[str] | None = None,
        concepts: str | Iterable[str] | None = None,
        countries: str | Iterable[str] | None = None,
        kinds: str | Iterable[str] | None = None,
        forbidden: str | Iterable[str] | None = None,
        rules: Sequence[Mapping[str, Any]] | None = None,
        size: int | tuple[int, int] | None = None,
        answers: int = 1,
        different: int = 1,
        seconds: float = 10.0,
        nodes: int = 0,
        gap: float = 0.0,
        most_candidates: int = 200,
        tie_weight: float = 0.5,
        member_price: float = 0.25,
        explain: bool = True,
        what_if: Iterable[Mapping[str, Iterable[str]]] = (),
        documents: str | Iterable[str] | None = None,
        eu_share: float | str | None = None,
        on: Day = None,
        works: int = 3,
        as_told: bool = False,
        progress: Progress = None,
    ) -> ConsortiumAnswer:
        """The best consortia for a call, each member with its reasons, each plan checked against
        the rules once more; or the rules that leave no consortium.

        call: its id; without one ``rules`` alone count.
        fixed: members of every answer, as in :meth:`check_eligibility`; one in the role
            coordinator coordinates.
        candidates: look among these alone; None: those who take part in records on ``themes``
            (else the call's) or offer one, or that ``text`` (else its title) finds. Of either, those
            of ``countries`` and ``kinds``, and of these the ``most_candidates`` (1 to 5,000) most
            fitting.
        size: members, or least and most; None: as the rules say, and where they do not say how
            many at most, 8 or as many as they need.
        answers: different plans, 1 to 20, the best first (with a ``gap`` each is good enough by
            itself, and a later one may be worth more); of each, ``different`` members, 1 to 64, are
            not in one before it.
        seconds: 0 to 86,400, for the search, and as long again for all else; ``nodes`` ends it
            after as many teams, the same at any speed; ``gap`` when it is so near to the bound.
        tie_weight, member_price: what a tie of strength 1 is worth between two of fit 1, 0 to
            1,000,000; what each member must add, which may be as far below 0.
        what_if: changes to try: ``{"forbid": [id], "add": [id], "relax": [kind of rule]}``.
        progress: stage ``consortium`` has the value of the best so far and the bound, in
            thousandths, 0 for what is not known or below 0; ``reasons``, ``conflict`` and
            ``what-if`` have those of the searches behind an explanation. Ctrl-C leaves the best so
            far in the exception's ``answer``.

        Raises NotFound, Erased, and InvalidArgument with a violation for all that is wrong. To
        prove a best consortium can take longer than any limit: the time of a search grows with the
        number of candidates and of their ties, and ends by ``seconds``.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> cat.import_sample().quarantined
        0
        >>> answer = cat.build_consortium("call-long-term-unemployment-2024", size=(3, 4))
        >>> answer.status, len(answer.best) <= 4
        ('optimal', True)
        """
        among = None if candidates is None else member_list("candidates", candidates)
        if among == []:
            raise InvalidArgument("candidates is empty: name some, or None to look for them")
        least, most = _size(size)
        request = {
            "call": call,
            "fixed": member_list("fixed", fixed),
            "candidates": among,
            "text": text,
            "language": language,
            "themes": _list("themes", themes),
            "concepts": _list("concepts", concepts),
            "countries": _list("countries", countries),
            "kinds": _list("kinds", kinds),
            "forbidden": _list("forbidden", forbidden),
            "rules": rule_list(rules),
            "size_least": least,
            "size_most": most,
            "answers": count("answers", answers),
            "different": count("different", different),
            "seconds": seconds,
            "nodes": count("nodes", nodes),
            "gap": gap,
            "most_candidates": count("most_candidates", most_candidates),
            "tie_weight": tie_weight,
            "member_price": member_price,
            "explain": explain,
            "what_if": _changes(what_if),
            "documents": _list("documents", documents),
            "eu_share": eu_share,
            "on": day_text("on", on),
            "works": count("works", works),
            "as_told": as_told,
        }
        with reporting(progress) as callback:
            try:
                with naming(_ARGUMENTS):
                    told = self._engine.build_consortium(request_json(request), callback)
            except BaseException as stopped:
                found = getattr(stopped, "answer", None)
                if isinstance(found, str):
                    stopped.answer = ConsortiumAnswer(json.loads(found))  # type: ignore[attr-defined]
                raise
        return ConsortiumAnswer(json.loads(told))

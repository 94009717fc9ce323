"""The self-check quiz.

It reads like a quiz in the source; a question may name the objective it asks for, which readers do
not see::

    :::{quiz}
    1. (O-ORI-1) Which town fell first?

       - Gao: No, it fell on the day after Kidal.
       - (x) Kidal: Yes.
    :::
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook import module_map
from casebook.sphinxext.site.base import Directive, uses
from casebook.sphinxext.site.elements import Details, Summary, element

RIGHT = "(x)"


class Quiz(Directive):
    """Questions whose options unfold their explanation. For learning, not for marks."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the role or directive."""
        parsed = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, parsed)
        parts = [child for child in parsed.children if not isinstance(child, nodes.comment)]
        if len(parts) != 1 or not isinstance(parts[0], nodes.enumerated_list):
            raise self.error("A quiz is one numbered list of questions, and nothing else")
        questions = parts[0]
        quiz = nodes.container(classes=["cb-quiz"], is_div=True)
        listing = nodes.enumerated_list(classes=["cb-questions"])
        serial = self.env.new_serialno("quiz") + 1
        for number, question in enumerate(_elements(questions), 1):
            listing += self._question(question, place_of_question(number, serial))
        quiz += listing
        return [quiz]

    def _question(self, question: nodes.Element, place: str) -> nodes.Node:
        options = next(iter(question.findall(nodes.bullet_list)), None)
        self._take_objective(question)
        name = question.astext().split("\n")[0]
        if options is None or len(options) < 2:
            raise self.error(f"This question needs at least two options: {name}")
        item = nodes.list_item()
        item += [child for child in question.children if child is not options]
        folded = [self._option(option) for option in _elements(options)]
        right = sum("cb-right" in option["classes"] for option in folded)
        if right != 1:
            raise self.error(f"{right} options are marked {RIGHT}, not one: {name}")
        # Whoever comes to the options by keyboard is told which question they belong to.
        _elements(item)[0]["ids"].append(place)
        item += element("div", *folded, role="group", aria_labelledby=place)
        return item

    def _take_objective(self, question: nodes.Node) -> None:
        """Take the objective off the words of a question, after a look whether it exists."""
        first = next(iter(question.findall(nodes.Text)), None)
        if first is None or (named := module_map.OBJECTIVE.match(first.astext())) is None:
            return
        uses(self.env, "objective", named[1])
        if module_map.current(Path(self.env.srcdir)).page_of_objective(named[1]) is None:
            raise self.error(f"module.yml has no objective {named[1]}")
        first.parent.replace(first, nodes.Text(first.astext()[named.end() :]))

    def _option(self, option: nodes.Element) -> Details:
        if len(option) != 1:
            raise self.error(f"This option is not one paragraph: {option.astext()}")
        line, explanation = _split(option.children[0])
        if explanation is None:
            raise self.error(f"This option has no explanation after a colon: {option.astext()}")
        right = line and line[0].astext().startswith(RIGHT)
        if right:
            line[0] = nodes.Text(line[0].astext().removeprefix(RIGHT).lstrip())
        folded = Details(classes=["cb-option", "cb-right" if right else "cb-wrong"])
        head = Summary()
        head += line
        # A press on an option unfolds it; a date in it must not lead away instead.
        for date in list(head.findall(nodes.reference)):
            if "cb-event" in date["classes"]:
                date.replace_self(date.children)
        folded += head
        answer = nodes.paragraph(classes=["cb-explanation"])
        answer += nodes.strong("", "Yes. " if right else "No. ")
        answer += explanation
        folded += answer
        return folded


def place_of_question(number: int, quiz: int = 1) -> str:
    """Return the id of a question on its page."""
    return f"quiz-{quiz}-{number}"


def _elements(parent: nodes.Element) -> list[nodes.Element]:
    """Return what stands in a node, but text."""
    return [child for child in parent.children if isinstance(child, nodes.Element)]


def _split(paragraph: nodes.Node) -> tuple[list[nodes.Node], list[nodes.Node] | None]:
    """Split the inline nodes of a paragraph at the first ``: `` in plain text."""
    before: list[nodes.Node] = []
    for position, child in enumerate(paragraph.children):
        text = child.astext()
        if isinstance(child, nodes.Text) and ": " in text:
            head, tail = text.split(": ", 1)
            return [*before, nodes.Text(head)], [
                nodes.Text(tail),
                *paragraph.children[position + 1 :],
            ]
        before.append(child)
    return before, None


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("quiz", Quiz)

"""Where in the book events and actors have their place.

The two pages that list them have fixed names, as their addresses are permanent. A book without
them has no such links.
"""

from __future__ import annotations

from sphinx.environment import BuildEnvironment

from casebook.sphinxext.site.base import uses

CHRONOLOGY = "chapters/reference/chronology"
WHO_IS_WHO = "chapters/reference/who-is-who"


def anchor_of_event(event_id: str) -> str:
    """Return the id of an event's row in the chronology."""
    return f"event-{event_id}"


def anchor_of_actor(actor_id: str) -> str:
    """Return the id of an actor's row in who is who."""
    return f"actor-{actor_id}"


def address_of_event(env: BuildEnvironment, event_id: str) -> str:
    """Return the address of an event from the page that is read, empty if the book has none."""
    return _address(env, CHRONOLOGY, f"#{anchor_of_event(event_id)}")


def address_of_actor(env: BuildEnvironment, actor_id: str) -> str:
    """Return the address of an actor from the page that is read, empty if the book has none."""
    return _address(env, WHO_IS_WHO, f"#{anchor_of_actor(actor_id)}")


def address_of_events_with(env: BuildEnvironment, actor_id: str) -> str:
    """Return the address of the chronology filtered by an actor, empty if the book has none."""
    return _address(env, CHRONOLOGY, f"?actor={actor_id}")


def _address(env: BuildEnvironment, page: str, rest: str) -> str:
    uses(env, "address", page)
    if page not in env.found_docs:
        return ""
    if page == env.docname:
        return rest
    return env.app.builder.get_relative_uri(env.docname, page) + rest

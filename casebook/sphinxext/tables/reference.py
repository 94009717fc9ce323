"""What is generated from the data package: the page about the data, licences, the emblem."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from casebook import tables
from casebook.figures.maps import path
from casebook.prose import number
from casebook.sphinxext.site.base import Directive

FOLDER = "_downloads/data"


class DataReference(Directive):
    """One section a table: meaning, columns, units, sources, licence, known gaps, download."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the role or directive."""
        resources = [tables.resource(name) for name in all_names()]
        return [_index(resources), *map(_section, resources)]


def all_names() -> list[str]:
    """Return tables and map layers, in the order of the data package."""
    return [*tables.names(), *tables.geometry_names()]


def _index(resources: list[dict[str, Any]]) -> nodes.bullet_list:
    listing = nodes.bullet_list(classes=["cb-tables"])
    for resource in resources:
        line = nodes.paragraph()
        line += nodes.reference(
            "", resource["title"], internal=True, refid=_anchor(resource["name"])
        )
        listing += nodes.list_item("", line)
    return listing


def _anchor(name: str) -> str:
    return f"table-{name.replace('_', '-')}"


def _section(resource: dict[str, Any]) -> nodes.section:
    name = resource["name"]
    section = nodes.section(ids=[_anchor(name)], names=[f"table {name}"])
    section += nodes.title("", resource["title"])
    section += nodes.paragraph("", resource["description"])
    section += _facts(resource)
    if gaps := resource.get("known_gaps"):
        section += nodes.raw("", _gaps(gaps), format="html")
    if fields := resource.get("schema", {}).get("fields"):
        section += nodes.raw("", _columns(name, fields), format="html")
    return section


def _facts(resource: dict[str, Any]) -> nodes.field_list:
    file = resource["path"]
    rows = nodes.paragraph()
    rows += nodes.raw(
        "",
        f'<a href="casebook-data:{escape(file)}" download>{escape(file)}</a>',
        format="html",
    )
    if "schema" in resource:
        rows += nodes.Text(f", {number(len(tables.load(resource['name'])))} rows")
    facts = nodes.field_list()
    facts += _field("File", rows)
    facts += _field("Licence", nodes.paragraph("", "; ".join(_licences(resource))))
    sources = nodes.bullet_list()
    for source in resource.get("sources", []):
        sources += nodes.list_item("", _source(source))
    if len(sources):
        facts += _field("Sources", sources)
    return facts


def _licences(resource: dict[str, Any]) -> list[str]:
    return [licence.get("title") or licence["name"] for licence in resource.get("licenses", [])]


def _source(source: dict[str, Any]) -> nodes.paragraph:
    line = nodes.paragraph()
    text = source["title"] + (f", {source['version']}" if source.get("version") else "")
    url = source.get("path", "")
    if url.startswith("http"):
        line += nodes.reference("", text, refuri=url)
    else:
        line += nodes.Text(text)
    return line


def _field(name: str, body: nodes.Node) -> nodes.field:
    return nodes.field("", nodes.field_name("", name), nodes.field_body("", body))


def _gaps(gaps: list[str]) -> str:
    points = "".join(f"<li>{escape(gap)}</li>" for gap in gaps)
    count = "1 known gap or doubt" if len(gaps) == 1 else f"{len(gaps)} known gaps and doubts"
    return f'<details class="cb-gaps"><summary>{count}</summary><ul>{points}</ul></details>'


def _columns(name: str, fields: list[dict[str, Any]]) -> str:
    rows = "".join(
        f'<tr><th scope="row"><code>{escape(field["name"])}</code></th>'
        f"<td>{escape(field['type'])}</td><td>{escape(field.get('unit') or '–')}</td>"
        f"<td>{escape(field.get('description', ''))}</td></tr>"
        for field in fields
    )
    label = f"Columns of {name}"
    return (
        f"<details class='cb-columns'><summary>{len(fields)} columns</summary>"
        f'<div class="cb-table-scroll" role="region" tabindex="0" aria-label="{label}">'
        f'<table class="cb-table"><caption class="cb-visually-hidden">{label}</caption>'
        '<thead><tr><th scope="col">Column</th><th scope="col">Type</th>'
        '<th scope="col">Unit</th><th scope="col">Meaning</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


class Licences(Directive):
    """The licence of every table, as a list."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the role or directive."""
        listing = nodes.bullet_list()
        by_licence: dict[str, list[str]] = {}
        for name in all_names():
            resource = tables.resource(name)
            by_licence.setdefault("; ".join(_licences(resource)), []).append(resource["title"])
        for licence, titles in by_licence.items():
            line = nodes.paragraph()
            line += nodes.strong("", licence)
            line += nodes.Text(": " + "; ".join(titles) + ".")
            listing += nodes.list_item("", line)
        return [listing]


class Emblem(Directive):
    """The outline of Mali with the bend of the Niger, drawn from the map layers."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the role or directive."""
        return [nodes.raw("", emblem(), format="html")]


def emblem(step: int = 6) -> str:
    """Return the emblem as inline SVG.

    Parameters
    ----------
    step : int
        Every how many points of the outline are kept: it is a sign, not a map.
    """
    outline = path(tables.geometry("mali_outline")["features"])
    niger = path(f for f in tables.geometry("rivers")["features"] if f["id"] == "niger")
    west, north, width, height = -12.4, 25.2, 17.0, 15.4

    def trace(line: tuple[list[Any], list[Any]], every: int) -> str:
        parts, pen, run = [], "M", 0
        for x, y in zip(*line, strict=True):
            if x is None:
                pen, run = "M", 0
                continue
            if run % every == 0:
                parts.append(f"{pen}{x - west:.2f} {(north - y) * 1.046:.2f}")
                pen = "L"
            run += 1
        return "".join(parts)

    return (
        f'<svg class="cb-emblem" viewBox="0 0 {width} {height * 1.046:.2f}" aria-hidden="true" '
        'focusable="false"><clipPath id="cb-emblem-land">'
        f'<path d="{trace(outline, step)}Z"/></clipPath>'
        f'<path d="{trace(outline, step)}Z" fill="none" stroke="currentColor" '
        'stroke-width=".22" stroke-linejoin="round"/>'
        f'<path d="{trace(niger, 3)}" fill="none" stroke="currentColor" stroke-width=".3" '
        'stroke-linecap="round" stroke-linejoin="round" clip-path="url(#cb-emblem-land)"/></svg>'
    )


def _copy_tables(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    target = Path(app.outdir) / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    source = tables.folder()
    for name in all_names():
        shutil.copyfile(
            source / tables.resource(name)["path"], target / tables.resource(name)["path"]
        )
    shutil.copyfile(source / "datapackage.json", target / "datapackage.json")


def setup(app: Sphinx) -> None:
    """Register directives and the copy of the tables."""
    app.add_directive("data-reference", DataReference)
    app.add_directive("licences", Licences)
    app.add_directive("emblem", Emblem)
    app.connect("build-finished", _copy_tables)

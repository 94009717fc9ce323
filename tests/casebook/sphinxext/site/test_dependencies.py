"""What a page depends on: an edit of any of it reads the page anew."""

from pathlib import Path

from casebook.sphinxext.site.dependencies import shared_files

ROOT = Path(__file__).parents[4]


def relative(root: Path) -> set[str]:
    return {file.relative_to(root).as_posix() for file in shared_files(root)}


def test_tables_shapes_map_and_package_are_dependencies():
    files = relative(ROOT)
    assert {
        "module.yml",
        "data/control.csv",
        "data/datapackage.json",
        "data/region_boundaries.geojson",
        "casebook/facts/deaths.py",
        "casebook/exhibits/collapse_2012.py",
        "casebook/figures/maps.py",
        "casebook/sphinxext/roles/values.py",
    } <= files
    assert {f"data/{file.name}" for file in (ROOT / "data").glob("*.csv")} <= files
    assert {f"data/{file.name}" for file in (ROOT / "data").glob("*.geojson")} <= files


def test_what_no_page_reads_is_no_dependency():
    assert not {file for file in relative(ROOT) if file.endswith((".md", ".pyc"))}


def make_house(root: Path) -> Path:
    """Write the few files of a house that matter here."""
    names = ("module.yml", "data/a.csv", "casebook/a.py", "casebook/grading/b.py", "data/README.md")
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return root


def test_grading_is_no_dependency_of_a_page(tmp_path):
    assert relative(make_house(tmp_path)) == {"casebook/a.py", "data/a.csv", "module.yml"}


def test_house_may_stand_anywhere(tmp_path):
    for name in ("grading", "data", "casebook"):
        root = make_house(tmp_path / name / "house")
        assert relative(root) == {"casebook/a.py", "data/a.csv", "module.yml"}


def test_order_is_stable(tmp_path):
    files = shared_files(make_house(tmp_path))
    assert files == sorted(files)

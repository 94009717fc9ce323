"""Facts of the page on reading data, recomputed from the CSV files without pandas."""

import pytest

from casebook import facts
from casebook.facts import UnknownFact


@pytest.mark.parametrize("column", ["area_km2", "population_2009", "density_2009"])
def test_rank_counts_from_the_largest(rows, column):
    values = {row["region_id"]: float(row[column]) for row in rows("regions")}
    in_order = sorted(values, key=values.get, reverse=True)
    for region_id in values:
        assert facts.rank_of_region(region_id, column) == in_order.index(region_id) + 1


@pytest.mark.parametrize(
    ("region_id", "column", "hint"),
    [("ML-88", "area_km2", "near: ML-8"), ("ML-8", "area_km", "near: area_km2")],
)
def test_unknown_rank_is_refused_with_the_nearest_name(region_id, column, hint):
    with pytest.raises(UnknownFact, match=hint):
        facts.rank_of_region(region_id, column)

"""Charts: a DataFrame in, an SVG out, on light or on dark ground.

Each has a namesake in `reports.alternatives` (what is in it, in words) and in `reports.tables`
(its numbers). matplotlib is imported by the first chart that is drawn.
"""

from leerid_core.reports.charts.adoption import adoption
from leerid_core.reports.charts.bars import applications, by_share, groups
from leerid_core.reports.charts.days import per_day
from leerid_core.reports.charts.heat_map import heat_map
from leerid_core.reports.charts.last_sign_in import last_sign_in

__all__ = ["adoption", "applications", "by_share", "groups", "heat_map", "last_sign_in", "per_day"]

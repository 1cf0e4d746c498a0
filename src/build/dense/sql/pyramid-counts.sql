-- How many events a cell of each zoom holds, of each layer and status: day by day (by_day = 1) and over all days (0).
--
-- Standard SQL (SQL:2003): runs as it stands on DuckDB, Spark and Databricks, BigQuery, Snowflake, Postgres and Trino.
--   events(x, y, first_day, last_day, layer, statuses, context, dating)
--                           days counted from 1970-01-01 on the story's calendar, NULL for undated;
--                           the rest as src/dense/FORMAT.md has it of a kind
--   zooms(zoom, cell_size)  as in pyramid-cells.sql
-- gives
--   pyramid_counts(zoom, by_day, cell_x, cell_y, first_day, last_day, layer, statuses, context, dating, events)
-- The events are read once, for the finest cells; all others are sums of those.
CREATE TABLE pyramid_counts AS
WITH finest AS (
  SELECT
    e.x - MOD(e.x, s.cell_size) AS cell_x,
    e.y - MOD(e.y, s.cell_size) AS cell_y,
    e.first_day, e.last_day, e.layer, e.statuses, e.context, e.dating,
    COUNT(*) AS events
  FROM events e
  CROSS JOIN (SELECT MIN(cell_size) AS cell_size FROM zooms) s
  GROUP BY e.x - MOD(e.x, s.cell_size), e.y - MOD(e.y, s.cell_size), e.first_day, e.last_day, e.layer, e.statuses, e.context, e.dating
),
daily AS (
  SELECT
    z.zoom,
    f.cell_x - MOD(f.cell_x, z.cell_size) AS cell_x,
    f.cell_y - MOD(f.cell_y, z.cell_size) AS cell_y,
    f.first_day, f.last_day, f.layer, f.statuses, f.context, f.dating,
    SUM(f.events) AS events
  FROM finest f
  CROSS JOIN zooms z
  GROUP BY z.zoom, f.cell_x - MOD(f.cell_x, z.cell_size), f.cell_y - MOD(f.cell_y, z.cell_size),
    f.first_day, f.last_day, f.layer, f.statuses, f.context, f.dating
)
SELECT zoom, 1 AS by_day, cell_x, cell_y, first_day, last_day, layer, statuses, context, dating, CAST(events AS BIGINT) AS events
FROM daily
UNION ALL
SELECT zoom, 0 AS by_day, cell_x, cell_y, CAST(NULL AS INTEGER) AS first_day, CAST(NULL AS INTEGER) AS last_day,
  layer, statuses, context, dating, CAST(SUM(events) AS BIGINT) AS events
FROM daily
GROUP BY zoom, cell_x, cell_y, layer, statuses, context, dating;

-- Where the marks of a pyramid of counts stand: of every zoom, every cell with an event in it, at the middle of its points.
--
-- Standard SQL (SQL:2003): runs as it stands on DuckDB, Spark and Databricks, BigQuery, Snowflake, Postgres and Trino.
--   events(x, y, …)         x, y: whole units of 1/2^25 of the world in web mercator, x east, y south; NULL without a point
--   zooms(zoom, cell_size)  cell_size: 2^(23 - zoom) units
-- gives
--   pyramid_cells(zoom, cell_x, cell_y, x, y)   cell_x, cell_y: the cell's north-west corner
CREATE TABLE pyramid_cells AS
SELECT
  z.zoom,
  p.x - MOD(p.x, z.cell_size) AS cell_x,
  p.y - MOD(p.y, z.cell_size) AS cell_y,
  CAST(FLOOR(AVG(p.x)) AS INTEGER) AS x,
  CAST(FLOOR(AVG(p.y)) AS INTEGER) AS y
FROM (SELECT DISTINCT x, y FROM events WHERE x IS NOT NULL) p
CROSS JOIN zooms z
GROUP BY z.zoom, p.x - MOD(p.x, z.cell_size), p.y - MOD(p.y, z.cell_size);

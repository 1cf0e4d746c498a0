-- DuckDB. given → places, kinds, and sorted: the events in the story's order, by start, then end, then as
-- they were given, undated ones last. `rowid` of sorted is an event's position. No order rests on the number of threads.
-- Joins stay as they are written, the rows on the left: judged by guesses they are turned round, and all rows kept in memory.
SET disabled_optimizers = 'join_order,build_side_probe_side';

CREATE VIEW sound AS
SELECT
  g.n, g.id, g.title,
  CASE WHEN g.says = '' THEN g.title ELSE g.says END AS says,
  CASE WHEN g.who = '' THEN p.publisher ELSE g.who END AS speaker,
  g.source, g.place AS place_name, g.lng <> '' AS located,
  rounded(degrees_of(g.lng)) AS lng, rounded(degrees_of(g.lat)) AS lat,
  CASE WHEN g.precision = '' THEN 'city' ELSE g.precision END AS precision,
  CASE WHEN g.status = '' THEN 'reported' ELSE g.status END AS status,
  g.date, d.start_ms, d.end_ms, d.first_day, d.last_day,
  l.position AS layer, g.layer AS layer_id, s.bit AS statuses, CAST(g.collection = 'context' AS INTEGER) AS context,
  CASE WHEN d.about THEN 2 ELSE 0 END AS dating
FROM given g
JOIN layers l ON l.id = g.layer
JOIN publications p ON p.id = g.source
JOIN statuses s ON s.id = CASE WHEN g.status = '' THEN 'reported' ELSE g.status END
LEFT JOIN dates d ON d.written = g.date;

CREATE TABLE places AS
SELECT CAST(row_number() OVER (ORDER BY morton(x, y), name, lng, lat, precision) AS INTEGER) AS place, *
FROM (
  SELECT DISTINCT place_name AS name, lng, lat, precision, sheet_x(lng) AS x, sheet_y(lat) AS y
  FROM sound WHERE located
);

CREATE TABLE kinds AS
SELECT CAST(row_number() OVER (ORDER BY layer, statuses, context, dating) - 1 AS INTEGER) AS kind, *
FROM (SELECT DISTINCT layer, statuses, context, dating, layer_id, status FROM sound);

CREATE TABLE sorted AS
SELECT s.id, s.title, s.says, s.speaker, s.source, CASE WHEN s.located THEN '' ELSE s.place_name END AS place_detail,
  s.date, s.first_day, s.last_day, k.kind, coalesce(p.place, 0) AS place
FROM sound s
JOIN kinds k ON k.layer = s.layer AND k.statuses = s.statuses AND k.context = s.context AND k.dating = s.dating
LEFT JOIN places p ON p.name = s.place_name AND p.lng = s.lng AND p.lat = s.lat AND p.precision = s.precision
ORDER BY s.start_ms NULLS LAST, s.end_ms, s.n;

RESET disabled_optimizers;

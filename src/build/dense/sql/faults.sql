-- DuckDB. given → faults: rows that are set aside, with the first thing that is wrong with each. Of rows with one id the
-- first sound one stays.
CREATE TABLE faults AS
SELECT g.n, CASE
    WHEN NOT regexp_full_match(g.id, '[A-Za-z0-9_-]{1,64}') THEN 'id'
    WHEN t.id IS NOT NULL THEN 'taken'
    WHEN l.id IS NULL THEN 'layer'
    WHEN g.title = '' THEN 'title'
    WHEN p.id IS NULL THEN 'source'
    WHEN g.status <> '' AND s.id IS NULL THEN 'status'
    WHEN g.collection NOT IN ('', 'article', 'context') THEN 'collection'
    WHEN d.reason IS NOT NULL THEN 'date'
    WHEN d.far THEN 'far'
    WHEN (g.lng <> '' OR g.lat <> '') AND coalesce(NOT abs(degrees_of(g.lng)) <= 180, TRUE) THEN 'lng'
    WHEN (g.lng <> '' OR g.lat <> '') AND coalesce(NOT abs(degrees_of(g.lat)) <= 90, TRUE) THEN 'lat'
    WHEN g.lng <> '' AND g.place = '' THEN 'place'
    WHEN g.precision NOT IN ('', 'city', 'facility', 'region', 'country') THEN 'precision'
    WHEN g.lng <> '' AND g.precision = 'country' THEN 'country'
    WHEN lower(g.draft) NOT IN ('', 'false', 'no', '0') THEN 'draft'
    WHEN g.publishPrecision <> '' THEN 'publishPrecision'
  END AS fault
FROM given g
LEFT JOIN layers l ON l.id = g.layer
LEFT JOIN publications p ON p.id = g.source
LEFT JOIN statuses s ON s.id = g.status
LEFT JOIN taken t ON t.id = g.id
LEFT JOIN dates d ON d.written = g.date
WHERE fault IS NOT NULL;

INSERT INTO faults
WITH sound AS (SELECT g.n, g.id FROM given g ANTI JOIN faults f ON f.n = g.n),
twice AS (SELECT id, min(n) AS first FROM sound GROUP BY id HAVING count(*) > 1)
SELECT s.n, 'twice' FROM sound s JOIN twice t ON t.id = s.id WHERE s.n <> t.first;

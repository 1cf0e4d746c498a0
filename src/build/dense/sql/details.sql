-- DuckDB. sorted → told: each event as `thinEvent` of dense/details.ts writes it, with its place. Written piece by piece,
-- because a million objects made only to be written take longer than all else; test/dense/make.test.ts holds the two together.
CREATE VIEW place_files AS
SELECT place, name, 'p-' || left(sha256(concat_ws(chr(10), name, concat_ws(',', lng, lat), precision)), 16) AS id,
  concat('{"id":"p-', left(sha256(concat_ws(chr(10), name, concat_ws(',', lng, lat), precision)), 16), '","name":', json_text(name),
    CASE precision WHEN 'region' THEN ',"kind":"region"' WHEN 'facility' THEN ',"kind":"facility"' ELSE '' END,
    CASE precision WHEN 'city' THEN '' ELSE ',"precision":"' || precision || '"' END,
    ',"at":[', lng, ',', lat, ']}') AS file
FROM places;

-- Names beside it for the words that are looked for.
CREATE TABLE place_texts AS SELECT * FROM place_files ORDER BY place;

CREATE VIEW told AS
SELECT s.rowid AS position, s.id, concat_ws(' ', s.title, s.speaker, p.name) AS texts,
  concat('{"id":"', s.id, '"', CASE k.context WHEN 1 THEN ',"collection":"context"' ELSE '' END,
    ',"layer":', json_text(k.layer_id),
    CASE s.place_detail WHEN '' THEN '' ELSE ',"placeDetail":' || json_text(s.place_detail) END,
    ',"title":', json_text(s.title),
    ',"claims":[{"id":"', right(s.id || '-1', 64), '","says":', json_text(s.says), d.claim_json,
    ',"status":"', k.status, '","by":', json_text(s.speaker), ',"speaker":', json_text(s.speaker),
    ',"sources":[', json_text(s.source), ']}]', d.event_json,
    CASE s.place WHEN 0 THEN '' ELSE ',"place":' || p.file || ',"at":' || (s.place - 1) END, '}') AS file
FROM sorted s
JOIN kinds k ON k.kind = s.kind
LEFT JOIN dates d ON d.written = s.date
LEFT JOIN place_texts p ON p.place = s.place;

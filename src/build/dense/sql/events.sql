-- DuckDB. sorted, kinds and places → events, as the files pyramid-*.sql ask for them.
CREATE VIEW events AS
SELECT p.x, p.y, s.first_day, s.last_day, k.layer, k.statuses, k.context, k.dating
FROM sorted s
JOIN kinds k ON k.kind = s.kind
LEFT JOIN places p ON p.place = s.place;

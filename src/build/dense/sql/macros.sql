-- DuckDB. Small functions that the other files of this folder share; those of pyramid-*.sql alone need none.

-- A cell as it is kept: no space around it and nothing that cannot be seen, as `visible` of core/text.ts has it. Most are
-- so already, and one look tells.
CREATE MACRO cell(raw) AS
  CASE WHEN regexp_matches(raw, '^[\s\x{a0}]|[\s\x{a0}]$|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\x{200b}\x{2028}-\x{202e}\x{2060}-\x{2064}\x{2066}-\x{206f}\x{feff}\x{fff9}-\x{fffb}\x{fffe}\x{ffff}]')
    THEN trim(regexp_replace(raw, '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\x{200b}\x{2028}-\x{202e}\x{2060}-\x{2064}\x{2066}-\x{206f}\x{feff}\x{fff9}-\x{fffb}\x{fffe}\x{ffff}]', '', 'g'), ' ' || chr(9) || chr(10) || chr(13) || chr(160))
    ELSE coalesce(raw, '') END;

-- Degrees as they are written, or NULL for what is no number.
CREATE MACRO degrees_of(text) AS
  CASE WHEN regexp_full_match(text, '[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?') THEN TRY_CAST(text AS DOUBLE) END;

-- Published positions have five decimals, about a metre; halves go up, as Math.round has them.
CREATE MACRO rounded(degrees) AS floor(degrees * 100000 + 0.5) / 100000;

-- Web mercator in units of 1/2^25 of the world, as `project` of core/geo.ts and `toUnits` of dense/PointIndex.ts have it.
CREATE MACRO units(share) AS CAST(greatest(0, least(33554431, floor(share * 33554432))) AS INTEGER);
CREATE MACRO sheet_x(lng) AS units(lng / 360 + 0.5);
CREATE MACRO sine(lat) AS sin(greatest(-85.0511287798, least(85.0511287798, lat)) * (pi() / 180));
CREATE MACRO sheet_y(lat) AS units(0.5 - ln((1 + sine(lat)) / (1 - sine(lat))) / (4 * pi()));

-- A number of 25 bits with a zero before each bit; and the order of places in which a cell of any zoom is one run.
CREATE MACRO spread_16(v) AS (v | (v << 16)) & 281470681808895;
CREATE MACRO spread_8(v) AS (spread_16(v) | (spread_16(v) << 8)) & 71777214294589695;
CREATE MACRO spread_4(v) AS (spread_8(v) | (spread_8(v) << 4)) & 1085102592571150095;
CREATE MACRO spread_2(v) AS (spread_4(v) | (spread_4(v) << 2)) & 3689348814741910323;
CREATE MACRO spread(v) AS (spread_2(v) | (spread_2(v) << 1)) & 6148914691236517205;
CREATE MACRO morton(x, y) AS spread(CAST(x AS BIGINT)) | (spread(CAST(y AS BIGINT)) << 1);

CREATE MACRO json_text(value) AS CAST(to_json(value) AS VARCHAR);

-- One value of a CSV file (RFC 4180): in quotes, and disarmed where a spreadsheet would run it, as core/export.ts does.
-- Not by IN, which becomes a join and loses the order of rows, nor by a pattern, which takes longer.
CREATE MACRO is_armed(value) AS contains('=+-@＝＋－＠' || chr(9) || chr(10) || chr(13), left(value, 1));
CREATE MACRO csv_text(value) AS
  CASE WHEN value = '' THEN ''
    WHEN is_armed(value) OR contains(value, '"') THEN '"' || CASE WHEN is_armed(value) THEN '''' ELSE '' END || replace(value, '"', '""') || '"'
    ELSE '"' || value || '"' END;

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'wide = 1', 'wide = 0') WHERE name = 'record_wide';
PRAGMA schema_version = 99;

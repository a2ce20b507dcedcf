DROP TRIGGER record_no_update;
UPDATE record SET home = 'SGP-THA' WHERE position = 1;

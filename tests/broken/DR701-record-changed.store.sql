DROP TRIGGER record_no_update;
UPDATE record SET stream = 'theirs' WHERE position = 1;

DROP TRIGGER record_no_delete;
DROP TRIGGER subject_no_delete;
DROP TRIGGER head_no_delete;
DELETE FROM record WHERE position = 2;
DELETE FROM subject WHERE position = 2;
DELETE FROM head WHERE number = 2;

DROP TRIGGER head_no_delete;
DELETE FROM head WHERE number = 2;

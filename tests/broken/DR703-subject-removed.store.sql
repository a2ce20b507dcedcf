DROP TRIGGER subject_no_delete;
DELETE FROM subject WHERE position = 2 AND subject = 'IDN-THA';

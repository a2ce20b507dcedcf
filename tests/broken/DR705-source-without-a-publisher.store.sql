DROP TRIGGER reference_no_update;
UPDATE reference SET text = '{"id":"vna","title":"A report","kind":"agency"}' WHERE kind = 'source';

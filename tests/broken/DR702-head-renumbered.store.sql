DROP TRIGGER head_no_update;
UPDATE head SET number = 9 WHERE number = 2;

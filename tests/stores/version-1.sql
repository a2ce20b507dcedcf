BEGIN TRANSACTION;
CREATE TABLE head (
    number INTEGER PRIMARY KEY, position INTEGER NOT NULL, hash BLOB NOT NULL,
    reference INTEGER NOT NULL, reference_hash BLOB NOT NULL) STRICT;
INSERT INTO "head" VALUES(1,1,X'8B3E615E12DEDE4F0DABB1C48139FB6F5D63A04962F4BA572DBAEC324B04EB5C',2,X'11930403F0E0018A82AB0B6611EB2CEC23AB5B6CECDA660B04DBA89114EE813A');
INSERT INTO "head" VALUES(2,5,X'402CB6F058B27339BC68EB7C864153335F85CE8235167A50D22C92BA78D413B4',2,X'11930403F0E0018A82AB0B6611EB2CEC23AB5B6CECDA660B04DBA89114EE813A');
INSERT INTO "head" VALUES(3,6,X'2E9F76C1BCB54C04D67038F74C938D56B5CA0EED3B4D85685D5DBC5707931F35',2,X'11930403F0E0018A82AB0B6611EB2CEC23AB5B6CECDA660B04DBA89114EE813A');
INSERT INTO "head" VALUES(4,7,X'0DBBA58970A306A010EC6528512F3DD43AC0B87A03F97BE162932706EE8428F2',2,X'11930403F0E0018A82AB0B6611EB2CEC23AB5B6CECDA660B04DBA89114EE813A');
INSERT INTO "head" VALUES(5,9,X'F176694091C1A634AF9F0C130D35A0E003FA10EB8AFADC323CEFD14E4E90C3AF',2,X'11930403F0E0018A82AB0B6611EB2CEC23AB5B6CECDA660B04DBA89114EE813A');
CREATE TABLE record (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, line TEXT NOT NULL, id TEXT NOT NULL,
    type TEXT NOT NULL, place INTEGER, wide INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
INSERT INTO "record" VALUES(1,'mine','{"recorded":"2026-01-02T03:04:05Z","type":"ties-established","on":"1973-08-01","parties":["SGP","VNM"],"sources":[{"source":"vna"}]}','ties-established/SGP-VNM/1973-08-01','ties-established',792166242027831296,0,X'8B3E615E12DEDE4F0DABB1C48139FB6F5D63A04962F4BA572DBAEC324B04EB5C');
INSERT INTO "record" VALUES(2,'mine','{"recorded":"2026-01-02T03:04:05Z","type":"visit-made","on":"1978-10-16","visitor":"VNM","host":"SGP","sources":[{"source":"vna"}],"place":"Singapore"}','visit-made/VNM-SGP/1978-10-16','visit-made',794257513196290048,0,X'6FB4940CCD9A77D8EFB901A93389C869F310556A43424A4F8499EDC5AEDA4987');
INSERT INTO "record" VALUES(3,'mine','{"recorded":"2026-01-02T03:04:05Z","type":"agreement-signed","on":"1967-08-08","parties":["IDN","MYS","PHL"],"agreement":"declaration","sources":[{"source":"vna"}]}','agreement-signed/IDN-MYS-PHL/1967-08-08/declaration','agreement-signed',789763809121140736,0,X'FC4C7D09375B74F7747F0B0A786763BC25D9CCF77E58E3A1EF6D6E107453B254');
INSERT INTO "record" VALUES(4,'mine','{"recorded":"2026-01-02T03:04:05Z","type":"group-joined","on":"1995-07-28","party":"VNM","group":"ASEAN","sources":[{"source":"vna"}]}','group-joined/VNM-ASEAN/1995-07-28','group-joined',800996419910500352,0,X'BC709E319F4A603A1190E36AC04F65E7918A9A1FC8A5061640CC1EBC05CD142B');
INSERT INTO "record" VALUES(5,'mine','{"recorded":"2026-01-02T03:04:05Z","type":"figure-reported","on":"2024","parties":["VNM"],"indicator":"trade-turnover","value":"786.29","unit":"usd-billion","period":"2024","sources":[{"source":"vna"}]}','figure-reported/VNM/2024/trade-turnover.2024','figure-reported',812815070449893376,0,X'402CB6F058B27339BC68EB7C864153335F85CE8235167A50D22C92BA78D413B4');
INSERT INTO "record" VALUES(6,'theirs','{"recorded":"2026-01-02T03:04:05Z","type":"ties-established","on":"1973-08-01","parties":["SGP","VNM"],"sources":[{"source":"other"}],"place":"Hanoi"}','ties-established/SGP-VNM/1973-08-01','ties-established',792166242027831296,0,X'2E9F76C1BCB54C04D67038F74C938D56B5CA0EED3B4D85685D5DBC5707931F35');
INSERT INTO "record" VALUES(7,'mine','{"recorded":"2026-01-02T03:04:05Z","type":"level-upgraded","on":"2013-09-11","parties":["SGP","VNM"],"ladder":"VNM","level":"low","sources":[{"source":"vna"}]}','level-upgraded/SGP-VNM/2013-09-11/VNM','level-upgraded',808275186917834752,0,X'0DBBA58970A306A010EC6528512F3DD43AC0B87A03F97BE162932706EE8428F2');
INSERT INTO "record" VALUES(8,'mine','{"recorded":"2026-01-02T03:04:05Z","type":"event-retracted","target":"level-upgraded/SGP-VNM/2013-09-11/VNM","reason":"a slip: «strategisch» ≠ it","sources":[{"source":"vna"}]}','event-retracted/level-upgraded/SGP-VNM/2013-09-11/VNM','event-retracted',NULL,1,X'1E53BAD38EAC334911D64BABF626531B46CB8091444C69C6B7144FCD89683AE9');
INSERT INTO "record" VALUES(9,'mine','{"recorded":"2026-01-02T03:04:05Z","type":"party-succeeded","on":"1976-07-02","predecessor":"VDR","successor":"VNM","kind":"continuation","dyads":["CHN"],"tracks":["ties"],"sources":[{"source":"vna"}]}','party-succeeded/VDR-VNM/1976-07-02/CHN','party-succeeded',793338321412554752,1,X'F176694091C1A634AF9F0C130D35A0E003FA10EB8AFADC323CEFD14E4E90C3AF');
CREATE TABLE reference (
    number INTEGER PRIMARY KEY, after INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    withdrawn INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
INSERT INTO "reference" VALUES(1,0,'source','{"id":"vna","title":"A report","publisher":"VNA","kind":"agency"}',0,X'3737B50AC73B17A55A09FF7CB2602E06EBE1B49A208DC7DF4EFCE3D0628CFFB9');
INSERT INTO "reference" VALUES(2,0,'ladder','{"party":"VNM","levels":[{"id":"low","rank":1},{"id":"high","rank":2}]}',0,X'11930403F0E0018A82AB0B6611EB2CEC23AB5B6CECDA660B04DBA89114EE813A');
CREATE TABLE subject (
    subject TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (subject, position)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "subject" VALUES('ASEAN',4);
INSERT INTO "subject" VALUES('ASEAN-VNM',4);
INSERT INTO "subject" VALUES('CHN-VDR',9);
INSERT INTO "subject" VALUES('CHN-VNM',9);
INSERT INTO "subject" VALUES('IDN-MYS',3);
INSERT INTO "subject" VALUES('IDN-PHL',3);
INSERT INTO "subject" VALUES('MYS-PHL',3);
INSERT INTO "subject" VALUES('SGP-VNM',1);
INSERT INTO "subject" VALUES('SGP-VNM',2);
INSERT INTO "subject" VALUES('SGP-VNM',6);
INSERT INTO "subject" VALUES('SGP-VNM',7);
INSERT INTO "subject" VALUES('SGP-VNM',8);
INSERT INTO "subject" VALUES('VDR',9);
INSERT INTO "subject" VALUES('VDR-VNM',9);
INSERT INTO "subject" VALUES('VNM',5);
INSERT INTO "subject" VALUES('VNM',9);
CREATE INDEX record_of_id ON record (stream, id);
CREATE INDEX record_wide ON record (position) WHERE wide = 1;
CREATE TRIGGER record_no_update BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'a store is append-only: no UPDATE'); END;
CREATE TRIGGER record_no_delete BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'a store is append-only: no DELETE'); END;
CREATE TRIGGER subject_no_update BEFORE UPDATE ON subject BEGIN SELECT RAISE(ABORT, 'a store is append-only: no UPDATE'); END;
CREATE TRIGGER subject_no_delete BEFORE DELETE ON subject BEGIN SELECT RAISE(ABORT, 'a store is append-only: no DELETE'); END;
CREATE TRIGGER reference_no_update BEFORE UPDATE ON reference BEGIN SELECT RAISE(ABORT, 'a store is append-only: no UPDATE'); END;
CREATE TRIGGER reference_no_delete BEFORE DELETE ON reference BEGIN SELECT RAISE(ABORT, 'a store is append-only: no DELETE'); END;
CREATE TRIGGER head_no_update BEFORE UPDATE ON head BEGIN SELECT RAISE(ABORT, 'a store is append-only: no UPDATE'); END;
CREATE TRIGGER head_no_delete BEFORE DELETE ON head BEGIN SELECT RAISE(ABORT, 'a store is append-only: no DELETE'); END;
CREATE TRIGGER record_at_the_end BEFORE INSERT ON record WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM record) BEGIN SELECT RAISE(ABORT, 'a store is append-only: rows come at the end'); END;
CREATE TRIGGER reference_at_the_end BEFORE INSERT ON reference WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM reference) BEGIN SELECT RAISE(ABORT, 'a store is append-only: rows come at the end'); END;
CREATE TRIGGER head_at_the_end BEFORE INSERT ON head WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM head) BEGIN SELECT RAISE(ABORT, 'a store is append-only: rows come at the end'); END;
CREATE TRIGGER subject_once BEFORE INSERT ON subject WHEN EXISTS (SELECT 1 FROM subject WHERE subject = NEW.subject AND position = NEW.position) BEGIN SELECT RAISE(ABORT, 'a store is append-only: no REPLACE'); END;
COMMIT;

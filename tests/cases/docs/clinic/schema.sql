-- What snapshot.json beside this was made of: a schema with something of every kind that the pages tell of
-- (tests/pg/docs.sh makes it again).
CREATE ROLE clinic_doctor;
CREATE ROLE clinic_nurse;
CREATE SCHEMA clinic;
COMMENT ON SCHEMA clinic IS 'Patients, visits and who may see them';
GRANT USAGE ON SCHEMA clinic TO clinic_doctor, clinic_nurse;
CREATE EXTENSION citext WITH SCHEMA public;
CREATE TYPE clinic.severity AS ENUM ('low', 'high', 'critical');
COMMENT ON TYPE clinic.severity IS 'How bad it is';
CREATE DOMAIN clinic.dose AS numeric(6,2) NOT NULL DEFAULT 1 CONSTRAINT positive CHECK (VALUE > 0);
CREATE TYPE clinic.address AS (street text, city text);
COMMENT ON COLUMN clinic.address.city IS 'as on the envelope';
CREATE TYPE clinic.dose_range AS RANGE (subtype = numeric);
CREATE COLLATION clinic.plain (provider = libc, locale = 'C');
CREATE SEQUENCE clinic.ticket START 100 INCREMENT 5 CYCLE MAXVALUE 999;
CREATE TABLE clinic.patients (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE clinic.plain NOT NULL,
    email public.citext UNIQUE,
    home clinic.address,
    worst clinic.severity,
    born date NOT NULL,
    label text GENERATED ALWAYS AS (name || '!') STORED,
    CHECK (born > '1900-01-01')
);
COMMENT ON TABLE clinic.patients IS E'One row a person.\nNever delete any: see the *law*.';
COMMENT ON COLUMN clinic.patients.email IS 'unique, whatever the case | and NULL if unknown';
CREATE INDEX patients_lower ON clinic.patients USING btree (lower(name), born) WHERE born > '1990-01-01';
COMMENT ON INDEX clinic.patients_lower IS 'for the search';
CREATE TABLE clinic.doctors (id uuid PRIMARY KEY, chief uuid REFERENCES clinic.doctors ON DELETE SET NULL, name text DEFAULT 'N.N.');
CREATE TABLE clinic.visits (
    patient bigint NOT NULL REFERENCES clinic.patients ON UPDATE CASCADE ON DELETE CASCADE,
    at timestamptz NOT NULL,
    doctor uuid REFERENCES clinic.doctors,
    severity clinic.severity NOT NULL DEFAULT 'low',
    PRIMARY KEY (patient, at)
) PARTITION BY RANGE (at);
CREATE TABLE clinic.visits_2025 PARTITION OF clinic.visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE clinic.doses (
    patient bigint, at timestamptz, amount clinic.dose, given clinic.dose_range,
    UNIQUE (patient, at),
    FOREIGN KEY (patient, at) REFERENCES clinic.visits (patient, at) DEFERRABLE
);
CREATE TABLE clinic.files (patient bigint PRIMARY KEY REFERENCES clinic.patients, body bytea) WITH (fillfactor = 70);
CREATE TABLE clinic.old_files (reason text) INHERITS (clinic.files);
CREATE UNLOGGED TABLE clinic.cache (key text);
CREATE STATISTICS clinic.by_day (dependencies) ON doctor, severity FROM clinic.visits;
CREATE VIEW clinic.grave AS SELECT v.patient, v.at, p.name AS who, count(*) OVER () AS n
    FROM clinic.visits v JOIN clinic.patients p ON p.id = v.patient WHERE v.severity <> 'low';
COMMENT ON VIEW clinic.grave IS 'Who needs somebody now';
CREATE MATERIALIZED VIEW clinic.counts AS SELECT patient, (SELECT count(*) FROM clinic.doses) AS doses FROM clinic.grave GROUP BY patient;
CREATE UNIQUE INDEX counts_patient ON clinic.counts (patient);
CREATE FUNCTION clinic.stamp() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
begin
  new.at := coalesce(new.at, now()); -- ```
  return new;
end $$;
REVOKE EXECUTE ON FUNCTION clinic.stamp() FROM public;
CREATE FUNCTION clinic.age(born date) RETURNS int LANGUAGE sql STABLE STRICT PARALLEL SAFE AS 'select extract(year from age(born))::int';
CREATE FUNCTION clinic.age(patient bigint) RETURNS int LANGUAGE sql STABLE AS 'select clinic.age(born) from clinic.patients where id = patient';
CREATE PROCEDURE clinic.tidy() LANGUAGE sql AS 'delete from clinic.cache';
CREATE AGGREGATE clinic.total (numeric) (sfunc = numeric_add, stype = numeric, initcond = '0');
CREATE TRIGGER stamp_visits BEFORE INSERT ON clinic.visits FOR EACH ROW EXECUTE FUNCTION clinic.stamp();
ALTER TABLE clinic.doctors DISABLE TRIGGER ALL;
CREATE RULE keep_cache AS ON DELETE TO clinic.cache DO INSTEAD NOTHING;
ALTER TABLE clinic.patients ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinic.patients FORCE ROW LEVEL SECURITY;
ALTER TABLE clinic.files ENABLE ROW LEVEL SECURITY;
CREATE POLICY anyone_open ON clinic.patients FOR SELECT USING (worst IS NULL);
CREATE POLICY doctors_all ON clinic.patients TO clinic_doctor USING (true) WITH CHECK (name <> '');
CREATE POLICY office_hours ON clinic.patients AS RESTRICTIVE TO clinic_nurse, clinic_doctor USING (extract(hour from now()) > 7);
CREATE POLICY nurses_add ON clinic.patients FOR INSERT TO clinic_nurse WITH CHECK (true);
COMMENT ON POLICY doctors_all ON clinic.patients IS 'they need to';
CREATE POLICY idle ON clinic.doctors USING (true);
GRANT SELECT, INSERT ON clinic.patients TO clinic_doctor WITH GRANT OPTION;
GRANT SELECT (id, name) ON clinic.patients TO clinic_nurse;
GRANT SELECT ON clinic.grave TO clinic_nurse;
ALTER DEFAULT PRIVILEGES IN SCHEMA clinic GRANT SELECT ON TABLES TO clinic_doctor;
CREATE PUBLICATION news FOR TABLE clinic.patients (id, name) WHERE (id > 0);
CREATE FUNCTION clinic.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'begin end';
CREATE EVENT TRIGGER watch_ddl ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION clinic.watch();
CREATE FOREIGN DATA WRAPPER paper;
CREATE SERVER archive FOREIGN DATA WRAPPER paper OPTIONS (host 'cellar');
CREATE FOREIGN TABLE clinic.archive (id bigint NOT NULL, text text) SERVER archive OPTIONS (shelf '7');
CREATE CAST (clinic.address AS text) WITH INOUT;
CREATE TEXT SEARCH CONFIGURATION clinic.german (COPY = pg_catalog.german);
CREATE OPERATOR clinic.=== (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = int8eq);
CREATE SCHEMA billing;
CREATE TABLE billing.bills (id serial PRIMARY KEY, patient bigint REFERENCES clinic.patients, CONSTRAINT "two words" UNIQUE (id, patient));

-- The safety net: what this suite does not know of the catalogs. "known" names every column of every catalog
-- of versions 13 to 18, each of which is read by another file here or is no schema. Any other contributes:
-- of a column that came later, the objects whose value is not that of half of its catalog or more; of a
-- catalog that came later, every row. A value is told by its hash alone.
with known (catalog, columns) as (values
        ('pg_aggregate', 'aggcombinefn aggdeserialfn aggfinalextra aggfinalfn aggfinalmodify aggfnoid agginitval aggkind
          aggmfinalextra aggmfinalfn aggmfinalmodify aggminitval aggminvtransfn aggmtransfn aggmtransspace
          aggmtranstype aggnumdirectargs aggserialfn aggsortop aggtransfn aggtransspace aggtranstype'),
        ('pg_am', 'amhandler amname amtype oid'),
        ('pg_amop', 'amopfamily amoplefttype amopmethod amopopr amoppurpose amoprighttype amopsortfamily amopstrategy oid'),
        ('pg_amproc', 'amproc amprocfamily amproclefttype amprocnum amprocrighttype oid'),
        ('pg_attrdef', 'adbin adnum adrelid oid'),
        ('pg_attribute', 'attacl attalign attbyval attcacheoff attcollation attcompression attfdwoptions attgenerated atthasdef
          atthasmissing attidentity attinhcount attisdropped attislocal attlen attmissingval attname attndims
          attnotnull attnum attoptions attrelid attstattarget attstorage atttypid atttypmod'),
        ('pg_auth_members', 'admin_option grantor inherit_option member oid roleid set_option'),
        ('pg_authid', 'oid rolbypassrls rolcanlogin rolconnlimit rolcreatedb rolcreaterole rolinherit rolname rolpassword
          rolreplication rolsuper rolvaliduntil'),
        ('pg_cast', 'castcontext castfunc castmethod castsource casttarget oid'),
        ('pg_class', 'oid relacl relallfrozen relallvisible relam relchecks relfilenode relforcerowsecurity relfrozenxid
          relhasindex relhasrules relhassubclass relhastriggers relispartition relispopulated relisshared relkind
          relminmxid relname relnamespace relnatts reloftype reloptions relowner relpages relpartbound
          relpersistence relreplident relrewrite relrowsecurity reltablespace reltoastrelid reltuples reltype'),
        ('pg_collation', 'collcollate collctype collencoding colliculocale collicurules collisdeterministic colllocale collname
          collnamespace collowner collprovider collversion oid'),
        ('pg_constraint', 'conbin condeferrable condeferred conenforced conexclop confdelsetcols confdeltype conffeqop confkey
          confmatchtype confrelid confupdtype conindid coninhcount conislocal conkey conname connamespace
          connoinherit conparentid conperiod conpfeqop conppeqop conrelid contype contypid convalidated oid'),
        ('pg_conversion', 'condefault conforencoding conname connamespace conowner conproc contoencoding oid'),
        ('pg_database', 'datacl datallowconn datcollate datcollversion datconnlimit datctype datdba datfrozenxid dathasloginevt
          daticulocale daticurules datistemplate datlastsysoid datlocale datlocprovider datminmxid datname
          dattablespace encoding oid'),
        ('pg_db_role_setting', 'setconfig setdatabase setrole'),
        ('pg_default_acl', 'defaclacl defaclnamespace defaclobjtype defaclrole oid'),
        ('pg_depend', 'classid deptype objid objsubid refclassid refobjid refobjsubid'),
        ('pg_description', 'classoid description objoid objsubid'),
        ('pg_enum', 'enumlabel enumsortorder enumtypid oid'),
        ('pg_event_trigger', 'evtenabled evtevent evtfoid evtname evtowner evttags oid'),
        ('pg_extension', 'extcondition extconfig extname extnamespace extowner extrelocatable extversion oid'),
        ('pg_foreign_data_wrapper', 'fdwacl fdwhandler fdwname fdwoptions fdwowner fdwvalidator oid'),
        ('pg_foreign_server', 'oid srvacl srvfdw srvname srvoptions srvowner srvtype srvversion'),
        ('pg_foreign_table', 'ftoptions ftrelid ftserver'),
        ('pg_index', 'indcheckxmin indclass indcollation indexprs indexrelid indimmediate indisclustered indisexclusion
          indislive indisprimary indisready indisreplident indisunique indisvalid indkey indnatts indnkeyatts
          indnullsnotdistinct indoption indpred indrelid'),
        ('pg_inherits', 'inhdetachpending inhparent inhrelid inhseqno'),
        ('pg_init_privs', 'classoid initprivs objoid objsubid privtype'),
        ('pg_language', 'lanacl laninline lanispl lanname lanowner lanplcallfoid lanpltrusted lanvalidator oid'),
        ('pg_largeobject', 'data loid pageno'),
        ('pg_largeobject_metadata', 'lomacl lomowner oid'),
        ('pg_namespace', 'nspacl nspname nspowner oid'),
        ('pg_opclass', 'oid opcdefault opcfamily opcintype opckeytype opcmethod opcname opcnamespace opcowner'),
        ('pg_operator', 'oid oprcanhash oprcanmerge oprcode oprcom oprjoin oprkind oprleft oprname oprnamespace oprnegate oprowner
          oprrest oprresult oprright'),
        ('pg_opfamily', 'oid opfmethod opfname opfnamespace opfowner'),
        ('pg_parameter_acl', 'oid paracl parname'),
        ('pg_partitioned_table', 'partattrs partclass partcollation partdefid partexprs partnatts partrelid partstrat'),
        ('pg_policy', 'oid polcmd polname polpermissive polqual polrelid polroles polwithcheck'),
        ('pg_proc', 'oid proacl proallargtypes proargdefaults proargmodes proargnames proargtypes probin proconfig procost
          proisstrict prokind prolang proleakproof proname pronamespace pronargdefaults pronargs proowner
          proparallel proretset prorettype prorows prosecdef prosqlbody prosrc prosupport protrftypes provariadic
          provolatile'),
        ('pg_publication', 'oid puballtables pubdelete pubgencols pubinsert pubname pubowner pubtruncate pubupdate pubviaroot'),
        ('pg_publication_namespace', 'oid pnnspid pnpubid'),
        ('pg_publication_rel', 'oid prattrs prpubid prqual prrelid'),
        ('pg_range', 'rngcanonical rngcollation rngmultitypid rngsubdiff rngsubopc rngsubtype rngtypid'),
        ('pg_replication_origin', 'roident roname'),
        ('pg_rewrite', 'ev_action ev_class ev_enabled ev_qual ev_type is_instead oid rulename'),
        ('pg_seclabel', 'classoid label objoid objsubid provider'),
        ('pg_sequence', 'seqcache seqcycle seqincrement seqmax seqmin seqrelid seqstart seqtypid'),
        ('pg_shdepend', 'classid dbid deptype objid objsubid refclassid refobjid'),
        ('pg_shdescription', 'classoid description objoid'),
        ('pg_shseclabel', 'classoid label objoid provider'),
        ('pg_statistic', 'staattnum stacoll1 stacoll2 stacoll3 stacoll4 stacoll5 stadistinct stainherit stakind1 stakind2 stakind3
          stakind4 stakind5 stanullfrac stanumbers1 stanumbers2 stanumbers3 stanumbers4 stanumbers5 staop1 staop2
          staop3 staop4 staop5 starelid stavalues1 stavalues2 stavalues3 stavalues4 stavalues5 stawidth'),
        ('pg_statistic_ext', 'oid stxexprs stxkeys stxkind stxname stxnamespace stxowner stxrelid stxstattarget'),
        ('pg_statistic_ext_data', 'stxddependencies stxdexpr stxdinherit stxdmcv stxdndistinct stxoid'),
        ('pg_subscription', 'oid subbinary subconninfo subdbid subdisableonerr subenabled subfailover subname suborigin subowner
          subpasswordrequired subpublications subrunasowner subskiplsn subslotname substream subsynccommit
          subtwophasestate'),
        ('pg_subscription_rel', 'srrelid srsubid srsublsn srsubstate'),
        ('pg_tablespace', 'oid spcacl spcname spcoptions spcowner'),
        ('pg_transform', 'oid trffromsql trflang trftosql trftype'),
        ('pg_trigger', 'oid tgargs tgattr tgconstraint tgconstrindid tgconstrrelid tgdeferrable tgenabled tgfoid tginitdeferred
          tgisinternal tgname tgnargs tgnewtable tgoldtable tgparentid tgqual tgrelid tgtype'),
        ('pg_ts_config', 'cfgname cfgnamespace cfgowner cfgparser oid'),
        ('pg_ts_config_map', 'mapcfg mapdict mapseqno maptokentype'),
        ('pg_ts_dict', 'dictinitoption dictname dictnamespace dictowner dicttemplate oid'),
        ('pg_ts_parser', 'oid prsend prsheadline prslextype prsname prsnamespace prsstart prstoken'),
        ('pg_ts_template', 'oid tmplinit tmpllexize tmplname tmplnamespace'),
        ('pg_type', 'oid typacl typalign typanalyze typarray typbasetype typbyval typcategory typcollation typdefault
          typdefaultbin typdelim typelem typinput typisdefined typispreferred typlen typmodin typmodout typname
          typnamespace typndims typnotnull typoutput typowner typreceive typrelid typsend typstorage typsubscript
          typtype typtypmod'),
        ('pg_user_mapping', 'oid umoptions umserver umuser')
), new as (
    select c.oid, c.relname,
           pg_catalog.string_agg(pg_catalog.format('x.%I', a.attname), ', ' order by a.attname) as columns,
           pg_catalog.bool_and(k.catalog is null) as whole,
           (select pg_catalog.string_agg(pg_catalog.format('x.%I::text', f.attname), ' || '','' || ')
            from pg_catalog.pg_attribute f
            where f.attrelid = c.oid and f.attnum in (1, 2) and not f.attisdropped) as key,
           exists (select
                   from pg_catalog.pg_attribute o
                   where o.attrelid = c.oid and o.attname = 'oid' and not o.attisdropped) as has_oid
    from (select c.oid, c.relname
          from pg_catalog.pg_class c
          where c.relnamespace = 11 and c.relkind = 'r'
          offset 0) c
    cross join lateral (select a.attname
                        from pg_catalog.pg_attribute a
                        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                        offset 0) a
    left join known k on k.catalog = c.relname
    where pg_catalog.has_table_privilege(c.oid, 'select')
      and (k.catalog is null
           or pg_catalog.strpos(' ' || pg_catalog.replace(k.columns, E'\n', ' ') || ' ', ' ' || a.attname || ' ') = 0)
    group by c.oid, c.relname
), told as (
    select n.relname::text as catalog, t.fact
    from new n
    cross join lateral (
        select pg_catalog.substring(pg_catalog.query_to_xml(pg_catalog.format(
                   'select pg_catalog.encode(pg_catalog.convert_to(
                               pg_catalog.json_agg(pg_catalog.json_build_array(t.object, pg_catalog.md5(t.value)))::text, ''UTF8''), ''hex'') as t
                    from (select x.object, x.value, count(*) over (partition by x.value) as shared,
                                 count(*) over () as rows
                          from (select %s as object, (%s)::text as value from pg_catalog.%I x) x) t
                    where ' || case when n.whole then 'true' else 't.shared * 2 <= t.rows' end,
                   case when n.whole or not n.has_oid then n.key
                        else pg_catalog.format('(select i.type || '' '' || i.identity from pg_catalog.pg_identify_object(%s, x.oid, 0) i)',
                                               n.oid) end,
                   case when n.whole then 'x' else 'row(' || n.columns || ')' end,
                   n.relname), false, true, '')::text, '<t>(.*)</t>') as hex
        offset 0) q
    cross join lateral pg_catalog.json_array_elements(
        coalesce(pg_catalog.convert_from(pg_catalog.decode(q.hex, 'hex'), 'UTF8'), '[]')::json) t (fact)
)
select t.catalog || ' ' || (t.fact ->> 0) as id,
       t.catalog,
       t.fact ->> 0 as object,
       t.fact ->> 1 as hash
from told t
order by t.catalog || ' ' || (t.fact ->> 0) collate "C"

#include "sql/layout.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/text.h"
#include "json/jx.h"
#include "sql/declared.h"
#include "sql/walk.h"

static const char *const form_names[] = {
    [LAYOUT_ONE_FILE] = "one file",       [LAYOUT_PLAIN] = "plain",
    [LAYOUT_NUMBERED] = "numbered",       [LAYOUT_SUPABASE] = "supabase",
    [LAYOUT_DECLARATIVE] = "declarative", [LAYOUT_PRISMA] = "prisma",
    [LAYOUT_DIESEL] = "diesel",           [LAYOUT_UP_DOWN] = "up and down",
    [LAYOUT_FLYWAY] = "flyway",           [LAYOUT_DRIZZLE] = "drizzle",
};
static_assert(sizeof form_names / sizeof *form_names == LAYOUT_FORM_COUNT, "a name for each form");

static const char journal[] = "meta/_journal.json";

const char *layout_form_name(LayoutForm form)
{
    return form_names[form];
}

/* ---- what a name says ---- */

/* Behind the version of "V1_2__name.sql", NULL when the name is not of that form. */
static const char *flyway_version(const char *name, char kind)
{
    const char *at = name + 1;

    if (name[0] != kind || !isdigit((unsigned char)*at))
        return NULL;
    while (isdigit((unsigned char)*at) ||
           ((*at == '.' || *at == '_') && isdigit((unsigned char)at[1])))
        at++;
    return strncmp(at, "__", 2) == 0 || (*at == '.' && !strchr(at + 1, '.')) ? at : NULL;
}

static bool is_repeatable(const char *name)
{
    return strncmp(name, "R__", 3) == 0;
}

static bool is_flyway(const char *name)
{
    return is_repeatable(name) || flyway_version(name, 'V') || flyway_version(name, 'B');
}

static bool only_undoes(const char *name)
{
    return walk_has_end(name, ".down.sql") || walk_has_end(name, "_down.sql") ||
           strcmp(name, "down.sql") == 0 || (flyway_version(name, 'U') && strstr(name, "__"));
}

static bool is_supabase_name(const char *name)
{
    size_t digits = strspn(name, "0123456789");

    return digits && name[digits] == '_';
}

/* Whether a path, as it is given or as it really is, ends in "/" and these two folders. */
static bool is_in(const char *path, const char *end)
{
    char *real = realpath(path, NULL);
    size_t length = strlen(path);
    bool is = (real && walk_has_end(real, end)) || walk_has_end(path, end) ||
              (length + 1 == strlen(end) && strcmp(path, end + 1) == 0);

    free(real);
    return is;
}

/* ---- the order of names ---- */

/* The leading date of diesel and rails with dashes: "2017-08-31-230457_x" is 20170831230457. */
static size_t dated(const char *name, char digits[15])
{
    static const char form[] = "dddd-dd-dd-dddddd";
    size_t used = 0;

    for (size_t i = 0; form[i]; i++) {
        if (form[i] == 'd' ? !isdigit((unsigned char)name[i]) : name[i] != form[i])
            return 0;
        if (form[i] == 'd')
            digits[used++] = name[i];
    }
    digits[used] = '\0';
    return sizeof form - 1;
}

/* Digits as a number of any length, anything else as bytes. */
static int compare_versions(const char *a, const char *b)
{
    const char *x = a;
    const char *y = b;

    while (*x && *y) {
        if (isdigit((unsigned char)*x) && isdigit((unsigned char)*y)) {
            size_t m = 0;
            size_t n = 0;
            int order;

            while (*x == '0')
                x++;
            while (*y == '0')
                y++;
            while (isdigit((unsigned char)x[m]))
                m++;
            while (isdigit((unsigned char)y[n]))
                n++;
            if (m != n)
                return m < n ? -1 : 1;
            order = strncmp(x, y, m);
            if (order)
                return order;
            x += m;
            y += n;
        } else if (*x != *y) {
            /* "1.sql" before "1.1.sql" and "1_a.sql": a name that goes on comes later. */
            return (unsigned char)*x < (unsigned char)*y ? -1 : 1;
        } else {
            x++;
            y++;
        }
    }
    return *x ? 1 : *y ? -1 : strcmp(a, b);
}

static int compare_dated(const char *a, const char *b)
{
    char x[15];
    char y[15];
    size_t m;
    size_t n;
    int order;

    m = dated(a, x);
    n = dated(b, y);
    if (!m && !n)
        return compare_versions(a, b);
    if (!m) {
        m = strspn(a, "0123456789");
        snprintf(x, sizeof x, "%.*s", (int)(m < 14 ? m : 14), a);
    }
    if (!n) {
        n = strspn(b, "0123456789");
        snprintf(y, sizeof y, "%.*s", (int)(n < 14 ? n : 14), b);
    }
    order = compare_versions(x, y);
    return order ? order : compare_versions(a + m, b + n);
}

/* Flyway's: piece by piece, whether the pieces are parted by dots or underlines. */
static int compare_flyway_versions(const char *a, const char *b)
{
    for (const char *x = a + 1, *y = b + 1;; x++, y++) {
        size_t m, n;

        x += strspn(x, "0");
        y += strspn(y, "0");
        m = strspn(x, "0123456789");
        n = strspn(y, "0123456789");
        if (m != n)
            return m < n ? -1 : 1;
        if (strncmp(x, y, m) != 0)
            return strncmp(x, y, m);
        x += m;
        y += n;
        m = (*x == '.' || *x == '_') && isdigit((unsigned char)x[1]);
        n = (*y == '.' || *y == '_') && isdigit((unsigned char)y[1]);
        if (m != n || !m)
            return (int)m - (int)n;
    }
}

static int compare_flyway(const char *a, const char *b)
{
    bool again = is_repeatable(a);
    int order = 0;

    if (again != is_repeatable(b))
        return again ? 1 : -1;
    if (!again)
        order = compare_flyway_versions(a, b);
    return order ? order : strcmp(a, b);
}

int layout_compare(const char *a, const char *b)
{
    const char *x = walk_base(a), *y = walk_base(b);

    if (is_flyway(x) && is_flyway(y))
        return compare_flyway(x, y) ? compare_flyway(x, y) : strcmp(a, b);
    if (is_repeatable(x) != is_repeatable(y))
        return is_repeatable(x) ? 1 : -1;
    return compare_dated(a, b);
}

static int compare_names(const void *a, const void *b)
{
    return layout_compare(*(const char *const *)a, *(const char *const *)b);
}

/* As a walk through the folders finds them that takes the names of each in order of their bytes. */
static int compare_walk(const void *a, const void *b)
{
    const unsigned char *x = *(const unsigned char *const *)a;
    const unsigned char *y = *(const unsigned char *const *)b;

    while (*x && *x == *y)
        x++, y++;
    return (*x == '/' ? 1 : *x) - (*y == '/' ? 1 : *y);
}

/* Whether it is by a number that one name comes before the other. */
static bool by_number(const char *a, const char *b)
{
    size_t part = 0, at;

    for (size_t i = 0; a[i] && a[i] == b[i]; i++)
        part = a[i] == '/' ? i + 1 : part;
    for (at = part; a[at] && a[at] == b[at] && !isdigit((unsigned char)a[at]);)
        at++;
    return isdigit((unsigned char)a[at]) && isdigit((unsigned char)b[at]);
}

/* ---- the files of a form ---- */

/* One folder being read; names are in its arena. */
typedef struct Reader {
    Layout *layout;
    const char *path;
    Walk walk;
    WalkNames taken; /* room for all files */
    const char *nested;
    size_t nested_count;
} Reader;

/* What a folder has, by which its form is told. */
typedef struct Signs {
    size_t sql, flyway, numbered, supabase, up_down, prisma, diesel;
    bool journal, snapshot;
} Signs;

static void see(Signs *signs, const char *name)
{
    const char *base = walk_base(name);
    bool within = base != name;

    signs->journal |= strcmp(name, journal) == 0;
    signs->snapshot |= within && strcmp(base, "snapshot.json") == 0;
    if (!walk_has_end(base, ".sql") || only_undoes(base))
        return;
    signs->sql++;
    signs->flyway += is_flyway(base);
    signs->prisma += within && strcmp(base, "migration.sql") == 0;
    signs->diesel += within && strcmp(base, "up.sql") == 0;
    signs->numbered += !within && isdigit((unsigned char)*name);
    signs->supabase += !within && is_supabase_name(name);
    signs->up_down += !within && walk_has_end(name, ".up.sql");
}

static LayoutForm form_of(const Signs *signs, const char *path)
{
    if (signs->journal)
        return LAYOUT_DRIZZLE;
    if (signs->prisma || signs->diesel)
        return signs->prisma < signs->diesel ? LAYOUT_DIESEL
               : signs->snapshot             ? LAYOUT_DRIZZLE
                                             : LAYOUT_PRISMA;
    if (signs->flyway && signs->flyway * 2 >= signs->sql)
        return LAYOUT_FLYWAY;
    if (signs->supabase && is_in(path, "/supabase/migrations"))
        return LAYOUT_SUPABASE;
    if (signs->up_down)
        return LAYOUT_UP_DOWN;
    return signs->numbered ? LAYOUT_NUMBERED : LAYOUT_PLAIN;
}

static void take(Reader *reader, const char *name)
{
    reader->taken.items[reader->taken.count++] = name;
}

/* Of a SQL file that does something. */
static void take_sql(Reader *reader, const char *name)
{
    const char *base = walk_base(name);
    bool within = base != name;

    switch (reader->layout->form) {
    case LAYOUT_FLYWAY:
        if (is_flyway(base))
            take(reader, name);
        else
            walk_note(&reader->walk, name, "has no name that Flyway runs: left out");
        return;
    case LAYOUT_SUPABASE:
        if (!within && !is_supabase_name(name)) {
            walk_note(&reader->walk, name,
                      "is not named NUMBER_name.sql: left out, as the Supabase CLI does");
            return;
        }
        break;
    case LAYOUT_PRISMA:
    case LAYOUT_DIESEL:
    case LAYOUT_DRIZZLE:
        within = within && strcmp(base, "migration.sql") != 0 && strcmp(base, "up.sql") != 0;
        break;
    case LAYOUT_ONE_FILE:
    case LAYOUT_PLAIN:
    case LAYOUT_DECLARATIVE:
        within = false;
        break;
    case LAYOUT_NUMBERED:
    case LAYOUT_UP_DOWN:
    case LAYOUT_FORM_COUNT:
        break;
    }
    if (within) {
        reader->nested = reader->nested ? reader->nested : name;
        reader->nested_count++;
    } else {
        take(reader, name);
    }
}

/* Languages that migrations are written in, and what is no migration in them. */
static const char *const languages[] = {".go", ".ts",     ".mts", ".cts", ".js",   ".mjs", ".cjs",
                                        ".py", ".java",   ".kt",  ".rb",  ".cs",   ".php", ".exs",
                                        ".ex", ".groovy", ".pl",  ".sh",  ".scala"};
static const char *const aside[] = {"_test.go", ".d.ts",    ".test.ts",
                                    ".spec.ts", ".test.js", ".spec.js"};

static bool is_foreign(LayoutForm form, const char *name)
{
    const char *base = walk_base(name);
    size_t stem = strcspn(base, ".");
    bool is_language = false, is_aside = strstr(base, ".down.") != NULL;

    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        is_language |= walk_has_end(base, languages[i]);
    for (size_t i = 0; i < sizeof aside / sizeof *aside; i++)
        is_aside |= walk_has_end(base, aside[i]);
    if (!is_language || is_aside)
        return false;
    switch (form) {
    case LAYOUT_FLYWAY:
        return is_flyway(base);
    case LAYOUT_PRISMA:
    case LAYOUT_DIESEL:
    case LAYOUT_DRIZZLE:
        return base != name && ((stem == 9 && strncmp(base, "migration", stem) == 0) ||
                                (stem == 2 && strncmp(base, "up", stem) == 0));
    case LAYOUT_SUPABASE:
    case LAYOUT_ONE_FILE:
    case LAYOUT_DECLARATIVE:
        return false;
    case LAYOUT_PLAIN:
    case LAYOUT_NUMBERED:
    case LAYOUT_UP_DOWN:
    case LAYOUT_FORM_COUNT:
        break;
    }
    return base == name && isdigit((unsigned char)*name);
}

/* Flyway begins an empty database at the newest baseline, and runs nothing that is older. */
static void drop_baselined(WalkNames *taken)
{
    const char *newest = NULL;
    size_t kept = 0;

    for (size_t i = 0; i < taken->count; i++)
        if (flyway_version(walk_base(taken->items[i]), 'B'))
            newest = taken->items[i];
    for (size_t i = 0; newest && i < taken->count; i++) {
        const char *name = taken->items[i], *base = walk_base(name);

        if (name == newest || is_repeatable(base) ||
            (flyway_version(base, 'V') && compare_flyway_versions(base, walk_base(newest)) > 0))
            taken->items[kept++] = name;
    }
    taken->count = newest ? kept : taken->count;
}

/* ---- Drizzle's journal ---- */

static int compare_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Its entries in order. False: it cannot be read, and the names decide. */
static bool take_journal(Reader *reader)
{
    Arena *arena = &reader->walk.arena;
    WalkNames *files = &reader->walk.files;
    Err failed = {0};
    json_auto_t *doc = jx_load(arena_join(arena, reader->path, "/", journal, NULL), &failed);
    const json_t *entries = json_object_get(doc, "entries");
    bool *seen = arena_alloc(arena, (files->count + 1) * sizeof *seen);

    if (!json_is_array(entries)) {
        walk_note(&reader->walk, journal,
                  "cannot be read, so that the names tell the order of the files");
        return false;
    }
    qsort(files->items, files->count, sizeof *files->items, compare_bytes);
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const char *tag = json_string_value(json_object_get(json_array_get(entries, i), "tag"));
        const char *name = arena_join(arena, tag ? tag : "", ".sql", NULL);
        const char *const *found =
            bsearch(&name, files->items, files->count, sizeof *files->items, compare_bytes);

        if (!found) {
            walk_note(&reader->walk, name,
                      "is in meta/_journal.json but not in the folder: its effect is not known");
        } else if (!seen[found - files->items]) {
            seen[found - files->items] = true;
            take(reader, *found);
        }
    }
    for (size_t i = 0; i < files->count; i++)
        if (!seen[i] && walk_has_end(files->items[i], ".sql") && !strchr(files->items[i], '/'))
            walk_note(&reader->walk, files->items[i],
                      "is not in meta/_journal.json: left out, as Drizzle does");
    return true;
}

/* ---- Supabase's declarative schemas ---- */

/* The files of [db.migrations] schema_paths, pattern by pattern; a file counts once. */
static void take_declared(Reader *reader, const WalkNames *patterns)
{
    WalkNames *files = &reader->walk.files;
    bool *seen = arena_alloc(&reader->walk.arena, (files->count + 1) * sizeof *seen);

    qsort(files->items, files->count, sizeof *files->items, compare_walk);
    for (size_t i = 0; i < patterns->count; i++) {
        bool any = false;

        for (size_t j = 0; j < files->count; j++) {
            if (!walk_has_end(files->items[j], ".sql") ||
                !declared_match(patterns->items[i], files->items[j]))
                continue;
            any = true;
            if (!seen[j])
                take(reader, files->items[j]);
            seen[j] = true;
        }
        if (!any)
            walk_note(&reader->walk, "config.toml",
                      arena_printf(&reader->walk.arena, "schema_paths: there is no file like '%s'",
                                   patterns->items[i]));
    }
}

/* ---- altogether ---- */

char *layout_shown(const char *name)
{
    static const char digits[] = "0123456789abcdef";
    char *shown = arena_realloc_or_exit(NULL, strlen(name) * 4 + 1), *to = shown;

    for (const char *at = name; *at;) {
        size_t size = 1;

        while (size < 4 && at[size] && !text_is_utf8(at, size))
            size++;
        if (!text_is_utf8(at, size) || (unsigned char)*at < ' ' || *at == '\x7F') {
            *to++ = '\\';
            *to++ = 'x';
            *to++ = digits[(unsigned char)*at >> 4];
            *to++ = digits[(unsigned char)*at & 15];
            at++;
        } else {
            memcpy(to, at, size);
            to += size;
            at += size;
        }
    }
    *to = '\0';
    return shown;
}

static char *join(const char *directory, const char *name)
{
    size_t size = strlen(directory) + strlen(name) + 2;
    char *path = arena_realloc_or_exit(NULL, size);

    snprintf(path, size, "%s/%s", directory, name);
    return path;
}

static void finish(Reader *reader)
{
    Layout *layout = reader->layout;
    const Walk *walk = &reader->walk;

    if (reader->nested_count)
        walk_note(&reader->walk, reader->nested,
                  reader->nested_count == 1
                      ? "is in a folder within: left out"
                      : arena_printf(&reader->walk.arena,
                                     "and %zu other SQL files are in folders within: left out",
                                     reader->nested_count - 1));
    layout->files = arena_realloc_or_exit(NULL, (reader->taken.count + 1) * sizeof *layout->files);
    for (size_t i = 0; i < reader->taken.count; i++) {
        const char *name = reader->taken.items[i];

        layout->files[layout->count++] =
            (LayoutFile){.path = join(reader->path, name),
                         .name = layout_shown(name),
                         .numbered = isdigit((unsigned char)*name) != 0};
    }
    layout->notes = arena_realloc_or_exit(NULL, (walk->names.count + 1) * sizeof *layout->notes);
    for (size_t i = 0; i < walk->names.count; i++) {
        const char *why = walk->whys.items[i];

        layout->notes[layout->note_count++] =
            (LayoutNote){layout_shown(walk->names.items[i]), layout_shown(why)};
    }
}

static int compare_notes(const void *a, const void *b)
{
    return layout_compare(((const LayoutNote *)a)->name, ((const LayoutNote *)b)->name);
}

/* The files that a folder's form takes, in order. */
static bool read_folder(Reader *reader, Err *err)
{
    Layout *layout = reader->layout;
    const char *foreign = NULL;
    Signs signs = {0};

    if (!walk_folder(reader->path, LAYOUT_ENTRIES_MAX, LAYOUT_DEPTH_MAX, &reader->walk, err))
        return false;
    const WalkNames *files = &reader->walk.files;
    reader->taken.items =
        arena_alloc(&reader->walk.arena, (files->count + 1) * sizeof *reader->taken.items);
    for (size_t i = 0; i < files->count; i++)
        see(&signs, files->items[i]);
    layout->form = form_of(&signs, reader->path);
    layout->is_ordered = layout->form == LAYOUT_FLYWAY;
    if (layout->form == LAYOUT_DRIZZLE && signs.journal && take_journal(reader)) {
        layout->is_ordered = true;
        return true;
    }
    for (size_t i = 0; i < files->count; i++) {
        const char *name = files->items[i];

        if (walk_has_end(name, ".sql") && !only_undoes(walk_base(name))) {
            take_sql(reader, name);
        } else if (is_foreign(layout->form, name)) {
            walk_note(&reader->walk, name, "is no SQL: its effect is not known");
            foreign = name;
        }
    }
    if (!reader->taken.count && foreign)
        return err_set(err, EXIT_DATA,
                       "no migration files in '%s' that are SQL: '%s' is not, apply them to a "
                       "database and read that",
                       reader->path, foreign);
    qsort(reader->taken.items, reader->taken.count, sizeof *reader->taken.items, compare_names);
    if (layout->form == LAYOUT_FLYWAY)
        drop_baselined(&reader->taken);
    for (size_t i = 1; i < reader->taken.count && !layout->is_ordered; i++)
        if (!by_number(reader->taken.items[i - 1], reader->taken.items[i]))
            return true;
    layout->is_ordered = true;
    return true;
}

/* supabase/schemas: as the Supabase CLI takes them, by the configuration or else by name. */
static bool read_declared(Reader *reader, Err *err)
{
    char *parent = join(reader->path, "..");
    char *config = join(parent, "config.toml");
    Arena arena = {0};
    WalkNames patterns = {0};
    bool named = declared_paths(config, &arena, &patterns);
    bool ok = walk_folder(named ? parent : reader->path, LAYOUT_ENTRIES_MAX, LAYOUT_DEPTH_MAX,
                          &reader->walk, err);
    WalkNames *files = &reader->walk.files;

    reader->layout->form = LAYOUT_DECLARATIVE;
    reader->layout->is_ordered = true;
    if (ok) {
        reader->taken.items =
            arena_alloc(&reader->walk.arena, (files->count + 1) * sizeof *reader->taken.items);
        if (named) {
            reader->path = arena_strdup(&reader->walk.arena, parent);
            take_declared(reader, &patterns);
        }
        for (size_t i = 0; !named && i < files->count; i++)
            if (walk_has_end(files->items[i], ".sql"))
                take(reader, files->items[i]);
        if (!named)
            qsort(reader->taken.items, reader->taken.count, sizeof *reader->taken.items,
                  compare_walk);
    }
    arena_free(&arena);
    free(config);
    free(parent);
    return ok;
}

static bool read_file(Layout *layout, const char *path)
{
    layout->files = arena_realloc_or_exit(NULL, sizeof *layout->files);
    layout->files[0] =
        (LayoutFile){.path = layout_shown(""), .name = layout_shown(walk_base(path))};
    layout->files[0].path = arena_realloc_or_exit(layout->files[0].path, strlen(path) + 1);
    memcpy(layout->files[0].path, path, strlen(path) + 1);
    layout->count = 1;
    layout->form = LAYOUT_ONE_FILE;
    layout->is_ordered = true;
    return true;
}

Layout *layout_open(const char *path, Err *err)
{
    Layout *layout = arena_realloc_or_exit(NULL, sizeof *layout);
    Reader reader = {.layout = layout};
    char *folder = arena_realloc_or_exit(NULL, strlen(path) + 1);
    size_t length = strlen(path);
    struct stat status;
    bool ok, declared;

    memcpy(folder, path, length + 1);
    while (length > 1 && folder[length - 1] == '/')
        folder[--length] = '\0';
    *layout = (Layout){0};
    reader.path = folder;
    declared = is_in(folder, "/supabase/schemas");
    layout->supabase = declared || is_in(folder, "/supabase/migrations");
    if (stat(folder, &status) == 0 && !S_ISDIR(status.st_mode))
        ok = S_ISREG(status.st_mode)
                 ? read_file(layout, folder)
                 : err_set(err, EXIT_DATA, "'%s' is neither a file nor a folder", folder);
    else
        ok = declared ? read_declared(&reader, err) : read_folder(&reader, err);
    if (ok && layout->form != LAYOUT_ONE_FILE)
        finish(&reader);
    if (ok && layout->count == 0)
        ok = err_set(err, EXIT_DATA, "no migration files in '%s'%s%s%s", folder,
                     layout->note_count ? ": " : "", layout->note_count ? layout->notes->name : "",
                     layout->note_count ? " is left out, and others may be" : "");
    if (layout->note_count)
        qsort(layout->notes, layout->note_count, sizeof *layout->notes, compare_notes);
    walk_close(&reader.walk);
    free(folder);
    if (!ok)
        layout_close(&layout);
    return layout;
}

void layout_close(Layout **layout)
{
    if (!*layout)
        return;
    for (size_t i = 0; i < (*layout)->count; i++) {
        free((*layout)->files[i].path);
        free((*layout)->files[i].name);
    }
    for (size_t i = 0; i < (*layout)->note_count; i++) {
        free((*layout)->notes[i].name);
        free((*layout)->notes[i].why);
    }
    free((*layout)->files);
    free((*layout)->notes);
    free(*layout);
    *layout = NULL;
}

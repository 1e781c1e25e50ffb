#include "cycle/follow.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/inotify.h>
#endif

#include "base/arena.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "json/jx.h"

enum {
    TOLD_MS = 2000,    /* between two looks where the system tells of changes */
    ASKED_MS = 500,    /* where it does not */
    STILL_MS = 200,    /* so long nothing moves before a change is told ... */
    RESTLESS_MS = 5000 /* ... unless it goes on for so long */
};

/* ---- the folder ---- */

/* What shows without reading a file that it may be another one. */
typedef struct Item {
    const char *path;
    const char *name; /* below the folder; UTF-8 */
    ino_t inode;
    off_t size;
    int64_t changed_ns;
} Item;

typedef struct Listing {
    Arena arena;
    Item *items;
    size_t count;
    size_t room;
} Listing;

static void listing_free(Listing *listing)
{
    free(listing->items);
    arena_free(&listing->arena);
    *listing = (Listing){0};
}

static bool is_sql(const char *name)
{
    size_t length = strlen(name);

    return *name != '.' && *name != '#' && length > 4 && strcmp(name + length - 4, ".sql") == 0;
}

static int64_t changed_ns(const struct stat *status)
{
#ifdef __APPLE__
    const struct timespec *time = &status->st_mtimespec;
#else
    const struct timespec *time = &status->st_mtim;
#endif
    return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
}

static void listing_add(Listing *listing, const char *path, const char *name,
                        const struct stat *status)
{
    char *shown = arena_strdup(&listing->arena, name);

    if (!text_is_utf8(shown, strlen(shown)))
        for (char *c = shown; *c; c++)
            *c = (unsigned char)*c < 0x80 ? *c : '?';
    if (listing->count == listing->room) {
        listing->room = listing->room ? 2 * listing->room : 64;
        listing->items =
            arena_realloc_or_exit(listing->items, listing->room * sizeof *listing->items);
    }
    listing->items[listing->count++] =
        (Item){path, shown, status->st_ino, status->st_size, changed_ns(status)};
}

/* Watches the directory where somebody tells. */
static void watch(int teller, const char *directory)
{
#ifdef __linux__
    if (teller >= 0)
        (void)inotify_add_watch(teller, directory,
                                IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_MOVE | IN_DELETE |
                                    IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB);
#else
    (void)teller;
    (void)directory;
#endif
}

/* below: what stands before the names. Folders are entered once. */
static void list_directory(Listing *listing, const char *directory, const char *below, int teller)
{
    watch(teller, directory);
    DIR *entries = opendir(directory);
    struct stat status;

    for (struct dirent *entry = NULL; entries && (entry = readdir(entries));) {
        if (*entry->d_name == '.')
            continue;
        const char *path = arena_printf(&listing->arena, "%s/%s", directory, entry->d_name);
        const char *name = arena_printf(&listing->arena, "%s%s", below, entry->d_name);
        if (stat(path, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode) && !*below)
            list_directory(listing, path, arena_printf(&listing->arena, "%s/", name), teller);
        else if (S_ISREG(status.st_mode) && is_sql(entry->d_name))
            listing_add(listing, path, name, &status);
    }
    if (entries)
        closedir(entries);
}

static int compare_items(const void *a, const void *b)
{
    return strcmp(((const Item *)a)->name, ((const Item *)b)->name);
}

/* teller: an inotify descriptor that is told to watch what is listed, before it is; or -1. */
static void list(Listing *listing, const char *path, int teller)
{
    const char *slash = strrchr(path, '/');
    struct stat status;

    listing_free(listing);
    if (stat(path, &status) != 0)
        return;
    if (S_ISDIR(status.st_mode)) {
        list_directory(listing, path, "", teller);
    } else {
        /* A file that is replaced by renaming shows in its directory. */
        const char *parent =
            slash ? arena_strndup(&listing->arena, path, (size_t)(slash - path) + 1) : ".";
        watch(teller, parent);
        listing_add(listing, arena_strdup(&listing->arena, path), slash ? slash + 1 : path,
                    &status);
    }
    if (listing->count > 0)
        qsort(listing->items, listing->count, sizeof *listing->items, compare_items);
}

static bool is_same_listing(const Listing *a, const Listing *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const Item *one = &a->items[i], *two = &b->items[i];
        if (strcmp(one->name, two->name) != 0 || one->inode != two->inode ||
            one->size != two->size || one->changed_ns != two->changed_ns)
            return false;
    }
    return true;
}

/* ---- what is in the files ---- */

/* Of what cannot be read, how it looks from outside. */
static void hash_file(const Item *item, char hex[DIGEST_HEX_SIZE])
{
    CLEANUP(digest_close) Digest *digest = digest_open();
    char bytes[16 * 1024];
    FILE *in = fopen(item->path, "re");
    size_t got = 0;

    while (in && (got = fread(bytes, 1, sizeof bytes, in)) > 0)
        digest_add(digest, bytes, got);
    if (!in || ferror(in))
        digest_add(digest, &item->changed_ns, sizeof item->changed_ns);
    if (in)
        fclose(in);
    digest_end_hex(digest, hex);
}

/* {"NAME":"HASH"} */
static json_t *contents(const Listing *listing)
{
    json_t *files = json_object();
    char hex[DIGEST_HEX_SIZE];

    for (size_t i = 0; i < listing->count; i++) {
        hash_file(&listing->items[i], hex);
        json_object_set_new(files, listing->items[i].name, json_string(hex));
    }
    return files;
}

static void tell(FILE *out, const char *what, const char *name)
{
    fprintf(out, "%s ", what);
    text_print_safe(out, name);
    fputc('\n', out);
}

static void tell_all(const json_t *old, const json_t *new, FILE *out)
{
    const char *name = NULL;
    json_t *hash = NULL;

    json_object_foreach((json_t *)new, name, hash)
    {
        const json_t *before = json_object_get(old, name);
        if (!before)
            tell(out, "added", name);
        else if (!json_equal(before, hash))
            tell(out, "edited", name);
    }
    json_object_foreach((json_t *)old, name, hash)
    {
        if (!json_object_get(new, name))
            tell(out, "removed", name);
    }
}

/* ---- waiting ---- */

static void teller_close(int *teller)
{
    if (*teller >= 0)
        close(*teller);
    *teller = -1;
}

static int teller_open(void)
{
#ifdef __linux__
    return inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
#else
    return -1;
#endif
}

static bool pause_ms(int teller, int time_ms, Err *err)
{
    struct pollfd told = {.fd = teller, .events = POLLIN};

    return poll(&told, teller >= 0 ? 1 : 0, time_ms) >= 0 || errno == EINTR ||
           err_errno(err, EXIT_OS, "cannot wait");
}

/* Until two looks, STILL_MS apart, see the same. */
static bool settle(Listing *listing, const char *path, Err *err)
{
    int64_t give_up = clock_monotonic_ms() + RESTLESS_MS;
    bool is_still = false;

    while (!is_still && clock_monotonic_ms() < give_up) {
        CLEANUP(listing_free) Listing again = {0};
        if (!pause_ms(-1, STILL_MS, err))
            return false;
        list(&again, path, -1);
        is_still = is_same_listing(listing, &again);
        Listing before = *listing;
        *listing = again;
        again = before;
    }
    return true;
}

static bool remember(const char *state, json_t *files, Err *err)
{
    json_auto_t *doc = json_pack("{s:O}", "files", files);

    return jx_store(doc, state, 0600, err);
}

bool follow_wait(const char *path, const char *state, FILE *out, Err *err)
{
    CLEANUP(listing_free) Listing last = {0};
    Err ignored = {0};
    json_auto_t *doc = file_exists(state) ? jx_load(state, &ignored) : NULL;
    const json_t *known = json_object_get(doc, "files");
    pid_t parent = getppid();
    bool is_first = true;

    while (getppid() == parent) {
        CLEANUP(listing_free) Listing now = {0};
        CLEANUP(teller_close) int teller = teller_open();
        list(&now, path, teller);
        if (is_first || !is_same_listing(&last, &now)) {
            json_auto_t *files = contents(&now);
            if (!json_is_object(known))
                return remember(state, files, err);
            if (!json_equal(known, files)) {
                if (!settle(&now, path, err))
                    return false;
                json_auto_t *settled = contents(&now);
                if (!json_equal(known, settled)) {
                    tell_all(known, settled, out);
                    return remember(state, settled, err);
                }
            }
        }
        is_first = false;
        Listing before = last;
        last = now;
        now = before;
        if (!pause_ms(teller, teller >= 0 ? TOLD_MS : ASKED_MS, err))
            return false;
    }
    return err_set(err, EXIT_OS, "the supervisor ended");
}

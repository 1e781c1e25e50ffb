#include "sql/layout.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t size = strlen(end);

    return length >= size && strcmp(text + length - size, end) == 0;
}

static bool only_undoes(const char *name)
{
    return ends_with(name, ".down.sql") || ends_with(name, "_down.sql") ||
           strcmp(name, "down.sql") == 0 ||
           (name[0] == 'U' && isdigit((unsigned char)name[1]) && strstr(name, "__"));
}

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

static int compare_versions(const char *a, const char *b);

/* Digits as a number of any length, anything else as bytes. Repeatable files (flyway's R__name)
 * come last. */
int layout_compare(const char *a, const char *b)
{
    bool a_again = strncmp(a, "R__", 3) == 0;
    bool b_again = strncmp(b, "R__", 3) == 0;
    char x[15];
    char y[15];
    size_t m;
    size_t n;
    int order;

    if (a_again != b_again)
        return a_again ? 1 : -1;
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

static int compare_files(const void *a, const void *b)
{
    return layout_compare(((const LayoutFile *)a)->name, ((const LayoutFile *)b)->name);
}

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(arena_realloc_or_exit(NULL, size), text, size);
}

static char *join(const char *directory, const char *name)
{
    size_t length = strlen(directory);
    bool slash = length && directory[length - 1] != '/';
    size_t size = length + slash + strlen(name) + 1;
    char *path = arena_realloc_or_exit(NULL, size);

    snprintf(path, size, "%s%s%s", directory, slash ? "/" : "", name);
    return path;
}

static void add(Layout *layout, const char *path, const char *name)
{
    if ((layout->count & (layout->count - 1)) == 0) {
        size_t capacity = layout->count ? layout->count * 2 : 1;

        layout->files = arena_realloc_or_exit(layout->files, capacity * sizeof *layout->files);
    }
    layout->files[layout->count].path = copy(path);
    layout->files[layout->count].name = copy(name);
    layout->count++;
}

static void add_entry(Layout *layout, const char *directory, const char *name)
{
    char *path = join(directory, name);
    struct stat status;

    if (stat(path, &status) == 0) {
        if (S_ISREG(status.st_mode) && ends_with(name, ".sql") && !only_undoes(name)) {
            add(layout, path, name);
        } else if (S_ISDIR(status.st_mode)) {
            static const char *const inner[] = {"migration.sql", "up.sql"};

            for (size_t i = 0; i < 2; i++) {
                char *file = join(path, inner[i]);
                char *shown = join(name, inner[i]);

                if (stat(file, &status) == 0 && S_ISREG(status.st_mode))
                    add(layout, file, shown);
                free(file);
                free(shown);
            }
        }
    }
    free(path);
}

static bool read_directory(Layout *layout, const char *path, Err *err)
{
    DIR *directory = opendir(path);
    const struct dirent *entry;

    if (!directory)
        return errno == ENOENT ? err_set(err, EXIT_DATA, "no migration files in '%s'", path)
                               : err_errno(err, EXIT_DATA, "cannot read directory '%s'", path);
    while ((entry = readdir(directory))) {
        if (entry->d_name[0] != '.')
            add_entry(layout, path, entry->d_name);
    }
    closedir(directory);
    return true;
}

Layout *layout_open(const char *path, Err *err)
{
    Layout *layout = arena_realloc_or_exit(NULL, sizeof *layout);
    size_t length = strlen(path);
    struct stat status;
    bool ok = true;

    *layout = (Layout){0};
    while (length > 1 && path[length - 1] == '/')
        length--;
    layout->supabase = length >= 19 && strncmp(path + length - 19, "supabase/migrations", 19) == 0;
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode)) {
        const char *name = strrchr(path, '/');

        add(layout, path, name ? name + 1 : path);
    } else {
        ok = read_directory(layout, path, err);
    }
    if (ok && layout->count == 0)
        ok = err_set(err, EXIT_DATA, "no migration files in '%s'", path);
    if (!ok) {
        layout_close(&layout);
        return NULL;
    }
    qsort(layout->files, layout->count, sizeof *layout->files, compare_files);
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
    free((*layout)->files);
    free(*layout);
    *layout = NULL;
}

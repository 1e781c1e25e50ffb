/* libFuzzer: two snapshots compared, and what differs told in text. The input is the old document,
 * a NUL and the new one. Hashes are put right, or hardly any input would get past them; in an input
 * that begins with '!' they are left as they are. Built with -DFUZZ=ON by clang; run by diff.sh. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/digest.h"
#include "diff/diff.h"
#include "diff/format.h"
#include "json/jx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

static bool begins(const char *text, size_t length, const char *with)
{
    return length >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

/* The document with the hash of its third line to that of the first aside, or the end. */
static char *mended(const char *text, size_t length, size_t *ret_length)
{
    static const char tail[] = "\"hash\":\"sha256:";
    Buffer out = {0};
    char hex[DIGEST_HEX_SIZE];
    CLEANUP(digest_close) Digest *digest = digest_open();
    bool hashed = true;
    unsigned number = 0;

    for (size_t at = 0; at < length; number++) {
        const char *line = text + at, *end = memchr(line, '\n', length - at);
        size_t size = end ? (size_t)(end - line) + 1 : length - at;
        if (begins(line, size, tail)) {
            digest_end_hex(digest, hex);
            buffer_text(&out, tail);
            buffer_text(&out, hex);
            buffer_text(&out, "\"}\n");
            break;
        }
        hashed = hashed && !begins(line, size, "\"members\":[") &&
                 !begins(line, size, "\"transactions\":[") && !begins(line, size, "\"lineage\":[");
        if (hashed && number >= 2)
            digest_add(digest, line, size);
        buffer_add(&out, line, size);
        at += size;
    }
    *ret_length = out.length;
    return out.bytes;
}

static void compare(const char *old, size_t old_length, const char *new, size_t new_length)
{
    Err err = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    size_t size = 0;
    FILE *old_in = fmemopen((void *)(uintptr_t)old, old_length, "r");
    FILE *new_in = fmemopen((void *)(uintptr_t) new, new_length, "r");
    FILE *out = open_memstream(&text, &size);

    {
        CLEANUP(snapshot_reader_close)
        SnapshotReader *before = snapshot_reader_open(old_in, "old", &err);
        CLEANUP(snapshot_reader_close)
        SnapshotReader *after = before ? snapshot_reader_open(new_in, "new", &err) : NULL;
        json_auto_t *changes = after ? diff_snapshots(before, after, &err) : NULL;
        FormatContext context = {.colour = true, .utf8 = true, .width = 80};
        FormatWriter *const writers[] = {format_text,  format_markdown, format_github,
                                         format_sarif, format_html,     format_json};
        for (size_t i = 0; changes && i < sizeof writers / sizeof *writers; i++)
            if (!writers[i](changes, &context, out, &err))
                abort();
        if (!changes && (err.code != EXIT_DATA || !*err.msg))
            abort();
    }
    fclose(old_in);
    fclose(new_in);
    fclose(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool as_it_is = size > 0 && *data == '!';
    const char *text = (const char *)data + as_it_is;
    size_t length = size - as_it_is;
    const char *nul = length ? memchr(text, '\0', length) : NULL;

    if (!nul || nul == text || nul + 1 == text + length)
        return 0;
    size_t old_length = (size_t)(nul - text), new_length = length - old_length - 1;
    if (as_it_is) {
        compare(text, old_length, nul + 1, new_length);
        return 0;
    }
    CLEANUP(cleanup_free) char *old = mended(text, old_length, &old_length);
    CLEANUP(cleanup_free) char *new = mended(nul + 1, new_length, &new_length);
    compare(old, old_length, new, new_length);
    return 0;
}

/* ---- inputs that are documents still ---- */

static unsigned random_below(unsigned *seed, size_t below)
{
    *seed = *seed * 1103515245 + 12345;
    return below ? (*seed >> 8) % (unsigned)below : 0;
}

/* A value that is of another type, or more, or less. */
static json_t *another(const json_t *value, unsigned *seed)
{
    switch (random_below(seed, 9)) {
    case 0:
        return json_null();
    case 1:
        return json_integer((json_int_t)random_below(seed, 3) - 1);
    case 2:
        return json_string("");
    case 3:
        return json_array();
    case 4:
        return json_object();
    case 5:
        return json_pack("[O, O]", value, value);
    case 6:
        return json_pack("{s:O}", "name", value);
    case 7:
        return json_real(1e300);
    default:
        return json_string("public.t(\x1b[31m\"x\")::a[]");
    }
}

/* Changes one thing somewhere in the value; a new reference. */
static json_t *changed(json_t *value, unsigned *seed)
{
    size_t count = json_is_object(value) ? json_object_size(value) : json_array_size(value);
    size_t place = random_below(seed, count), index = 0;
    const char *key = NULL;
    json_t *item = NULL;

    if (count == 0 || random_below(seed, 6) == 0)
        return another(value, seed);
    if (json_is_array(value)) {
        item = json_array_get(value, place);
        switch (random_below(seed, 4)) {
        case 0:
            json_array_remove(value, place);
            break;
        case 1:
            json_array_insert(value, random_below(seed, count), item);
            break;
        default:
            json_array_set_new(value, place, changed(item, seed));
        }
        return json_incref(value);
    }
    json_object_foreach(value, key, item)
    {
        if (index++ < place)
            continue;
        if (random_below(seed, 5) == 0)
            json_object_del(value, key);
        else
            json_object_set_new(value, key, changed(item, seed));
        break;
    }
    return json_incref(value);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    const char *text = (const char *)data;
    size_t starts[512], count = 0;

    for (size_t i = 1; i < size && count < sizeof starts / sizeof *starts; i++)
        if (data[i] == '{' && data[i - 1] == '\n')
            starts[count++] = i;
    if (count == 0 || random_below(&seed, 3) == 0)
        return LLVMFuzzerMutate(data, size, max_size);
    size_t from = starts[random_below(&seed, count)], to = from;
    while (to < size && data[to] != '\n')
        to++;
    size_t end = to > from && data[to - 1] == ',' ? to - 1 : to;
    json_auto_t *value = json_loadb(text + from, end - from, 0, NULL);
    if (!value)
        return LLVMFuzzerMutate(data, size, max_size);
    json_auto_t *other = changed(value, &seed);
    CLEANUP(cleanup_free) char *line = jx_text(other);
    size_t length = line ? strlen(line) : 0;
    if (!line || size - (end - from) + length > max_size)
        return LLVMFuzzerMutate(data, size, max_size);
    memmove(data + from + length, data + end, size - end);
    memcpy(data + from, line, length);
    return size - (end - from) + length;
}

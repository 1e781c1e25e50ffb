#include "diff/alike.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* PostgreSQL's names have 63 bytes at most; of longer ones the first so many count. */
enum { NAME_ROOM = 128, WORDS_MAX = 32 };

/* A name in small letters, its words one behind the other. */
typedef struct Words {
    char text[NAME_ROOM];
    size_t ends[WORDS_MAX]; /* of each word */
    size_t count;
} Words;

static bool is_apart(char c)
{
    return c == '_' || c == '-' || c == ' ' || c == '.';
}

static void words_of(const char *name, Words *ret)
{
    size_t length = 0;
    bool begins = false;

    *ret = (Words){.count = 0};
    for (const char *at = name; *at && length < NAME_ROOM - 1; at++) {
        begins |= at > name && (is_apart(*at) ||
                                (isupper((unsigned char)*at) && islower((unsigned char)at[-1])));
        if (is_apart(*at))
            continue;
        if (begins && length > 0 && ret->count < WORDS_MAX - 1)
            ret->ends[ret->count++] = length;
        begins = false;
        ret->text[length++] = (char)tolower((unsigned char)*at);
    }
    if (length > 0)
        ret->ends[ret->count++] = length;
}

static size_t word_start(const Words *words, size_t index)
{
    return index == 0 ? 0 : words->ends[index - 1];
}

static bool same_word(const Words *one, size_t index, const Words *two, size_t other)
{
    size_t from = word_start(one, index), length = one->ends[index] - from;
    size_t other_from = word_start(two, other);

    return two->ends[other] - other_from == length &&
           memcmp(one->text + from, two->text + other_from, length) == 0;
}

static bool differ_in_digits(const char *one, const char *two)
{
    bool differ = false;

    for (;;) {
        size_t digits = strspn(one, "0123456789"), others = strspn(two, "0123456789");
        differ |= digits != others || memcmp(one, two, digits) != 0;
        one += digits;
        two += others;
        if (*one != *two)
            return false;
        if (!*one)
            return differ;
        one++;
        two++;
    }
}

static size_t distance(const char *one, size_t length, const char *two, size_t other)
{
    size_t row[NAME_ROOM + 1];

    for (size_t j = 0; j <= other; j++)
        row[j] = j;
    for (size_t i = 1; i <= length; i++) {
        size_t before = row[0];
        row[0] = i;
        for (size_t j = 1; j <= other; j++) {
            size_t least = before + (one[i - 1] != two[j - 1]);
            before = row[j];
            least = row[j] + 1 < least ? row[j] + 1 : least;
            row[j] = row[j - 1] + 1 < least ? row[j - 1] + 1 : least;
        }
    }
    return row[other];
}

bool alike_names(const char *one, const char *two)
{
    Words first, second;
    size_t skip = 0, drop = 0;

    words_of(one, &first);
    words_of(two, &second);
    if (first.count == 0 || second.count == 0 || differ_in_digits(first.text, second.text))
        return false;
    if (strcmp(first.text, second.text) == 0)
        return true;
    size_t fewer = first.count < second.count ? first.count : second.count;
    while (skip < fewer && same_word(&first, skip, &second, skip))
        skip++;
    while (drop < fewer - skip &&
           same_word(&first, first.count - 1 - drop, &second, second.count - 1 - drop))
        drop++;
    if (skip + drop == fewer)
        return true;
    size_t from = word_start(&first, skip), to = first.ends[first.count - 1 - drop];
    size_t other_from = word_start(&second, skip), other_to = second.ends[second.count - 1 - drop];
    size_t length = to - from, other = other_to - other_from;
    size_t longer = length > other ? length : other;
    return longer > 1 &&
           5 * distance(first.text + from, length, second.text + other_from, other) <= 2 * longer;
}

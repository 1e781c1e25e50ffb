#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/digest.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int64_t clock_now_ms(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_ms(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void clock_format(int64_t time_ms, char text[CLOCK_TEXT_SIZE])
{
    int fraction = (int)((time_ms % 1000 + 1000) % 1000); /* before 1970 too */
    time_t seconds = (time_t)((time_ms - fraction) / 1000);
    struct tm parts = {0};

    gmtime_r(&seconds, &parts);
    size_t length = strftime(text, CLOCK_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + length, CLOCK_TEXT_SIZE - length, ".%03dZ", fraction);
}

/* Days since 1970-01-01 of a date of the Gregorian calendar. timegm is not in POSIX.1-2008. */
static int64_t days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

/* sscanf alone would take signs, blanks and short numbers. */
static bool has_form(const char *text)
{
    static const char form[] = "0000-00-00T00:00:00";

    for (size_t i = 0; form[i]; i++)
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    return true;
}

static int days_of(int year, int month)
{
    int next_year = year + month / 12, next_month = month % 12 + 1;

    return (int)(days_from_civil(next_year, next_month, 1) - days_from_civil(year, month, 1));
}

bool clock_parse(const char *text, int64_t *ret_time_ms)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, length = 0;
    int fraction = 0;

    if (!has_form(text) || sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour,
                                  &minute, &second, &length) != 6)
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_of(year, month) || hour > 23 ||
        minute > 59 || second > 60)
        return false;
    text += length;
    if (*text == '.') {
        int scale = 100;
        if (text[1] < '0' || text[1] > '9')
            return false;
        for (text++; *text >= '0' && *text <= '9'; text++, scale /= 10)
            fraction += (*text - '0') * scale;
    }
    if (strcmp(text, "Z") != 0)
        return false;
    *ret_time_ms = ((days_from_civil(year, month, day) * 24 + hour) * 60 + minute) * 60000 +
                   (int64_t)second * 1000 + fraction;
    return true;
}

/* 130 bits of text hold 128: the first character carries only three. */
void clock_ulid_from_bytes(const unsigned char bytes[16], char text[CLOCK_ULID_SIZE])
{
    for (int place = 0; place < 26; place++) {
        unsigned value = 0;
        for (int bit = place * 5 - 2; bit < place * 5 + 3; bit++)
            value = value << 1 | (bit < 0 ? 0u : (unsigned)(bytes[bit / 8] >> (7 - bit % 8)) & 1u);
        text[place] = alphabet[value];
    }
    text[26] = '\0';
}

void clock_ulid(char text[CLOCK_ULID_SIZE])
{
    unsigned char bytes[16] = {0};
    int64_t now = clock_now_ms();

    for (int i = 0; i < 6; i++)
        bytes[i] = (unsigned char)(now >> (40 - 8 * i));
    digest_random(bytes + 6, 10);
    clock_ulid_from_bytes(bytes, text);
}

bool clock_is_ulid(const char *text)
{
    return strlen(text) == 26 && strspn(text, alphabet) == 26;
}

#include "ddl/setting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_setting_is_written_as_set_has_it(void **state)
{
    static const struct {
        const char *item, *name, *text;
    } rows[] = {
        {"work_mem=4MB", "work_mem", "work_mem TO '4MB'"},
        {"TimeZone=Europe/Berlin", "TimeZone", "\"TimeZone\" TO 'Europe/Berlin'"},
        {"application_name=it's", "application_name", "application_name TO 'it''s'"},
        {"application_name=a=b", "application_name", "application_name TO 'a=b'"},
        {"application_name=", "application_name", "application_name TO ''"},
        {"app.role=x, y", "app.role", "app.role TO 'x, y'"},
        {"App.My Role=1", "App.My Role", "\"App\".\"My Role\" TO '1'"},
        {"nothing", "nothing", "nothing TO ''"},
    };
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(setting_name(&arena, rows[i].item), rows[i].name);
        assert_string_equal(setting_text(&arena, rows[i].item), rows[i].text);
    }
}

static void each_name_of_a_list_is_a_literal_of_its_own(void **state)
{
    static const struct {
        const char *item, *text;
    } rows[] = {
        {"search_path=public", "search_path TO 'public'"},
        {"search_path=\"$user\", public", "search_path TO '$user', 'public'"},
        {"search_path=a,b , c", "search_path TO 'a', 'b', 'c'"},
        {"search_path=", "search_path TO ''"},
        {"search_path=\"\"", "search_path TO ''"},
        {"search_path=\"a, b\", c", "search_path TO 'a, b', 'c'"},
        {"search_path=\"say \"\"hi\"\"\", x", "search_path TO 'say \"hi\"', 'x'"},
        {"search_path=\"it's\"", "search_path TO 'it''s'"},
        {"search_path=\"never closed", "search_path TO 'never closed'"},
        {"temp_tablespaces=fast, \"Slow\"", "temp_tablespaces TO 'fast', 'Slow'"},
    };
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(setting_text(&arena, rows[i].item), rows[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_is_written_as_set_has_it),
        cmocka_unit_test(each_name_of_a_list_is_a_literal_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The dashboard's server: reads the project's state files, shows them on localhost. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "cli/cli.h"
#include "config/config.h"
#include "dash/app.h"
#include "dash/server.h"
#include "dash/token.h"

enum { NO_PORT = -1, PORT_MAX = 65535 };

typedef struct Options {
    const char *project;
    const char *token_file;
    int port;
    bool require_token;
} Options;

static const CliOption opts[] = {
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR",
     "the project (default: found from here upwards)", NULL},
    {"port", 'p', CLI_INT, offsetof(Options, port), "N",
     "port to listen on, 0 for a free one (default: dashboard.port)", NULL},
    {"token-file", 0, CLI_STRING, offsetof(Options, token_file), "FILE",
     "where the token is kept (default: .schema/dashboard.token)", NULL},
    {"require-token", 0, CLI_FLAG, offsetof(Options, require_token), NULL,
     "ask for the token for reading too, and hand it to no page", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

static bool port_take(const Options *options, const Config *config, int *ret_port, Err *err)
{
    int wanted =
        options->port != NO_PORT ? options->port : (int)config_int(config, "dashboard.port");

    if (wanted > PORT_MAX)
        return err_set(err, EXIT_USAGE, "there is no port %d: the highest is %d", wanted, PORT_MAX);
    return server_find_port(wanted, ret_port, err);
}

static int run(const void *given, char **args, FILE *in, FILE *out, Err *err)
{
    const Options *options = given;
    CLEANUP(config_close) Config *config = config_open(options->project, err);
    char token[TOKEN_SIZE] = "";
    int port = 0;

    (void)args;
    (void)in;
    (void)out;
    if (!config)
        return (int)err->code;
    const char *path =
        options->token_file ? options->token_file : config_state_path(config, "dashboard.token");
    if (!port_take(options, config, &port, err) || !token_load(path, token, err))
        return (int)err->code;
    const AppOptions settings = {.directory = config_directory(config),
                                 .project = config_name(config),
                                 .token = token,
                                 .interval_ms = config_int(config, "monitoring.interval"),
                                 .port = port,
                                 .require_token = options->require_token};
    CLEANUP(app_close) App *app = app_open(&settings, clock_now_ms());
    CLEANUP(server_close) Server *server = server_open(app, port, err);
    if (!server)
        return (int)err->code;
    cli_note("listening on http://localhost:%d", port);
    server_run(server);
    return EXIT_OK;
}

int main(int argc, char **argv)
{
    static const Tool tool = {
        .name = "dash-serve",
        .synopsis = "",
        .summary = "Show the state of a project on localhost, live.",
        .options = opts,
        .max_args = 0,
        .run = run,
    };
    Options options = {.port = NO_PORT};

    return cli_main(&tool, &options, argc, argv);
}

/* What is there before the first migration: Supabase's own tables, functions and extensions, as far
 * as migrations name them. Shapes follow the hosted product; bodies do not matter. */
#ifndef REPLAY_KNOWN_H
#define REPLAY_KNOWN_H

/* SQL to replay first, NULL-terminated: what lives in schemas that no plain database has. */
const char *const *known_platform(void);
/* And what every Supabase project has besides: it changes how other names resolve. */
const char *const *known_project(void);

#endif

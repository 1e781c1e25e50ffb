/* The compiler attributes the project allows itself, behind names.
 *
 * CLEANUP(fn) runs fn(&variable) when the variable leaves its scope; every x_close(X **) of the
 * project fits, accepts NULL and leaves NULL. */
#ifndef BASE_CLEANUP_H
#define BASE_CLEANUP_H

#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define PRINTF(format_index, first_argument)                                                       \
    __attribute__((format(printf, format_index, first_argument)))
#define SENTINEL __attribute__((sentinel))

/* For CLEANUP on a plain pointer from malloc: frees *pointer, which is a T ** seen as void *. */
void cleanup_free(void *pointer);

/* For CLEANUP on a file descriptor: closes it unless it is negative. */
void cleanup_close(int *fd);

#endif

/* More helper types, on request, beside the official ones and called like them: a name in the
 * default schema, or { schema } and a name in that schema. What each is for is in the text. */
#ifndef TYPES_UTILITIES_H
#define TYPES_UTILITIES_H

extern const char utilities_text[];

#endif

#ifndef MARKETSIM_CACHE_HINTS_H
#define MARKETSIM_CACHE_HINTS_H

/* What Swift has no word for. */

/* Asks for a cache line ahead of its use; the address is never dereferenced. */
static inline void cache_fetch(const void *address) { __builtin_prefetch(address, 1, 3); }

#endif

#ifndef MARKETSIM_CGSL_SHIM_H
#define MARKETSIM_CGSL_SHIM_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_statistics_double.h>

/* GSL's global type pointers count as shared mutable state in Swift 6; accessors do not. */
static inline const gsl_rng_type *cgsl_rng_mt19937(void) { return gsl_rng_mt19937; }
static inline const gsl_qrng_type *cgsl_qrng_sobol(void) { return gsl_qrng_sobol; }

/* Asks for a cache line ahead of its use; Swift has no word for it. */
static inline void cgsl_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

#endif

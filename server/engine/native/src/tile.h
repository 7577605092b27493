/* The one matrix product of the engine: a tile of C, ROWS x (VECTORS * LANES), held in registers while it runs
 * along k. Everything else is a choice of strides.
 *
 *   C[i][:] += sum over k of A(i, k) * B(k, :)
 *
 * k runs in `outer` runs of `inner` steps. Within a run A moves by a.step and B by b.step; after a run both
 * move by their jump as well. A is read one number at a time and broadcast, so it may be a matrix or its
 * transpose; B is read in whole vectors, so it must be a panel: VECTORS vectors side by side.
 *
 * What the caller will read next can be fetched into the cache meanwhile, a line for each k.
 *
 * TILE_ROWS x 3 accumulators, 3 vectors of B and one broadcast fill the registers: 8 rows of 32 registers, 4 of 16.
 * V8 has 15 for WASM, and moves what does not fit to memory and back for each k: 3 rows where it multiplies and adds
 * in one instruction, 2 where the product needs a register as well. With 4 an epoch took 1.6 and 1.35 times as long. */
#ifndef GATECAST_TILE_H
#define GATECAST_TILE_H

#include "vector.h"

#ifndef TILE_ROWS
#if defined(__AVX512F__) || defined(__aarch64__)
#define TILE_ROWS 8
#elif defined(__wasm_relaxed_simd__)
#define TILE_ROWS 3
#elif defined(__wasm__)
#define TILE_ROWS 2
#else
#define TILE_ROWS 4
#endif
#endif

/* Widest panel: the three gates of LANES units. */
#define PANEL_VECTORS 3

typedef struct {
  const float *data;
  ptrdiff_t row; /* from i to i + 1; A only */
  ptrdiff_t step;
  ptrdiff_t jump;
} Operand;

typedef struct {
  const float *data;
  ptrdiff_t step; /* a line, or 0 when all is fetched */
} Fetch;

/* A line of the caches, in floats. */
enum { LINE = 16 };

/* fetch: null when what comes next is at hand. */
INLINE void multiply_tile(int rows, int vectors, Vector (*c)[PANEL_VECTORS], long outer, long inner, Operand a,
                          Operand b, const Fetch *fetch) {
  const float *pa = a.data, *pb = b.data, *ahead = fetch ? fetch->data : NULL;
  for (long run = 0; run < outer; run++) {
    for (long k = 0; k < inner; k++) {
      Vector vb[PANEL_VECTORS];
      UNROLL for (int u = 0; u < vectors; u++) vb[u] = load(pb + u * LANES);
      UNROLL for (int i = 0; i < rows; i++) {
        Vector va = splat(pa[i * a.row]);
        UNROLL for (int u = 0; u < vectors; u++) c[i][u] = fma_(va, vb[u], c[i][u]);
      }
      if (fetch) {
        __builtin_prefetch(ahead);
        ahead += fetch->step;
      }
      pa += a.step;
      pb += b.step;
    }
    pa += a.jump;
    pb += b.jump;
  }
}

#endif

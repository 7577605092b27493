/* The one matrix product of the engine: a tile of C, ROWS x (VECTORS * LANES), held in registers while it runs
 * along k. Everything else is a choice of strides.
 *
 *   C[i][:] += sum over k of A(i, k) * B(k, :)
 *
 * k runs in `outer` runs of `inner` steps. Within a run A moves by a.step and B by b.step; after a run both
 * move by their jump as well. A is read one number at a time and broadcast, so it may be a matrix or its
 * transpose; B is read in whole vectors, so it must be a panel: VECTORS vectors side by side.
 *
 * TILE_ROWS x 3 accumulators, 3 vectors of B and one broadcast fill the registers: 8 rows of 32 registers,
 * 4 (WASM and SSE2, which need one more for the product: 3) of 16. */
#ifndef GATECAST_TILE_H
#define GATECAST_TILE_H

#include "vector.h"

#ifndef TILE_ROWS
#if defined(__AVX512F__) || defined(__aarch64__)
#define TILE_ROWS 8
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

INLINE void multiply_tile(int rows, int vectors, Vector (*c)[PANEL_VECTORS], long outer, long inner, Operand a,
                          Operand b) {
  const float *pa = a.data, *pb = b.data;
  for (long run = 0; run < outer; run++) {
    for (long k = 0; k < inner; k++) {
      Vector vb[PANEL_VECTORS];
      UNROLL for (int u = 0; u < vectors; u++) vb[u] = load(pb + u * LANES);
      UNROLL for (int i = 0; i < rows; i++) {
        Vector va = splat(pa[i * a.row]);
        UNROLL for (int u = 0; u < vectors; u++) c[i][u] = fma_(va, vb[u], c[i][u]);
      }
      pa += a.step;
      pb += b.step;
    }
    pa += a.jump;
    pb += b.jump;
  }
}

#endif

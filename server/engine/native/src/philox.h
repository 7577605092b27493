/* Philox4x32-10 for dropout masks, bit for bit as server/engine/philox.ts and randomness.ts draw them. */
#ifndef GATECAST_PHILOX_H
#define GATECAST_PHILOX_H

#include "vector.h"

typedef struct {
  uint32_t key_low, key_high;
  uint32_t epoch, batch;
} DropoutStream;

typedef struct {
  uint32_t threshold; /* a unit is dropped when its word is below */
  float scale;        /* 1 / (1 - rate) */
} DropoutRate;

/* Fills keep[0..units - 1] with 0 or rate.scale. Unit u takes word u / calls of call u % calls, so that the
 * calls run side by side in vector lanes and their words need no transposing. */
void dropout_row(float *keep, int units, DropoutRate rate, DropoutStream stream, uint32_t layer, uint32_t row);

#endif

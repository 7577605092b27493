/* What the outside asks of a model, as a number and a list of arrays: the same for the addon and the WASM module,
 * so that TypeScript drives both alike (server/engine/c-model/c-model.ts names the same numbers and arrays). */
#ifndef GATECAST_JOB_H
#define GATECAST_JOB_H

#include "model.h"

enum JobKind {
  /* rows, starts, targets, order, control int32 [pause, epoch, -, -, leave], progress double [4], learning rate double [1] */
  JOB_TRAIN,
  JOB_PREDICT,  /* rows, starts, predictions, control int32 [-, -, -, -, leave] */
  JOB_GRADIENT, /* rows, starts, targets, order, control int32 [-, epoch, batch, dropping], sum of losses double [1], gradient */
  JOB_READ,     /* weights, first moment, second moment, step double [1] */
  JOB_WRITE,    /* the same */
};
enum { MOST_ARRAYS = 8 };

/* lengths: elements of each array. */
void job_run(Model *model, int kind, void *const *arrays, const int32_t *lengths);

#endif

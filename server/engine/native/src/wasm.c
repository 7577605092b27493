/* The WASM side: memory shared by one conductor and its helpers, a model in it, jobs on the model. Memory only
 * grows and is given back whole, with the module: one module for each model. */
#include "job.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

enum { PAGE = 65536 };
extern unsigned char __heap_base;
static uintptr_t next_free, reserved;

/* Zeroed bytes, aligned to a cache line; null when memory is full. */
void *EXPORT(allocate)(size_t bytes) {
  if (!next_free) next_free = (uintptr_t)&__heap_base, reserved = (uintptr_t)__builtin_wasm_memory_size(0) * PAGE;
  uintptr_t start = (next_free + 63) / 64 * 64;
  if (bytes > UINT32_MAX - start) return NULL;
  if (start + bytes > reserved) {
    size_t pages = (start + bytes - reserved + PAGE - 1) / PAGE;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return NULL;
    reserved += pages * PAGE;
  }
  next_free = start + bytes;
  return (void *)start;
}

/* Takes back everything since `mark` was allocated: the arrays of a job that is done. */
void EXPORT(release)(void *mark) { next_free = (uintptr_t)mark; }

Model *EXPORT(create)(const double *config) {
  Model *model = allocate(sizeof(Model));
  float *memory = allocate(model_floats(config) * sizeof(float));
  if (!model || !memory) return NULL;
  model_lay_out(model, config, memory);
  return model;
}

void EXPORT(run)(Model *model, int kind, void *const *arrays, const int32_t *lengths) {
  job_run(model, kind, arrays, lengths);
}
void EXPORT(help)(Model *model) { pool_help(&model->pool); }
void EXPORT(close)(Model *model) { pool_close(&model->pool); }

/* Threads that share the numbered tasks of one phase after another. Which thread does a task never matters to
 * its result: tasks write apart, and sums that cross tasks are made by the caller, in order. */
#ifndef GATECAST_POOL_H
#define GATECAST_POOL_H

#include <stdint.h>

typedef void (*Task)(void *context, int index);

typedef struct {
  int helpers; /* threads besides the caller */
  Task task;
  void *context;
  uint64_t ticket;    /* phase in the high word, tasks not yet taken in the low: one word, so a late helper cannot
                         take a task of a phase it has not seen */
  int32_t phase;      /* what helpers wait on */
  int32_t unfinished; /* what the caller waits on */
  int32_t sleeping;   /* helpers that need waking */
  int32_t caller_sleeps;
  int32_t closing;
} Pool;

/* Runs task(context, 0 .. count - 1) on all threads and returns when all are done. */
void pool_run(Pool *pool, Task task, void *context, int count);

/* A helper's life: returns after `pool_close`. */
void pool_help(Pool *pool);
void pool_close(Pool *pool);

#endif

#include "pool.h"

#if defined(__wasm__)
static void wait_while(int32_t *word, int32_t value) { __builtin_wasm_memory_atomic_wait32(word, value, -1); }
static void wake(int32_t *word) { __builtin_wasm_memory_atomic_notify(word, UINT32_MAX); }
static void relax(void) {}
#elif defined(__linux__)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
static void wait_while(int32_t *word, int32_t value) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, (void *)0, (void *)0, 0);
}
static void wake(int32_t *word) { syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT32_MAX, (void *)0, (void *)0, 0); }
#else
#include <pthread.h>
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static void wait_while(int32_t *word, int32_t value) {
  pthread_mutex_lock(&mutex);
  while (__atomic_load_n(word, __ATOMIC_SEQ_CST) == value) pthread_cond_wait(&changed, &mutex);
  pthread_mutex_unlock(&mutex);
}
static void wake(int32_t *word) {
  (void)word;
  pthread_mutex_lock(&mutex);
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&mutex);
}
#endif

#if defined(__x86_64__)
static void relax(void) { __builtin_ia32_pause(); }
#elif defined(__aarch64__)
static void relax(void) { __asm__ volatile("yield"); }
#endif

/* About 20 microseconds: longer than the gap between two phases, far shorter than a time slice. Without a bound
 * two threads on a busy machine cost each other 4 to 15 times the work. */
enum { SPINS = 500 };

#define LOAD(place) __atomic_load_n(&(place), __ATOMIC_SEQ_CST)
#define STORE(place, value) __atomic_store_n(&(place), value, __ATOMIC_SEQ_CST)
#define ADD(place, value) __atomic_add_fetch(&(place), value, __ATOMIC_SEQ_CST)

static void work(Pool *pool, int32_t phase) {
  uint64_t ticket = LOAD(pool->ticket);
  while ((int32_t)(ticket >> 32) == phase && (uint32_t)ticket > 0) {
    if (!__atomic_compare_exchange_n(&pool->ticket, &ticket, ticket - 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) continue;
    pool->task(pool->context, (int)((uint32_t)ticket - 1));
    if (ADD(pool->unfinished, -1) == 0 && LOAD(pool->caller_sleeps)) wake(&pool->unfinished);
    ticket = LOAD(pool->ticket);
  }
}

void pool_run(Pool *pool, Task task, void *context, int count) {
  if (pool->helpers == 0 || count == 1) {
    for (int index = count - 1; index >= 0; index--) task(context, index);
    return;
  }
  int32_t phase = (int32_t)((uint32_t)pool->phase + 1);
  pool->task = task;
  pool->context = context;
  STORE(pool->unfinished, count);
  STORE(pool->ticket, (uint64_t)(uint32_t)phase << 32 | (uint32_t)count);
  STORE(pool->phase, phase);
  if (LOAD(pool->sleeping)) wake(&pool->phase);
  work(pool, phase);
  for (int spin = 0; spin < SPINS && LOAD(pool->unfinished); spin++) relax();
  STORE(pool->caller_sleeps, 1);
  for (int32_t left; (left = LOAD(pool->unfinished));) wait_while(&pool->unfinished, left);
  STORE(pool->caller_sleeps, 0);
}

void pool_help(Pool *pool) {
  int32_t seen = 0;
  while (!LOAD(pool->closing)) {
    for (int spin = 0; spin < SPINS && LOAD(pool->phase) == seen; spin++) relax();
    ADD(pool->sleeping, 1);
    while (LOAD(pool->phase) == seen && !LOAD(pool->closing)) wait_while(&pool->phase, seen);
    ADD(pool->sleeping, -1);
    seen = LOAD(pool->phase);
    work(pool, seen);
  }
}

void pool_close(Pool *pool) {
  STORE(pool->closing, 1);
  STORE(pool->phase, pool->phase + 1);
  wake(&pool->phase);
}

/* The N-API side: create(config), start(model, kind, arrays) -> Promise, dispose(model), best() -> variant. */
#include <node_api.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "job.h"

enum { MOST_HELPERS = 63 };

typedef struct Handle {
  Model model;
  float *memory;
  pthread_t threads[MOST_HELPERS];
  int busy;
} Handle;

typedef struct {
  Handle *handle;
  int kind;
  void *arrays[MOST_ARRAYS];
  int32_t lengths[MOST_ARRAYS];
  napi_ref inputs[2]; /* the model and the list of arrays, kept alive while the job runs */
  napi_deferred deferred;
  napi_async_work work;
} Job;

static napi_value fail(napi_env env, const char *message) {
  napi_throw_error(env, NULL, message);
  return NULL;
}

static void *help(void *pool) {
  pool_help(pool);
  return NULL;
}

static void release(Handle *handle) {
  if (!handle->memory) return;
  pool_close(&handle->model.pool);
  for (int i = 0; i < handle->model.pool.helpers; i++) pthread_join(handle->threads[i], NULL);
  free(handle->memory);
  handle->memory = NULL;
}

static void finalize(napi_env env, void *data, void *hint) {
  (void)env, (void)hint;
  release(data);
  free(data);
}

/* Zeroed memory for a model, in huge pages where the system has them: with small ones a batch of the standard model,
 * 17 MB, spent a twentieth of its time on looking up addresses. */
static void *allocate(size_t bytes) {
  enum { HUGE_PAGE = 2 << 20 };
  void *memory = NULL;
  if (posix_memalign(&memory, HUGE_PAGE, bytes) != 0) return NULL;
#if defined(MADV_HUGEPAGE)
  madvise(memory, bytes, MADV_HUGEPAGE);
#endif
  return memset(memory, 0, bytes);
}

/* create(config: Float64Array): a model with zero weights and its threads. */
static napi_value create(napi_env env, napi_callback_info info) {
  size_t count = 1, length = 0;
  napi_value argument, result;
  void *config = NULL;
  napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
  if (napi_get_typedarray_info(env, argument, NULL, &length, &config, NULL, NULL) != napi_ok)
    return fail(env, "create expects a Float64Array");
  Handle *handle = calloc(1, sizeof(Handle));
  void *memory = handle ? allocate(model_floats(config) * sizeof(float)) : NULL;
  if (!memory) {
    free(handle);
    return fail(env, "out of memory");
  }
  handle->memory = memory;
  model_lay_out(&handle->model, config, memory);
  int wanted = handle->model.pool.helpers > MOST_HELPERS ? MOST_HELPERS : handle->model.pool.helpers;
  handle->model.pool.helpers = 0;
  for (int i = 0; i < wanted && pthread_create(&handle->threads[i], NULL, help, &handle->model.pool) == 0; i++)
    handle->model.pool.helpers++;
  napi_create_external(env, handle, finalize, NULL, &result);
  return result;
}

static void execute(napi_env env, void *data) {
  (void)env;
  Job *job = data;
  job_run(&job->handle->model, job->kind, job->arrays, job->lengths);
}

static void complete(napi_env env, napi_status status, void *data) {
  (void)status;
  Job *job = data;
  napi_value nothing;
  job->handle->busy = 0;
  for (int i = 0; i < 2; i++) napi_delete_reference(env, job->inputs[i]);
  napi_delete_async_work(env, job->work);
  napi_get_undefined(env, &nothing);
  napi_resolve_deferred(env, job->deferred, nothing);
  free(job);
}

/* start(model, kind, arrays): runs one job on a thread of libuv's pool and the model's own. */
static napi_value start(napi_env env, napi_callback_info info) {
  size_t count = 3;
  napi_value arguments[3], promise, name;
  uint32_t arrays = 0;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  Job *job = calloc(1, sizeof(Job));
  if (!job) return fail(env, "out of memory");
  if (napi_get_value_external(env, arguments[0], (void **)&job->handle) != napi_ok ||
      napi_get_value_int32(env, arguments[1], &job->kind) != napi_ok ||
      napi_get_array_length(env, arguments[2], &arrays) != napi_ok || arrays > MOST_ARRAYS) {
    free(job);
    return fail(env, "start expects (model, kind, arrays)");
  }
  if (!job->handle->memory || job->handle->busy) {
    free(job);
    return fail(env, "the model is disposed or busy: one call at a time");
  }
  for (uint32_t i = 0; i < arrays; i++) {
    napi_value array;
    size_t length = 0;
    napi_get_element(env, arguments[2], i, &array);
    if (napi_get_typedarray_info(env, array, NULL, &length, &job->arrays[i], NULL, NULL) != napi_ok) {
      free(job);
      return fail(env, "start expects typed arrays");
    }
    job->lengths[i] = (int32_t)length;
  }
  napi_create_reference(env, arguments[0], 1, &job->inputs[0]);
  napi_create_reference(env, arguments[2], 1, &job->inputs[1]);
  napi_create_promise(env, &job->deferred, &promise);
  napi_create_string_utf8(env, "gatecast job", NAPI_AUTO_LENGTH, &name);
  napi_create_async_work(env, NULL, name, execute, complete, job, &job->work);
  job->handle->busy = 1;
  napi_queue_async_work(env, job->work);
  return promise;
}

static napi_value dispose(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument;
  Handle *handle = NULL;
  napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
  if (napi_get_value_external(env, argument, (void **)&handle) != napi_ok) return fail(env, "dispose expects a model");
  if (handle->busy) return fail(env, "the model is busy: await its last call before disposing of it");
  release(handle);
  return NULL;
}

/* best(): the fastest variant that this processor can run. */
static napi_value best(napi_env env, napi_callback_info info) {
  (void)info;
  const char *variant = "baseline";
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) variant = "avx2";
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    variant = "avx512";
#endif
  napi_value result;
  napi_create_string_utf8(env, variant, NAPI_AUTO_LENGTH, &result);
  return result;
}

NAPI_MODULE_INIT() {
  const struct { const char *name; napi_callback call; } functions[] = {
      {"create", create}, {"start", start}, {"dispose", dispose}, {"best", best}};
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_value function;
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].call, NULL, &function);
    napi_set_named_property(env, exports, functions[i].name, function);
  }
  return exports;
}

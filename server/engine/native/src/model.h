/* A stack of GRU layers and a dense head, its training and its prediction: what the addon and the WASM module
 * offer to the outside. Sizes as in server/engine/engine.ts. */
#ifndef GATECAST_MODEL_H
#define GATECAST_MODEL_H

#include "layer.h"
#include "pool.h"

enum { MOST_LAYERS = 4 };

/* What is made small: in the order of server/engine/loss.ts. */
enum Loss { LOSS_MSE, LOSS_MAE, LOSS_HUBER };

/* The dense head on the top layer's last output y: prediction[p] = bias[p] + sum over units of kernel[p][u] y[u]. */
typedef struct {
  int horizon, units, width, stride; /* P; H, H' and S of the top layer */
  /* kernel [P][H'], then bias [P]; moments and gradient alike. */
  float *weights, *gradient, *first_moment, *second_moment;
  float *error; /* [R][P]: the loss's gradient by the prediction */
  enum Loss loss;
} Head;

typedef struct {
  double learning_rate, weight_decay, clip_norm; /* the rate comes with each job; clip_norm 0: none */
} AdamOptions;

/* The windows of a call; `order` null: as they come. */
typedef struct {
  const float *rows;     /* [rows][F] */
  const int32_t *starts; /* [count] */
  const float *targets;  /* [count][P], null when predicting */
  const int32_t *order;  /* [count] */
  int count;
  uint32_t epoch;
} Windows;

/* Where an epoch stands; both in and out of `model_train`. */
typedef struct {
  double next_batch, loss_sum, windows;
  double diverged_batch; /* -1 while all is well */
} Progress;

typedef struct {
  int features, window, batch_size, layer_count;
  Layer layers[MOST_LAYERS];
  Head head;
  AdamOptions adam;
  double step; /* Adam's updates so far */
  uint32_t seed_low, seed_high;
  Pool pool;

  long weight_floats; /* of one of the four arrays of panels */
  float *weights, *gradient, *first_moment, *second_moment;
  float *input; /* [T][R][F] */
  int chunk_rows;
  double *row_losses;    /* [chunk_rows]: sum of each row's losses */
  double *square_sums;   /* [update tasks]: of the gradient's panels */

  /* The chunk in hand, for the tasks. */
  Windows windows;
  int first, used; /* windows first .. first + used - 1 in order */
  int batch_first, batch_used;
  uint32_t batch;
  int rows, spans, training, dropping;
  float *predictions; /* [count][P] */
  float update_size, decay, clip_scale;
  const int32_t *leave; /* the job in hand is worth nothing any more once it is set; null: none can be left */
} Model;

/* count, rounded up to whole units. */
static inline long whole(long count, long unit) { return (count + unit - 1) / unit * unit; }

/* Floats that `model_lay_out` needs. `config`: see cModelConfig in server/engine/c-model/c-model.ts. */
size_t model_floats(const double *config);
/* Lays a model out in zeroed memory of that size, aligned to 64 bytes. */
void model_lay_out(Model *model, const double *config, float *memory);

/* Whether the caller waits for the end of the job in hand only, not for what it computes. */
static inline int model_left(const Model *model) {
  return model->leave && __atomic_load_n(model->leave, __ATOMIC_RELAXED);
}

/* Trains from progress->next_batch to the epoch's end, or until *pause is set, after the batch in hand; or until
 * *model->leave is, within it: then that batch has changed nothing. */
void model_train(Model *model, Windows windows, Progress *progress, const int32_t *pause);
/* predictions: [count][P]; worth nothing where the model was left. */
void model_predict(Model *model, Windows windows, float *predictions);
/* The sum of one batch's losses and the gradient of their mean, flat, without an update. */
double model_gradient(Model *model, Windows windows, int batch, int dropping, float *gradient);

/* Between the flat order of server/engine/weights.ts and one of the model's four arrays of panels. After new
 * weights call `model_weights_changed`. */
void model_pack(const Model *model, const float *flat, float *panels);
void model_unpack(const Model *model, const float *panels, float *flat);
void model_weights_changed(Model *model);

/* head.c, adam.c: the parts of a pass and of an update. */
void head_pass(Model *model, Span span);
void head_gradient(Model *model);
/* Tasks of an update, one for each block's panel and the head's; `square_sums` has one number for each. */
int update_tasks(const Model *model);
void adam_update(Model *model);

#endif

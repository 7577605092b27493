/* Adam (Kingma and Ba, ICLR 2015) exactly as Keras computes it, epsilon 1e-7 outside the corrected root; weight
 * decay decoupled (Loshchilov and Hutter, ICLR 2019), on all weights as in Keras and PyTorch; gradients clipped
 * by their global norm. One task for each block's panel and one for the head. */
#include "model.h"

static const double beta_1 = 0.9, beta_2 = 0.999;
static const float epsilon = 1e-7f;

/* base^exponent by squaring: no C library is needed for WASM. */
static double power(double base, double exponent) {
  double result = 1;
  for (uint64_t left = (uint64_t)exponent; left; left >>= 1, base *= base)
    if (left & 1) result *= base;
  return result;
}

static void update(const Model *model, float *w, float *m, float *v, const float *gradient, long count) {
  Vector keep_1 = splat((float)(1 - beta_1)), keep_2 = splat((float)(1 - beta_2));
  for (long i = 0; i < count; i += LANES) {
    Vector g = load(gradient + i) * splat(model->clip_scale);
    Vector first = fma_(g - load(m + i), keep_1, load(m + i));
    Vector second = fma_(g * g - load(v + i), keep_2, load(v + i));
    store(m + i, first);
    store(v + i, second);
    store(w + i, load(w + i) * splat(model->decay) -
                     first * splat(model->update_size) / (square_root(second) + splat(epsilon)));
  }
}

static void update_task(void *context, int index) {
  Model *model = context;
  for (int l = 0; l < model->layer_count; l++) {
    Layer *layer = &model->layers[l];
    if (index >= layer->blocks) {
      index -= layer->blocks;
      continue;
    }
    long size = panel_size(layer), at = index * size;
    update(model, layer->weights + at, layer->first_moment + at, layer->second_moment + at, layer->gradient + at, size);
    gru_transpose_panel(layer, index);
    return;
  }
  Head *head = &model->head;
  update(model, head->weights, head->first_moment, head->second_moment, head->gradient,
         model->weight_floats - (head->weights - model->weights));
}

int update_tasks(const Model *model) {
  int tasks = 1;
  for (int l = 0; l < model->layer_count; l++) tasks += model->layers[l].blocks;
  return tasks;
}

/* One step from the gradient in hand; the caller has made sure that it is finite. */
void adam_update(Model *model) {
  double rate = model->adam.learning_rate, norm = 0;
  int tasks = update_tasks(model);
  for (int i = 0; i < tasks; i++) norm += model->square_sums[i];
  norm = __builtin_sqrt(norm);
  model->step += 1;
  model->update_size = (float)(rate * __builtin_sqrt(1 - power(beta_2, model->step)) / (1 - power(beta_1, model->step)));
  model->decay = (float)(1 - rate * model->adam.weight_decay);
  model->clip_scale = model->adam.clip_norm > 0 && norm > model->adam.clip_norm ? (float)(model->adam.clip_norm / norm) : 1;
  pool_run(&model->pool, update_task, model, tasks);
}

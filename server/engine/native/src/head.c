/* The dense head, the loss and their gradients. */
#include "model.h"

/* Of one target; server/engine/loss.ts has the formulas. NaN stays NaN. */
static double loss_of(enum Loss loss, double error) {
  double bounded = error > 1 ? 1 : error < -1 ? -1 : error;
  if (loss == LOSS_MAE) return error < 0 ? -error : error;
  return loss == LOSS_HUBER ? bounded * (error - bounded / 2) : error * error;
}

/* By the prediction. */
static float slope_of(enum Loss loss, float error) {
  if (loss == LOSS_MAE) return (float)((error > 0) - (error < 0));
  return loss == LOSS_HUBER ? (error > 1 ? 1 : error < -1 ? -1 : error) : 2 * error;
}

/* Predictions of the span's rows; in training also their losses and d_hidden of the top layer. */
void head_pass(Model *model, Span span) {
  const Head *head = &model->head;
  Layer *top = &model->layers[model->layer_count - 1];
  const float *hidden = hidden_at(top, span, model->window);
  const float *bias = head->weights + (long)head->horizon * head->width;
  float scale = 1.0f / ((float)model->batch_used * (float)head->horizon);

  for (int row = span.first; row < span.last; row++) {
    const float *h = hidden + (long)row * head->stride;
    float *error = head->error + (long)row * head->horizon;
    float *output = top->output + (long)row * head->stride, *d = top->d_hidden + (long)row * head->stride;
    const float *keep = model->dropping && top->keep ? top->keep + (long)row * head->stride : NULL;
    int position = model->first + row; /* in the order of the epoch */
    int real = row < model->used;
    int window = real && model->windows.order ? model->windows.order[position] : position;
    for (int u = 0; u < head->width; u += LANES) {
      store(output + u, keep ? load(h + u) * load(keep + u) : load(h + u));
      if (model->training) store(d + u, splat(0));
    }
    double loss_sum = 0;
    for (int p = 0; p < head->horizon; p++) {
      const float *kernel = head->weights + (long)p * head->width;
      Vector sum = {0};
      for (int u = 0; u < head->width; u += LANES) sum = fma_(load(output + u), load(kernel + u), sum);
      float prediction = bias[p] + sum_lanes(sum);
      if (!model->training) {
        if (real) model->predictions[(long)window * head->horizon + p] = prediction;
        continue;
      }
      float difference = real ? prediction - model->windows.targets[(long)window * head->horizon + p] : 0;
      loss_sum += loss_of(head->loss, difference);
      error[p] = scale * slope_of(head->loss, difference);
      for (int u = 0; u < head->width; u += LANES) store(d + u, fma_(splat(error[p]), load(kernel + u), load(d + u)));
    }
    model->row_losses[row] = loss_sum;
    if (model->training && keep)
      for (int u = 0; u < head->width; u += LANES) store(d + u, load(d + u) * load(keep + u));
  }
}

/* Adds the chunk's gradient of kernel and bias. */
void head_gradient(Model *model) {
  const Head *head = &model->head;
  const float *output = model->layers[model->layer_count - 1].output;
  float *bias = head->gradient + (long)head->horizon * head->width;
  for (int p = 0; p < head->horizon; p++) {
    float *kernel = head->gradient + (long)p * head->width;
    for (int row = 0; row < model->used; row++) {
      float error = head->error[(long)row * head->horizon + p];
      bias[p] += error;
      for (int u = 0; u < head->width; u += LANES)
        store(kernel + u, fma_(splat(error), load(output + (long)row * head->stride + u), load(kernel + u)));
    }
  }
}

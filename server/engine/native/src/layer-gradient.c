/* The gradients of a GRU layer's weights: products over all steps and rows of the chunk at once, one block of
 * units at a time, so that threads share them without sharing a sum. */
#include "layer.h"

/* Rows of gate gradients taken at a time, so that their panel stays in the first-level cache. */
enum { ROWS_PER_PASS = 64 };

/* C[i][0..vectors) += sum over k of A(k, i) B(k, :) for i = 0..count - 1; C has rows of `GATE_WIDTH`. */
INLINE void accumulate_rows(int rows, int vectors, long outer, long inner, Operand a, Operand b, float *c) {
  Vector sum[TILE_ROWS][PANEL_VECTORS];
  for (int i = 0; i < rows; i++)
    for (int u = 0; u < vectors; u++) sum[i][u] = load(c + (long)i * GATE_WIDTH + u * LANES);
  multiply_tile(rows, vectors, sum, outer, inner, a, b);
  for (int i = 0; i < rows; i++)
    for (int u = 0; u < vectors; u++) store(c + (long)i * GATE_WIDTH + u * LANES, sum[i][u]);
}

INLINE void accumulate(int count, int vectors, long outer, long inner, Operand a, Operand b, float *c) {
  int i = 0;
  for (; i + TILE_ROWS <= count; i += TILE_ROWS, a.data += TILE_ROWS, c += TILE_ROWS * GATE_WIDTH)
    accumulate_rows(TILE_ROWS, vectors, outer, inner, a, b, c);
  for (; i + 4 <= count; i += 4, a.data += 4, c += 4 * GATE_WIDTH)
    accumulate_rows(4, vectors, outer, inner, a, b, c);
  for (; i < count; i++, a.data++, c += GATE_WIDTH) accumulate_rows(1, vectors, outer, inner, a, b, c);
}

/* The biases' gradients: all four slots summed over steps and rows. */
static void accumulate_biases(const Layer *layer, long outer, long inner, Operand gradients, float *bias) {
  Vector sum[SLOTS] = {0};
  const float *g = gradients.data;
  for (long step = 0; step < outer; step++, g += gradients.jump)
    for (long row = 0; row < inner; row++, g += gradients.step)
      for (int slot = 0; slot < SLOTS; slot++) sum[slot] = sum[slot] + load(g + slot * LANES);
  for (int slot = 0; slot < GATES; slot++) store(bias + slot * LANES, load(bias + slot * LANES) + sum[slot]);
  if (!layer->reset_after) return; /* one bias only: the recurrent one stays zero */
  bias += GATE_WIDTH;
  for (int slot = 0; slot < GATES; slot++) store(bias + slot * LANES, load(bias + slot * LANES) + sum[slot + 1]);
}

void gru_panel_gradient(const Layer *layer, int block, int steps, int rows, const float *input, int input_stride) {
  int width = padded_units(layer);
  float *input_kernel = layer->gradient + block * panel_size(layer);
  float *recurrent_kernel = input_kernel + (long)layer->inputs * GATE_WIDTH;
  float *bias = recurrent_kernel + (long)layer->units * GATE_WIDTH;
  int steps_per_pass = rows < ROWS_PER_PASS ? ROWS_PER_PASS / rows : 1;

  for (int t = 0; t < steps; t += steps_per_pass) {
    long outer = t + steps_per_pass <= steps ? steps_per_pass : steps - t;
    long from = (long)t * rows;
    Operand gradients = {layer->gates + ((long)t * layer->blocks + block) * rows * SLOT_WIDTH, 0, SLOT_WIDTH,
                         (long)(layer->blocks - 1) * rows * SLOT_WIDTH};
    Operand recurrent = gradients, candidate = gradients;
    recurrent.data += LANES;
    candidate.data += 3 * LANES;
    Operand inputs = {input + from * input_stride, 1, input_stride, 0};
    Operand hidden = {layer->hidden + from * width, 1, width, 0};

    accumulate_biases(layer, outer, rows, gradients, bias);
    accumulate(layer->inputs, GATES, outer, rows, inputs, gradients, input_kernel);
    if (layer->reset_after) {
      accumulate(layer->units, GATES, outer, rows, hidden, recurrent, recurrent_kernel);
    } else {
      Operand reset_hidden = {layer->reset_hidden + from * width, 1, width, 0};
      accumulate(layer->units, 2, outer, rows, hidden, recurrent, recurrent_kernel);
      accumulate(layer->units, 1, outer, rows, reset_hidden, candidate, recurrent_kernel + 2 * LANES);
    }
  }
}

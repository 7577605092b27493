/* The forms a GRU layer's weights take: flat for the outside, panels for the products, transposed for the way back. */
#include "layer.h"

/* Gates in the order of the flat array are z r n; the input's panels have n z r, the recurrent ones z r n. */
static const int input_gates[GATES] = {2, 0, 1}, recurrent_gates[GATES] = {0, 1, 2};

/* Copies rows of [count][3H] to or from panel rows [count][3][LANES] of every block. */
static void exchange(const Layer *layer, int count, const int *order, float *flat, float *panels, int to_panels) {
  for (int block = 0; block < layer->blocks; block++, panels += panel_size(layer))
    for (int row = 0; row < count; row++)
      for (int gate = 0; gate < GATES; gate++)
        for (int lane = 0; lane < LANES && block * LANES + lane < layer->units; lane++) {
          float *outside = flat + ((long)row * GATES + order[gate]) * layer->units + block * LANES + lane;
          float *inside = panels + (long)row * GATE_WIDTH + gate * LANES + lane;
          if (to_panels) *inside = *outside;
          else *outside = *inside;
        }
}

static long exchange_all(const Layer *layer, float *flat, float *panels, int to_panels) {
  long row = (long)GATES * layer->units, done = 0;
  exchange(layer, layer->inputs, input_gates, flat, panels, to_panels);
  done += layer->inputs * row;
  panels += (long)layer->inputs * GATE_WIDTH;
  exchange(layer, layer->units, recurrent_gates, flat + done, panels, to_panels);
  done += layer->units * row;
  panels += (long)layer->units * GATE_WIDTH;
  exchange(layer, 1, input_gates, flat + done, panels, to_panels);
  done += row;
  if (!layer->reset_after) return done;
  exchange(layer, 1, recurrent_gates, flat + done, panels + GATE_WIDTH, to_panels);
  return done + row;
}

long gru_pack(const Layer *layer, const float *flat, float *panels) {
  return exchange_all(layer, (float *)flat, panels, 1);
}

long gru_unpack(const Layer *layer, const float *panels, float *flat) {
  return exchange_all(layer, flat, (float *)panels, 0);
}

/* kernel [count][3][LANES] of one block becomes rows (block, gate, lane) of panels of 1 to 3 blocks of columns. */
static void transpose(int count, int blocks, int block, const float *kernel, float *transposed) {
  int columns = (count + LANES - 1) / LANES, panels = panel_count(columns);
  long height = (long)blocks * GATE_WIDTH;
  for (int panel = 0; panel < panels; panel++) {
    int first = panel_start(columns, panel) * LANES, width = panel_start(columns, panel + 1) * LANES - first;
    float *target = transposed + first * height + (long)block * GATE_WIDTH * width;
    for (int column = 0; column < width && first + column < count; column++)
      for (int row = 0; row < GATE_WIDTH; row++)
        target[(long)row * width + column] = kernel[(long)(first + column) * GATE_WIDTH + row];
  }
}

void gru_transpose_panel(const Layer *layer, int block) {
  const float *kernel = layer->weights + block * panel_size(layer);
  if (layer->input_transposed) transpose(layer->inputs, layer->blocks, block, kernel, layer->input_transposed);
  transpose(layer->units, layer->blocks, block, kernel + (long)layer->inputs * GATE_WIDTH, layer->recurrent_transposed);
}

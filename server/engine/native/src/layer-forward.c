/* The forward step of a GRU layer: both variants, one block of units and one tile of rows at a time. */
#include "layer.h"

typedef Vector Tile[TILE_ROWS][PANEL_VECTORS];

/* Weights of one block, and where a tile of rows reads and writes. */
typedef struct {
  const float *input_kernel, *recurrent_kernel, *input_bias, *recurrent_bias;
} Panel;

typedef struct {
  const float *input, *hidden; /* [TILE_ROWS][input_stride], [TILE_ROWS][S] */
  float *own_hidden, *next, *gates; /* of the block's units: [TILE_ROWS][S] twice, [TILE_ROWS][4][LANES] */
  float *reset_hidden;              /* [TILE_ROWS][S], or null */
} Place;

float *hidden_at(const Layer *layer, Span span, int t) {
  int slot = span.remembers ? t : t & 1;
  return layer->hidden + (long)slot * span.rows * row_stride(layer);
}

static Panel panel_of(const Layer *layer, int block) {
  const float *kernel = layer->weights + block * panel_size(layer);
  const float *recurrent = kernel + (long)layer->inputs * GATE_WIDTH;
  const float *bias = recurrent + (long)layer->units * GATE_WIDTH;
  return (Panel){kernel, recurrent, bias, bias + GATE_WIDTH};
}

static Place place_of(const Layer *layer, Span span, int t, int block, int row, const float *input, int input_stride) {
  int stride = row_stride(layer), step = span.remembers ? t : 0;
  long at = (long)row * stride, unit = (long)block * LANES;
  float *hidden = hidden_at(layer, span, t) + at;
  return (Place){
      .input = input + (long)row * input_stride,
      .hidden = hidden,
      .own_hidden = hidden + unit,
      .next = hidden_at(layer, span, t + 1) + at + unit,
      .gates = layer->gates + (((long)step * layer->blocks + block) * span.rows + row) * SLOT_WIDTH,
      .reset_hidden = layer->reset_hidden ? layer->reset_hidden + (long)step * span.rows * stride + at : NULL,
  };
}

/* pre[i] = [n z r] of bias + Wx x. */
INLINE void project_input(const Layer *layer, Panel panel, Place place, int input_stride, Tile pre) {
  UNROLL for (int i = 0; i < TILE_ROWS; i++)
    UNROLL for (int gate = 0; gate < GATES; gate++) pre[i][gate] = load(panel.input_bias + gate * LANES);
  multiply_tile(TILE_ROWS, GATES, pre, 1, layer->inputs, (Operand){place.input, input_stride, 1, 0},
                (Operand){panel.input_kernel, 0, GATE_WIDTH, 0}, NULL);
}

static void tile_reset_after(const Layer *layer, Panel panel, Place place, int input_stride, int first_step) {
  int stride = row_stride(layer);
  Tile pre;
  Vector candidate[TILE_ROWS];
  project_input(layer, panel, place, input_stride, pre);
  UNROLL for (int i = 0; i < TILE_ROWS; i++) { /* from n z r to z r n, where n starts anew: its product stands apart */
    candidate[i] = pre[i][0];
    pre[i][0] = pre[i][1] + load(panel.recurrent_bias);
    pre[i][1] = pre[i][2] + load(panel.recurrent_bias + LANES);
    pre[i][2] = load(panel.recurrent_bias + 2 * LANES);
  }
  if (!first_step)
    multiply_tile(TILE_ROWS, GATES, pre, 1, layer->units, (Operand){place.hidden, stride, 1, 0},
                  (Operand){panel.recurrent_kernel, 0, GATE_WIDTH, 0}, NULL);
  UNROLL for (int i = 0; i < TILE_ROWS; i++) {
    Vector z = sigmoid(pre[i][0]), r = sigmoid(pre[i][1]), recurrent = pre[i][2];
    Vector n = tanh_(fma_(r, recurrent, candidate[i]));
    Vector h = load(place.own_hidden + (long)i * stride);
    float *gates = place.gates + i * SLOT_WIDTH;
    store(gates, n);
    store(gates + LANES, z);
    store(gates + 2 * LANES, r);
    store(gates + 3 * LANES, recurrent);
    store(place.next + (long)i * stride, fma_(z, h - n, n));
  }
}

/* Reset before, first half: z, r and r * h of all units, which the candidates need whole. */
static void tile_update_and_reset(const Layer *layer, Panel panel, Place place, int input_stride, int block,
                                  int first_step) {
  int stride = row_stride(layer);
  Tile pre;
  project_input(layer, panel, place, input_stride, pre);
  UNROLL for (int i = 0; i < TILE_ROWS; i++) { /* the candidate waits where it will stand */
    store(place.gates + i * SLOT_WIDTH, pre[i][0]);
    pre[i][0] = pre[i][1];
    pre[i][1] = pre[i][2];
  }
  if (!first_step)
    multiply_tile(TILE_ROWS, 2, pre, 1, layer->units, (Operand){place.hidden, stride, 1, 0},
                  (Operand){panel.recurrent_kernel, 0, GATE_WIDTH, 0}, NULL);
  UNROLL for (int i = 0; i < TILE_ROWS; i++) {
    Vector r = sigmoid(pre[i][1]);
    store(place.gates + i * SLOT_WIDTH + LANES, sigmoid(pre[i][0]));
    store(place.gates + i * SLOT_WIDTH + 2 * LANES, r);
    store(place.reset_hidden + (long)i * stride + (long)block * LANES, r * load(place.own_hidden + (long)i * stride));
  }
}

/* Reset before, second half. */
static void tile_candidate(const Layer *layer, Panel panel, Place place, int first_step) {
  int stride = row_stride(layer);
  Tile pre;
  UNROLL for (int i = 0; i < TILE_ROWS; i++) pre[i][0] = load(place.gates + i * SLOT_WIDTH);
  if (!first_step)
    multiply_tile(TILE_ROWS, 1, pre, 1, layer->units, (Operand){place.reset_hidden, stride, 1, 0},
                  (Operand){panel.recurrent_kernel + 2 * LANES, 0, GATE_WIDTH, 0}, NULL);
  UNROLL for (int i = 0; i < TILE_ROWS; i++) {
    Vector n = tanh_(pre[i][0]), z = load(place.gates + i * SLOT_WIDTH + LANES);
    Vector h = load(place.own_hidden + (long)i * stride);
    store(place.gates + i * SLOT_WIDTH, n);
    store(place.next + (long)i * stride, fma_(z, h - n, n));
  }
}

void gru_forward_step(const Layer *layer, Span span, int t, const float *input, int input_stride) {
  for (int block = 0; block < layer->blocks; block++) {
    Panel panel = panel_of(layer, block);
    for (int row = span.first; row < span.last; row += TILE_ROWS) {
      Place place = place_of(layer, span, t, block, row, input, input_stride);
      if (layer->reset_after) tile_reset_after(layer, panel, place, input_stride, t == 0);
      else tile_update_and_reset(layer, panel, place, input_stride, block, t == 0);
    }
  }
  if (layer->reset_after) return;
  for (int block = 0; block < layer->blocks; block++)
    for (int row = span.first; row < span.last; row += TILE_ROWS)
      tile_candidate(layer, panel_of(layer, block), place_of(layer, span, t, block, row, input, input_stride), t == 0);
}

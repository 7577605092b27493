/* The backward step of a GRU layer, and the gradients of its weights. Derived from layer.h's equations by the
 * chain rule; d is the loss's gradient by hidden[t + 1]:
 *
 *   dn = d (1 - z) (1 - n^2)        dz = d (h - n) z (1 - z)        both before their nonlinearity
 *   after:   dn' = dn r             dr = dn (Un h + cn) r (1 - r)   dh = d z + [dz dr dn'] U^T
 *   before:  s = dn Un^T            dr = s h r (1 - r)              dh = d z + s r + [dz dr] U^T
 *   dx = [dn dz dr] W^T */
#include "layer.h"

typedef Vector Tile[TILE_ROWS][PANEL_VECTORS];

static float *gates_at(const Layer *layer, Span span, int t, int block, int row) {
  return layer->gates + (((long)t * layer->blocks + block) * span.rows + row) * SLOT_WIDTH;
}

/* Everything of the step that needs no product; leaves d z in d_hidden. */
static void differentiate_gates(const Layer *layer, Span span, int t) {
  int stride = row_stride(layer);
  const float *hidden = hidden_at(layer, span, t);
  for (int block = 0; block < layer->blocks; block++)
    for (int row = span.first; row < span.last; row++) {
      long at = (long)row * stride + (long)block * LANES;
      float *gates = gates_at(layer, span, t, block, row);
      Vector n = load(gates), z = load(gates + LANES), r = load(gates + 2 * LANES);
      Vector d = load(layer->d_hidden + at), one = splat(1);
      Vector past = d * z, fresh = d - past;
      Vector dn = fresh * fma_(-n, n, one);
      Vector dz = past * (load(hidden + at) - n) * (one - z);
      store(gates, dn);
      store(gates + LANES, dz);
      if (layer->reset_after) {
        Vector through = dn * r, recurrent = load(gates + 3 * LANES);
        store(gates + 2 * LANES, through * recurrent * (one - r));
        store(gates + 3 * LANES, through);
      } else {
        store(gates + 3 * LANES, dn); /* slot 2 keeps r until `differentiate_reset` */
      }
      store(layer->d_hidden + at, past);
    }
}

/* One tile of [gates' gradients] x [kernel transposed]: `gates` consecutive slots from `slot` on, against the
 * rows of the panel's gates from `gate` on. The last block's lanes beyond H are zero and left out. */
INLINE void multiply_gates(const Layer *layer, Span span, int vectors, Tile sum, const float *gradients, int slot,
                           const float *panel, int gate, int gates) {
  long inner = (long)gates * LANES, width = (long)vectors * LANES, block_size = (long)span.rows * SLOT_WIDTH;
  long full = layer->units / LANES, rest = layer->units % LANES;
  gradients += slot * LANES;
  panel += gate * LANES * width;
  multiply_tile(TILE_ROWS, vectors, sum, full, inner, (Operand){gradients, SLOT_WIDTH, 1, block_size - inner},
                (Operand){panel, 0, width, (GATE_WIDTH - inner) * width}, NULL);
  if (rest)
    multiply_tile(TILE_ROWS, vectors, sum, gates, rest,
                  (Operand){gradients + full * block_size, SLOT_WIDTH, 1, LANES - rest},
                  (Operand){panel + full * GATE_WIDTH * width, 0, width, (LANES - rest) * width}, NULL);
}

/* Reset before: finishes dr, which needs the product with the candidate's kernel, and adds s r to d_hidden. */
INLINE void differentiate_reset(const Layer *layer, Span span, int t, int start, const int vectors,
                                const float *panel) {
  int stride = row_stride(layer);
  const float *hidden = hidden_at(layer, span, t);
  for (int row = span.first; row < span.last; row += TILE_ROWS) {
    Tile sum = {0};
    multiply_gates(layer, span, vectors, sum, gates_at(layer, span, t, 0, row), 3, panel, 2, 1);
    UNROLL for (int i = 0; i < TILE_ROWS; i++)
      UNROLL for (int u = 0; u < vectors; u++) {
        long at = (long)(row + i) * stride + (long)(start + u) * LANES;
        float *reset = gates_at(layer, span, t, start + u, row + i) + 2 * LANES;
        Vector r = load(reset), through = sum[i][u] * r;
        store(reset, through * load(hidden + at) * (splat(1) - r));
        store(layer->d_hidden + at, load(layer->d_hidden + at) + through);
      }
  }
}

/* d_hidden += [dz dr dn'] U^T, without dn' when the reset comes before. */
INLINE void differentiate_hidden(const Layer *layer, Span span, int t, int start, const int vectors,
                                 const float *panel, const int gates) {
  int stride = row_stride(layer);
  for (int row = span.first; row < span.last; row += TILE_ROWS) {
    float *target = layer->d_hidden + (long)row * stride + (long)start * LANES;
    Tile sum;
    UNROLL for (int i = 0; i < TILE_ROWS; i++)
      UNROLL for (int u = 0; u < vectors; u++) sum[i][u] = load(target + (long)i * stride + u * LANES);
    multiply_gates(layer, span, vectors, sum, gates_at(layer, span, t, 0, row), 1, panel, 0, gates);
    UNROLL for (int i = 0; i < TILE_ROWS; i++)
      UNROLL for (int u = 0; u < vectors; u++) store(target + (long)i * stride + u * LANES, sum[i][u]);
  }
}

INLINE void differentiate_input(const Layer *layer, Span span, int t, const Layer *below, int start,
                                const int vectors, const float *panel) {
  int stride = row_stride(below);
  for (int row = span.first; row < span.last; row += TILE_ROWS) {
    Tile sum = {0};
    multiply_gates(layer, span, vectors, sum, gates_at(layer, span, t, 0, row), 0, panel, 0, GATES);
    UNROLL for (int i = 0; i < TILE_ROWS; i++)
      UNROLL for (int u = 0; u < vectors; u++) {
        long at = (long)(row + i) * stride + (long)(start + u) * LANES;
        Vector d = load(below->d_hidden + at);
        if (below->keep) d = fma_(sum[i][u], load(below->keep + (long)t * span.rows * stride + at), d);
        else d = d + sum[i][u];
        store(below->d_hidden + at, d);
      }
  }
}

/* Calls `work` for each transposed panel with its width as a constant, so that its tile stays in registers. */
#define FOR_EACH_PANEL(blocks, height, transposed, work, ...)                          \
  for (int panel_ = 0; panel_ < panel_count(blocks); panel_++) {                       \
    int start_ = panel_start(blocks, panel_);                                          \
    const float *data_ = (transposed) + (long)start_ * LANES * (height);               \
    switch (panel_start(blocks, panel_ + 1) - start_) {                                \
      case 1: work(__VA_ARGS__, start_, 1, data_); break;                              \
      case 2: work(__VA_ARGS__, start_, 2, data_); break;                              \
      default: work(__VA_ARGS__, start_, 3, data_); break;                             \
    }                                                                                  \
  }

#define HIDDEN_THROUGH_ALL(layer, span, t, start, vectors, panel) \
  differentiate_hidden(layer, span, t, start, vectors, panel, GATES)
#define HIDDEN_THROUGH_Z_R(layer, span, t, start, vectors, panel) \
  differentiate_hidden(layer, span, t, start, vectors, panel, 2)

static void clear_reset_gradients(const Layer *layer, Span span, int t) {
  for (int block = 0; block < layer->blocks; block++)
    for (int row = span.first; row < span.last; row++)
      store(gates_at(layer, span, t, block, row) + 2 * LANES, splat(0));
}

void gru_backward_step(const Layer *layer, Span span, int t) {
  long height = (long)layer->blocks * GATE_WIDTH;
  differentiate_gates(layer, span, t);
  if (t == 0) { /* hidden[0] is a constant zero: nothing flows into it, and r had nothing to reset */
    if (!layer->reset_after) clear_reset_gradients(layer, span, t);
    return;
  }
  if (layer->reset_after) {
    FOR_EACH_PANEL(layer->blocks, height, layer->recurrent_transposed, HIDDEN_THROUGH_ALL, layer, span, t)
    return;
  }
  FOR_EACH_PANEL(layer->blocks, height, layer->recurrent_transposed, differentiate_reset, layer, span, t)
  FOR_EACH_PANEL(layer->blocks, height, layer->recurrent_transposed, HIDDEN_THROUGH_Z_R, layer, span, t)
}

void gru_backward_input(const Layer *layer, Span span, int t, const Layer *below) {
  long height = (long)layer->blocks * GATE_WIDTH;
  FOR_EACH_PANEL(below->blocks, height, layer->input_transposed, differentiate_input, layer, span, t, below)
}

/* The gradients of a GRU layer's weights: products over all steps and rows of the chunk at once, one block of
 * units at a time, so that threads share them without sharing a sum. */
#include "layer.h"

/* A pass covers so many rows of the chunk (over several steps when the chunk has fewer) that the panel of gate
 * gradients stays in the first-level cache; and so many columns of the kernel's input that they and the kernel's
 * panels of all blocks of the task stay in the second. */
enum { ROWS_PER_PASS = 1024 / LANES, COLUMNS_PER_PASS = 256 };

typedef struct {
  int t, row;        /* where it starts */
  long outer, inner; /* steps, and rows of each */
} Pass;

/* The pass that starts there; at the end of the steps it is empty. */
static Pass pass_at(int t, int row, int steps, int rows) {
  int outer = rows < ROWS_PER_PASS ? ROWS_PER_PASS / rows : 1;
  int inner = rows - row < ROWS_PER_PASS ? rows - row : ROWS_PER_PASS;
  return (Pass){t, row, outer < steps - t ? outer : steps - t, inner};
}

static Pass next_pass(Pass pass, int steps, int rows) {
  int row = pass.row + (int)pass.inner;
  return row < rows ? pass_at(pass.t, row, steps, rows) : pass_at(pass.t + (int)pass.outer, 0, steps, rows);
}

/* C[i][0..vectors) += sum over k of A(k, i) B(k, :) for i = 0..count - 1; C has rows of `GATE_WIDTH`. */
INLINE void accumulate_rows(int rows, int vectors, long outer, long inner, Operand a, Operand b, float *c) {
  Vector sum[TILE_ROWS][PANEL_VECTORS];
  UNROLL for (int i = 0; i < rows; i++)
    UNROLL for (int u = 0; u < vectors; u++) sum[i][u] = load(c + (long)i * GATE_WIDTH + u * LANES);
  multiply_tile(rows, vectors, sum, outer, inner, a, b);
  UNROLL for (int i = 0; i < rows; i++)
    UNROLL for (int u = 0; u < vectors; u++) store(c + (long)i * GATE_WIDTH + u * LANES, sum[i][u]);
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
      UNROLL for (int slot = 0; slot < SLOTS; slot++) sum[slot] = sum[slot] + load(g + slot * LANES);
  for (int slot = 0; slot < GATES; slot++) store(bias + slot * LANES, load(bias + slot * LANES) + sum[slot]);
  if (!layer->reset_after) return; /* one bias only: the recurrent one stays zero */
  bias += GATE_WIDTH;
  for (int slot = 0; slot < GATES; slot++) store(bias + slot * LANES, load(bias + slot * LANES) + sum[slot + 1]);
}

/* One kernel of the layer: what its product reads, which slots of gradients it gets, and where it stands in the
 * panel. */
typedef struct {
  const float *input; /* [T][R][stride] */
  int stride, count;  /* of its input: I or H */
  int slot;
  long offset;
} Kernel;

INLINE void accumulate_kernel(const Layer *layer, BlockRange range, int steps, int rows, Kernel kernel, const int vectors,
                              int with_biases) {
  long bias_offset = (long)(layer->inputs + layer->units) * GATE_WIDTH;
  for (int column = 0; column < kernel.count; column += COLUMNS_PER_PASS) {
    int columns = kernel.count - column < COLUMNS_PER_PASS ? kernel.count - column : COLUMNS_PER_PASS;
    for (Pass pass = pass_at(0, 0, steps, rows); pass.t < steps; pass = next_pass(pass, steps, rows))
      for (int block = range.first; block < range.last; block++) {
        float *panel = layer->gradient + block * panel_size(layer);
        long from = (long)pass.t * rows + pass.row;
        Operand inputs = {kernel.input + from * kernel.stride + column, 1, kernel.stride, 0};
        Operand gradients = {layer->gates + (((long)pass.t * layer->blocks + block) * rows + pass.row) * SLOT_WIDTH, 0,
                             SLOT_WIDTH, (long)(layer->blocks - 1) * rows * SLOT_WIDTH};
        if (with_biases && column == 0) accumulate_biases(layer, pass.outer, pass.inner, gradients, panel + bias_offset);
        gradients.data += kernel.slot * LANES;
        accumulate(columns, vectors, pass.outer, pass.inner, inputs, gradients,
                   panel + kernel.offset + (long)column * GATE_WIDTH);
      }
  }
}

void gru_panel_gradients(const Layer *layer, BlockRange range, int steps, int rows, const float *input,
                         int input_stride) {
  long recurrent = (long)layer->inputs * GATE_WIDTH;
  Kernel from_input = {input, input_stride, layer->inputs, 0, 0};
  Kernel from_hidden = {layer->hidden, row_stride(layer), layer->units, 1, recurrent};
  Kernel from_reset_hidden = {layer->reset_hidden, row_stride(layer), layer->units, 3, recurrent + 2 * LANES};
  accumulate_kernel(layer, range, steps, rows, from_input, GATES, 1);
  if (layer->reset_after) {
    accumulate_kernel(layer, range, steps, rows, from_hidden, GATES, 0);
  } else {
    accumulate_kernel(layer, range, steps, rows, from_hidden, 2, 0);
    accumulate_kernel(layer, range, steps, rows, from_reset_hidden, 1, 0);
  }
}

/* The gradients of a GRU layer's weights: products over all steps and rows of the chunk at once, one block of
 * units at a time, so that threads share them without sharing a sum. */
#include "layer.h"

/* A pass covers so many rows of the chunk (over several steps when the chunk has fewer) that the panel of gate
 * gradients stays in the first-level cache; and so many columns of the kernels' inputs that they and the kernels'
 * panels of all blocks of the task stay in the second. */
enum { ROWS_PER_PASS = 64, COLUMNS_PER_PASS = 256 };

enum { HALF_TILE = (TILE_ROWS + 1) / 2 };

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

/* One kernel of the layer: what its product reads, which slots of gradients it gets, and where it stands in the
 * panel. Its columns are counted on from those of the kernel before. */
typedef struct {
  const float *input; /* [T][R][stride] */
  int stride, columns; /* of its input: I or H */
  int slot, vectors;
  long offset;
} Kernel;

enum { MOST_KERNELS = 3 };

/* What the next pass reads, to be fetched during this one: the first reading of a panel from the third-level cache
 * cost a tenth of the products. */
typedef struct {
  const float *data;
  long lines;
} Stretch;

typedef struct {
  Stretch stretches[MOST_KERNELS + 1];
  int next, count;
} Ahead;

/* Takes the next so many lines, or some that are at hand already. */
static Fetch fetch_ahead(Ahead *ahead, long lines) {
  while (ahead->next < ahead->count && ahead->stretches[ahead->next].lines <= 0) ahead->next++;
  if (ahead->next == ahead->count) return (Fetch){ahead->stretches[0].data, 0};
  Stretch *stretch = &ahead->stretches[ahead->next];
  Fetch fetch = {stretch->data, LINE};
  stretch->data += lines * LINE;
  stretch->lines -= lines;
  return fetch;
}

/* C[i][0..vectors) += sum over k of A(k, i) B(k, :) for i = 0..rows - 1; C has rows of `GATE_WIDTH`. */
INLINE void accumulate_rows(int rows, int vectors, Pass pass, Operand a, Operand b, float *c, Ahead *ahead) {
  Fetch fetch = fetch_ahead(ahead, pass.outer * pass.inner);
  Vector sum[TILE_ROWS][PANEL_VECTORS];
  UNROLL for (int i = 0; i < rows; i++)
    UNROLL for (int u = 0; u < vectors; u++) sum[i][u] = load(c + (long)i * GATE_WIDTH + u * LANES);
  multiply_tile(rows, vectors, sum, pass.outer, pass.inner, a, b, &fetch);
  UNROLL for (int i = 0; i < rows; i++)
    UNROLL for (int u = 0; u < vectors; u++) store(c + (long)i * GATE_WIDTH + u * LANES, sum[i][u]);
}

INLINE void accumulate(int columns, const int vectors, Pass pass, Operand a, Operand b, float *c, Ahead *ahead) {
  int i = 0;
  for (; i + TILE_ROWS <= columns; i += TILE_ROWS, a.data += TILE_ROWS, c += TILE_ROWS * GATE_WIDTH)
    accumulate_rows(TILE_ROWS, vectors, pass, a, b, c, ahead);
  for (; i + HALF_TILE <= columns; i += HALF_TILE, a.data += HALF_TILE, c += HALF_TILE * GATE_WIDTH)
    accumulate_rows(HALF_TILE, vectors, pass, a, b, c, ahead);
  for (; i < columns; i++, a.data++, c += GATE_WIDTH) accumulate_rows(1, vectors, pass, a, b, c, ahead);
}

/* The biases' gradients: all four slots summed over steps and rows. */
static void accumulate_biases(const Layer *layer, Pass pass, Operand gradients, float *bias) {
  Vector sum[SLOTS] = {0};
  const float *g = gradients.data;
  for (long step = 0; step < pass.outer; step++, g += gradients.jump)
    for (long row = 0; row < pass.inner; row++, g += gradients.step)
      UNROLL for (int slot = 0; slot < SLOTS; slot++) sum[slot] = sum[slot] + load(g + slot * LANES);
  for (int slot = 0; slot < GATES; slot++) store(bias + slot * LANES, load(bias + slot * LANES) + sum[slot]);
  if (!layer->reset_after) return; /* one bias only: the recurrent one stays zero */
  bias += GATE_WIDTH;
  for (int slot = 0; slot < GATES; slot++) store(bias + slot * LANES, load(bias + slot * LANES) + sum[slot + 1]);
}

/* A part of one layer's task: some blocks, and the columns [first, last) of its kernels' inputs one after the other. */
typedef struct {
  const Layer *layer;
  BlockRange blocks;
  int steps, rows;
  const Kernel *kernels;
  int kernel_count, first, last;
} Sweep;

static const float *gates_at(const Sweep *sweep, Pass pass, int block) {
  const Layer *layer = sweep->layer;
  return layer->gates + (((long)pass.t * layer->blocks + block) * sweep->rows + pass.row) * SLOT_WIDTH;
}

static const float *input_at(const Sweep *sweep, Pass pass, const Kernel *kernel) {
  return kernel->input + ((long)pass.t * sweep->rows + pass.row) * kernel->stride;
}

/* What comes after a block's pass: the next block's gates, or those of the next pass and its inputs. */
static Ahead ahead_of(const Sweep *sweep, Pass pass, int block) {
  if (block + 1 < sweep->blocks.last)
    return (Ahead){.stretches = {{gates_at(sweep, pass, block + 1), pass.inner * SLOT_WIDTH / LINE}}, .count = 1};
  Pass next = next_pass(pass, sweep->steps, sweep->rows);
  Ahead ahead = {.stretches = {{gates_at(sweep, next, sweep->blocks.first), next.inner * SLOT_WIDTH / LINE}}, .count = 1};
  for (const Kernel *kernel = sweep->kernels; kernel < sweep->kernels + sweep->kernel_count; kernel++)
    ahead.stretches[ahead.count++] = (Stretch){input_at(sweep, next, kernel), next.inner * kernel->stride / LINE};
  return ahead;
}

static int between(int x, int low, int high) { return x < low ? low : x > high ? high : x; }

static void sweep_block(const Sweep *sweep, Pass pass, int block) {
  const Layer *layer = sweep->layer;
  float *panel = layer->gradient + block * panel_size(layer);
  Operand gradients = {gates_at(sweep, pass, block), 0, SLOT_WIDTH, (long)(layer->blocks - 1) * sweep->rows * SLOT_WIDTH};
  Ahead ahead = ahead_of(sweep, pass, block);
  if (sweep->first == 0)
    accumulate_biases(layer, pass, gradients, panel + (long)(layer->inputs + layer->units) * GATE_WIDTH);
  int from = sweep->first, to = sweep->last;
  for (const Kernel *kernel = sweep->kernels; kernel < sweep->kernels + sweep->kernel_count; kernel++) {
    int first = between(from, 0, kernel->columns), columns = between(to, 0, kernel->columns) - first;
    from -= kernel->columns;
    to -= kernel->columns;
    Operand a = {input_at(sweep, pass, kernel) + first, 1, kernel->stride, 0}, b = gradients;
    b.data += kernel->slot * LANES;
    float *c = panel + kernel->offset + (long)first * GATE_WIDTH;
    if (kernel->vectors == GATES) accumulate(columns, GATES, pass, a, b, c, &ahead);
    else if (kernel->vectors == 2) accumulate(columns, 2, pass, a, b, c, &ahead);
    else accumulate(columns, 1, pass, a, b, c, &ahead);
  }
}

static void sweep_all(Sweep sweep) {
  int columns = 0;
  for (int k = 0; k < sweep.kernel_count; k++) columns += sweep.kernels[k].columns;
  for (; sweep.first < columns; sweep.first = sweep.last) {
    sweep.last = sweep.first + COLUMNS_PER_PASS;
    for (Pass pass = pass_at(0, 0, sweep.steps, sweep.rows); pass.t < sweep.steps;
         pass = next_pass(pass, sweep.steps, sweep.rows))
      for (int block = sweep.blocks.first; block < sweep.blocks.last; block++) sweep_block(&sweep, pass, block);
  }
}

void gru_panel_gradients(const Layer *layer, BlockRange range, int steps, int rows, const float *input,
                         int input_stride) {
  long recurrent = (long)layer->inputs * GATE_WIDTH;
  int stride = row_stride(layer), units = layer->units;
  Kernel from_input = {input, input_stride, layer->inputs, 0, GATES, 0};
  if (layer->reset_after) {
    const Kernel kernels[] = {from_input, {layer->hidden, stride, units, 1, GATES, recurrent}};
    sweep_all((Sweep){layer, range, steps, rows, kernels, 2, 0, 0});
  } else {
    const Kernel kernels[] = {from_input,
                              {layer->hidden, stride, units, 1, 2, recurrent},
                              {layer->reset_hidden, stride, units, 3, 1, recurrent + 2 * LANES}};
    sweep_all((Sweep){layer, range, steps, rows, kernels, 3, 0, 0});
  }
}

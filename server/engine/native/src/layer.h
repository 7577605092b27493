/* One GRU layer: its weights, what it remembers of a chunk of windows, and the steps of its equations.
 *
 *   z = sigmoid(Wz x + Uz h + bz)                    how much of the past to keep
 *   r = sigmoid(Wr x + Ur h + br)                    how much of the past the candidate sees
 *   n = tanh(Wn x + bn + r * (Un h + cn))            reset after the product (Keras 2+, PyTorch, cuDNN)
 *   n = tanh(Wn x + bn + Un (r * h))                 reset before it (Cho et al., EMNLP 2014)
 *   h' = (1 - z) * n + z * h
 *
 * T steps, R rows (windows of the chunk, a multiple of TILE_ROWS), I inputs, H units in `blocks` blocks of LANES;
 * H' = blocks * LANES, and rows lie S apart (row_stride). Units beyond H have zero weights, so they stay zero, forward and backward, by themselves.
 *
 * Gates are interleaved by block, [n z r .] x LANES side by side, so that one register tile holds all gates of
 * LANES units and the nonlinearities run before anything is written. Backward, the gates' gradients
 * [dn dz dr dn'] take the same place, where dn' is what reaches the recurrent product of the candidate: the first
 * three are then the panel of gradients for the input's weights, the last three the one for the recurrent. That
 * is why the input's panels order their gates n z r and the recurrent ones z r n. */
#ifndef GATECAST_LAYER_H
#define GATECAST_LAYER_H

#include "philox.h"
#include "tile.h"

enum { GATES = 3, SLOTS = 4, GATE_WIDTH = GATES * LANES, SLOT_WIDTH = SLOTS * LANES };

typedef struct {
  int inputs, units, blocks;
  int reset_after;
  DropoutRate dropout;

  /* Weights: `blocks` panels, each input kernel [I][n z r], recurrent kernel [H][z r n], their biases [n z r] and
   * [z r n]. First moment, second moment and gradient have the same form. */
  float *weights, *gradient, *first_moment, *second_moment;
  /* The kernels transposed, for the backward products: panels of up to 3 blocks of columns, rows (block, gate,
   * lane). */
  float *input_transposed, *recurrent_transposed;

  /* Of the chunk in hand. When it only predicts, gates and hidden keep one and two steps instead of all. */
  float *gates;        /* [T][blocks][R][4][LANES]: n z r (Un h + cn), then dn dz dr dn' */
  float *hidden;       /* [T + 1][R][S], hidden[0] is zero */
  float *reset_hidden; /* [T][R][S]: r * h, only when the reset comes before */
  float *keep;         /* [T][R][S]: dropout's mask; null without dropout; the top layer's has only its last step, see model.c */
  float *output;       /* hidden[t + 1] * keep[t]: [T][R][S], only with dropout; the top layer's last step [R][S] always */
  float *d_hidden;     /* [R][S], while walking backward */
} Layer;

/* A stretch of rows of the chunk, whole tiles; one thread's share of a pass. */
typedef struct {
  int first, last;
  int rows;      /* R, of the whole chunk */
  int remembers; /* whether a backward pass follows */
} Span;

static inline int padded_units(const Layer *layer) { return layer->blocks * LANES; }
/* S: H', but never a multiple of 64 floats, or the same column of all rows would fall into few sets of the cache. */
static inline int row_stride(const Layer *layer) {
  int width = padded_units(layer);
  return width % 64 ? width : width + 16;
}
static inline long panel_size(const Layer *layer) { return (long)(layer->inputs + layer->units + 2) * GATE_WIDTH; }

/* The kernels transposed lie in panels of 1 to 3 blocks of columns, as even as can be: a tile one vector wide
 * leaves the multipliers waiting for each other. */
static inline int panel_count(int blocks) { return (blocks + PANEL_VECTORS - 1) / PANEL_VECTORS; }
static inline int panel_start(int blocks, int panel) { return panel * blocks / panel_count(blocks); }

float *hidden_at(const Layer *layer, Span span, int t);

/* hidden[t + 1] of the span's rows from hidden[t] and input [R][input_stride]. */
void gru_forward_step(const Layer *layer, Span span, int t, const float *input, int input_stride);

/* From d_hidden (the loss by hidden[t + 1]) to the gates' gradients and d_hidden by hidden[t]. */
void gru_backward_step(const Layer *layer, Span span, int t);

/* Adds to `below`'s d_hidden what reaches it through this layer's input at step t, through its dropout. */
void gru_backward_input(const Layer *layer, Span span, int t, const Layer *below);

typedef struct {
  int first, last;
} BlockRange;

/* Adds the gradients of some blocks' panels of weights, once all gates' gradients of the chunk are there. */
void gru_panel_gradients(const Layer *layer, BlockRange range, int steps, int rows, const float *input, int input_stride);

/* Copies one block's kernels into the transposed panels; the input's only where a layer lies below. */
void gru_transpose_panel(const Layer *layer, int block);

/* Between the panels and the flat order of server/engine/weights.ts; both return the floats passed over. */
long gru_pack(const Layer *layer, const float *flat, float *panels);
long gru_unpack(const Layer *layer, const float *panels, float *flat);

#endif

/* A model's sizes and where everything of it lies in one stretch of memory. */
#include "model.h"

/* Chunks are whole tiles. Rows beyond 128 gain nothing in the products, and the standard model's 128 rows still fit
 * the third-level cache; what a chunk remembers stays below a quarter of a gigabyte as long as 8 rows (or, in tiles
 * of 3, 6) do. */
enum {
  FEWEST_CHUNK_ROWS = 8 / TILE_ROWS * TILE_ROWS,
  MOST_CHUNK_ROWS = 128 / FEWEST_CHUNK_ROWS * FEWEST_CHUNK_ROWS,
  CHUNK_FLOATS = 64 << 20
};

/* Hands out consecutive cache-aligned stretches of memory, or only counts them while `memory` is null. */
typedef struct {
  float *memory;
  size_t used;
} Arena;

static float *take(Arena *arena, size_t floats) {
  float *taken = arena->memory ? arena->memory + arena->used : NULL;
  arena->used += (size_t)whole((long)floats, 16);
  return taken;
}

static void read_config(Model *model, const double *config) {
  *model = (Model){0};
  model->pool.helpers = (int)*config++ - 1;
  model->features = (int)*config++;
  model->window = (int)*config++;
  model->head.horizon = (int)*config++;
  int reset_after = (int)*config++;
  model->batch_size = (int)*config++;
  model->adam.clip_norm = *config++;
  model->adam.weight_decay = *config++;
  model->head.loss = (enum Loss)*config++;
  model->seed_low = (uint32_t)*config++;
  model->seed_high = (uint32_t)*config++;
  model->layer_count = (int)*config++;
  int inputs = model->features;
  for (int l = 0; l < model->layer_count; l++) {
    Layer *layer = &model->layers[l];
    layer->inputs = inputs;
    layer->units = inputs = (int)*config++;
    layer->blocks = (layer->units + LANES - 1) / LANES;
    layer->reset_after = reset_after;
    double rate = *config++;
    layer->dropout = (DropoutRate){(uint32_t)(rate * 4294967296.0), (float)(1 / (1 - rate))};
  }
  model->head.units = inputs;
  model->head.width = padded_units(&model->layers[model->layer_count - 1]);
  model->head.stride = row_stride(&model->layers[model->layer_count - 1]);
}

static int choose_chunk_rows(const Model *model) {
  long floats_per_row = 0;
  for (int l = 0; l < model->layer_count; l++) floats_per_row += (long)model->window * row_stride(&model->layers[l]) * 7;
  long rows = CHUNK_FLOATS / floats_per_row / FEWEST_CHUNK_ROWS * FEWEST_CHUNK_ROWS;
  if (rows > MOST_CHUNK_ROWS) rows = MOST_CHUNK_ROWS;
  if (rows > whole(model->batch_size, FEWEST_CHUNK_ROWS)) rows = whole(model->batch_size, FEWEST_CHUNK_ROWS);
  return (int)(rows < FEWEST_CHUNK_ROWS ? FEWEST_CHUNK_ROWS : rows);
}

/* The four arrays of weights, moments and gradient have one layout: layers' panels, then the head. */
static void lay_out_weights(Model *model, Arena *arena) {
  long floats = 0;
  for (int l = 0; l < model->layer_count; l++) floats += model->layers[l].blocks * panel_size(&model->layers[l]);
  long head_at = floats;
  floats += whole((long)model->head.horizon * (model->head.width + 1), LANES);
  model->weight_floats = floats;
  model->weights = take(arena, floats);
  model->gradient = take(arena, floats);
  model->first_moment = take(arena, floats);
  model->second_moment = take(arena, floats);
  if (!arena->memory) return;

  long at = 0;
  for (int l = 0; l < model->layer_count; l++) {
    Layer *layer = &model->layers[l];
    layer->weights = model->weights + at;
    layer->gradient = model->gradient + at;
    layer->first_moment = model->first_moment + at;
    layer->second_moment = model->second_moment + at;
    at += layer->blocks * panel_size(layer);
  }
  model->head.weights = model->weights + head_at;
  model->head.gradient = model->gradient + head_at;
  model->head.first_moment = model->first_moment + head_at;
  model->head.second_moment = model->second_moment + head_at;
}

static void lay_out(Model *model, Arena *arena) {
  lay_out_weights(model, arena);
  model->chunk_rows = choose_chunk_rows(model);
  size_t rows = model->chunk_rows, steps = model->window;
  int tasks = 1;
  for (int l = 0; l < model->layer_count; l++) {
    Layer *layer = &model->layers[l];
    const Layer *below = l > 0 ? layer - 1 : NULL;
    int top = l == model->layer_count - 1, drops = layer->dropout.threshold > 0;
    size_t width = padded_units(layer), stride = row_stride(layer);
    if (below) layer->input_transposed = take(arena, (size_t)padded_units(below) * layer->blocks * GATE_WIDTH);
    layer->recurrent_transposed = take(arena, width * layer->blocks * GATE_WIDTH);
    layer->gates = take(arena, steps * layer->blocks * rows * SLOT_WIDTH);
    layer->hidden = take(arena, (steps + 1) * rows * stride);
    if (!layer->reset_after) layer->reset_hidden = take(arena, steps * rows * stride);
    if (drops) layer->keep = take(arena, (top ? 1 : steps) * rows * stride);
    if (top) layer->output = take(arena, rows * stride);
    else if (drops) layer->output = take(arena, steps * rows * stride);
    layer->d_hidden = take(arena, rows * stride);
    tasks += layer->blocks;
  }
  model->head.error = take(arena, rows * model->head.horizon);
  model->input = take(arena, steps * rows * model->features);
  model->row_losses = (double *)take(arena, rows * 2);
  model->square_sums = (double *)take(arena, (size_t)tasks * 2);
}

size_t model_floats(const double *config) {
  Model model;
  Arena arena = {0};
  read_config(&model, config);
  lay_out(&model, &arena);
  return arena.used;
}

void model_lay_out(Model *model, const double *config, float *memory) {
  Arena arena = {memory, 0};
  read_config(model, config);
  lay_out(model, &arena);
}

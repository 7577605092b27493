/* Batches, chunks and spans: a batch is worked in chunks of bounded memory, a chunk's rows in spans, one a
 * thread; the gradients of the chunk then block by block. Chunks depend on the shape alone, and no sum crosses
 * spans or blocks, so the same bits come out whatever the number of threads. */
#include "model.h"

/* input[t][row][:] = rows[start + t][:]; zero for the rows that fill up the last tile. */
static void gather_input(Model *model, Span span) {
  for (int row = span.first; row < span.last; row++) {
    int position = model->first + row, real = row < model->used;
    int window = real && model->windows.order ? model->windows.order[position] : position;
    const float *from = real ? model->windows.rows + (long)model->windows.starts[window] * model->features : NULL;
    for (int t = 0; t < model->window; t++)
      for (int f = 0; f < model->features; f++)
        model->input[((long)t * span.rows + row) * model->features + f] = real ? from[t * model->features + f] : 0;
  }
}

static DropoutStream dropout_stream(const Model *model) {
  return (DropoutStream){model->seed_low, model->seed_high, model->windows.epoch, model->batch};
}

/* keep and output of the span's rows at step t, below the top. */
static void drop_output(const Model *model, int l, Span span, int t) {
  const Layer *layer = &model->layers[l];
  int width = padded_units(layer), stride = row_stride(layer);
  for (int row = span.first; row < span.last; row++) {
    long at = ((long)t * span.rows + row) * stride;
    const float *hidden = hidden_at(layer, span, t + 1) + (long)row * stride;
    uint32_t place = (uint32_t)(model->first - model->batch_first + row) * (uint32_t)model->window + (uint32_t)t;
    if (model->dropping) dropout_row(layer->keep + at, layer->units, layer->dropout, dropout_stream(model), l, place);
    else
      for (int u = 0; u < layer->units; u++) layer->keep[at + u] = 1;
    for (int u = 0; u < width; u += LANES) store(layer->output + at + u, load(hidden + u) * load(layer->keep + at + u));
  }
}

/* keep of the top layer, whose last step alone is used. */
static void draw_top_dropout(const Model *model, Span span) {
  int l = model->layer_count - 1;
  const Layer *top = &model->layers[l];
  for (int row = span.first; row < span.last; row++)
    dropout_row(top->keep + (long)row * row_stride(top), top->units, top->dropout, dropout_stream(model), l,
                (uint32_t)(model->first - model->batch_first + row));
}

/* What layer l reads at step t, and how far apart its rows are. */
static const float *input_of(const Model *model, int l, Span span, int t, int *stride) {
  if (l == 0) {
    *stride = model->features;
    return model->input + (long)t * span.rows * model->features;
  }
  const Layer *below = &model->layers[l - 1];
  *stride = row_stride(below);
  if (!span.remembers || !below->keep) return hidden_at(below, span, t + 1);
  return below->output + (long)t * span.rows * *stride;
}

/* One span of a chunk: forward through all steps, the head, and in training all steps back. All layers of one
 * step together: what one writes the next reads from the cache. */
static void pass_task(void *context, int index) {
  Model *model = context;
  int tiles = model->rows / TILE_ROWS, top = model->layer_count - 1;
  Span span = {tiles * index / model->spans * TILE_ROWS, tiles * (index + 1) / model->spans * TILE_ROWS, model->rows,
               model->training};
  gather_input(model, span);
  for (int l = 0; l <= top; l++) {
    Layer *layer = &model->layers[l];
    long from = (long)span.first * row_stride(layer), count = (long)(span.last - span.first) * row_stride(layer);
    for (long i = 0; i < count; i += LANES) {
      store(layer->hidden + from + i, splat(0));
      if (model->training) store(layer->d_hidden + from + i, splat(0));
    }
  }
  /* A look costs nothing beside a step, and a step of the largest shape takes some 10 ms: a pass of it takes minutes. */
  for (int t = 0; t < model->window && !model_left(model); t++)
    for (int l = 0; l <= top; l++) {
      int stride;
      const float *input = input_of(model, l, span, t, &stride);
      gru_forward_step(&model->layers[l], span, t, input, stride);
      if (model->training && l < top && model->layers[l].keep) drop_output(model, l, span, t);
    }
  if (model->dropping && model->layers[top].keep) draw_top_dropout(model, span);
  head_pass(model, span);
  if (!model->training) return;
  for (int t = model->window - 1; t >= 0 && !model_left(model); t--)
    for (int l = top; l >= 0; l--) {
      gru_backward_step(&model->layers[l], span, t);
      if (l > 0) gru_backward_input(&model->layers[l], span, t, &model->layers[l - 1]);
    }
}

static double square_sum(const float *values, long count) {
  double sum = 0;
  for (long from = 0; from < count; from += 64 * LANES) {
    Vector squares = {0};
    for (long i = from; i < count && i < from + 64 * LANES; i += LANES) squares = fma_(load(values + i), load(values + i), squares);
    sum += sum_lanes(squares);
  }
  return sum;
}

/* Blocks that a gradient task takes at once: wide layers would read their inputs from memory for each. */
static int blocks_per_task(const Layer *layer) {
  int blocks = layer->blocks / 8;
  return blocks < 1 ? 1 : blocks > 4 ? 4 : blocks;
}

static int gradient_tasks(const Model *model) {
  int tasks = 1;
  for (int l = 0; l < model->layer_count; l++) {
    int share = blocks_per_task(&model->layers[l]);
    tasks += (model->layers[l].blocks + share - 1) / share;
  }
  return tasks;
}

static void start_gradient(const Model *model, float *gradient, long count) {
  if (model->first == model->batch_first) __builtin_memset(gradient, 0, (size_t)count * sizeof(float));
}

static void layer_gradient(Model *model, int l, BlockRange range, double *square_sums) {
  const Layer *layer = &model->layers[l];
  long size = panel_size(layer);
  float *gradient = layer->gradient + range.first * size;
  int stride;
  const float *input = input_of(model, l, (Span){0, 0, model->rows, 1}, 0, &stride);
  start_gradient(model, gradient, (range.last - range.first) * size);
  gru_panel_gradients(layer, range, model->window, model->rows, input, stride);
  for (int block = range.first; block < range.last; block++)
    square_sums[block] = square_sum(layer->gradient + block * size, size);
}

/* Gradients of some blocks of a layer, or of the head; the batch's first chunk starts them from zero. */
static void gradient_task(void *context, int index) {
  Model *model = context;
  if (model_left(model)) return;
  double *square_sums = model->square_sums;
  for (int l = 0; l < model->layer_count; l++) {
    int blocks = model->layers[l].blocks, share = blocks_per_task(&model->layers[l]);
    int tasks = (blocks + share - 1) / share, first = index * share;
    if (index < tasks) {
      layer_gradient(model, l, (BlockRange){first, first + share < blocks ? first + share : blocks}, square_sums);
      return;
    }
    index -= tasks;
    square_sums += blocks;
  }
  long count = model->weight_floats - (model->head.gradient - model->gradient);
  start_gradient(model, model->head.gradient, count);
  head_gradient(model);
  *square_sums = square_sum(model->head.gradient, count);
}

static void run_chunk(Model *model, int first, int used) {
  model->first = first;
  model->used = used;
  model->rows = (int)whole(used, TILE_ROWS);
  int tiles = model->rows / TILE_ROWS, threads = model->pool.helpers + 1;
  model->spans = tiles < threads ? tiles : threads;
  pool_run(&model->pool, pass_task, model, model->spans);
}

/* The sum of one batch's losses; its gradient is then in model->gradient. */
static double run_batch(Model *model, int batch, int dropping) {
  double loss_sum = 0;
  model->batch = (uint32_t)batch;
  model->batch_first = batch * model->batch_size;
  int left = model->windows.count - model->batch_first;
  model->batch_used = left < model->batch_size ? left : model->batch_size;
  model->training = 1;
  model->dropping = dropping;
  for (int done = 0; done < model->batch_used && !model_left(model); done += model->chunk_rows) {
    int used = model->batch_used - done;
    run_chunk(model, model->batch_first + done, used < model->chunk_rows ? used : model->chunk_rows);
    for (int row = 0; row < model->used; row++) loss_sum += model->row_losses[row];
    pool_run(&model->pool, gradient_task, model, gradient_tasks(model));
  }
  return loss_sum;
}

static int is_finite(double x) { return x - x == 0; }

static int gradient_is_finite(const Model *model) {
  for (int i = 0; i < update_tasks(model); i++)
    if (!is_finite(model->square_sums[i])) return 0;
  return 1;
}

void model_train(Model *model, Windows windows, Progress *progress, const int32_t *pause) {
  model->windows = windows;
  int batches = (int)whole(windows.count, model->batch_size) / model->batch_size;
  for (int batch = (int)progress->next_batch; batch < batches; batch++) {
    double loss_sum = run_batch(model, batch, 1);
    if (model_left(model)) return; /* its sums may lack a part */
    if (!is_finite(loss_sum) || !gradient_is_finite(model)) {
      progress->diverged_batch = batch;
      return;
    }
    adam_update(model);
    progress->next_batch = batch + 1;
    progress->loss_sum += loss_sum;
    progress->windows += model->batch_used;
    if (__atomic_load_n(pause, __ATOMIC_RELAXED)) return;
  }
}

double model_gradient(Model *model, Windows windows, int batch, int dropping, float *gradient) {
  model->windows = windows;
  double loss_sum = run_batch(model, batch, dropping);
  model_unpack(model, model->gradient, gradient);
  return loss_sum;
}

void model_predict(Model *model, Windows windows, float *predictions) {
  model->windows = windows;
  model->predictions = predictions;
  model->training = model->dropping = 0;
  for (int first = 0; first < windows.count && !model_left(model); first += model->chunk_rows) {
    int used = windows.count - first;
    run_chunk(model, first, used < model->chunk_rows ? used : model->chunk_rows);
  }
}

/* A model's weights and moments, from and to the flat order that all engines share. */
#include "model.h"

static void exchange_head(const Head *head, float *flat, float *panel, int to_panel) {
  for (int i = 0; i < (head->units + 1) * head->horizon; i++) { /* kernel [H][P], then the bias as one more row */
    int unit = i / head->horizon, p = i % head->horizon;
    float *inside = unit < head->units ? panel + (long)p * head->width + unit : panel + (long)head->horizon * head->width + p;
    if (to_panel) *inside = flat[i];
    else flat[i] = *inside;
  }
}

void model_pack(const Model *model, const float *flat, float *panels) {
  for (int l = 0; l < model->layer_count; l++)
    flat += gru_pack(&model->layers[l], flat, panels + (model->layers[l].weights - model->weights));
  exchange_head(&model->head, (float *)flat, panels + (model->head.weights - model->weights), 1);
}

void model_unpack(const Model *model, const float *panels, float *flat) {
  for (int l = 0; l < model->layer_count; l++)
    flat += gru_unpack(&model->layers[l], panels + (model->layers[l].weights - model->weights), flat);
  exchange_head(&model->head, flat, (float *)panels + (model->head.weights - model->weights), 0);
}

void model_weights_changed(Model *model) {
  for (int l = 0; l < model->layer_count; l++)
    for (int block = 0; block < model->layers[l].blocks; block++) gru_transpose_panel(&model->layers[l], block);
}

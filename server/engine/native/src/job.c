#include "job.h"

static Windows windows_to_train(void *const *arrays, const int32_t *lengths) {
  const int32_t *control = arrays[4];
  return (Windows){arrays[0], arrays[1], arrays[2], arrays[3], lengths[1], (uint32_t)control[1]};
}

static void read_state(const Model *model, void *const *arrays) {
  model_unpack(model, model->weights, arrays[0]);
  model_unpack(model, model->first_moment, arrays[1]);
  model_unpack(model, model->second_moment, arrays[2]);
  *(double *)arrays[3] = model->step;
}

static void write_state(Model *model, void *const *arrays) {
  model_pack(model, arrays[0], model->weights);
  model_pack(model, arrays[1], model->first_moment);
  model_pack(model, arrays[2], model->second_moment);
  model->step = *(double *)arrays[3];
  model_weights_changed(model);
}

void job_run(Model *model, int kind, void *const *arrays, const int32_t *lengths) {
  const int32_t *control = kind == JOB_TRAIN || kind == JOB_GRADIENT ? arrays[4] : kind == JOB_PREDICT ? arrays[3] : NULL;
  model->leave = kind == JOB_TRAIN || kind == JOB_PREDICT ? control + 4 : NULL;
  switch ((enum JobKind)kind) {
    case JOB_TRAIN:
      model->adam.learning_rate = *(double *)arrays[6];
      model_train(model, windows_to_train(arrays, lengths), arrays[5], control);
      break;
    case JOB_PREDICT:
      model_predict(model, (Windows){.rows = arrays[0], .starts = arrays[1], .count = lengths[1]}, arrays[2]);
      break;
    case JOB_GRADIENT:
      *(double *)arrays[5] =
          model_gradient(model, windows_to_train(arrays, lengths), control[2], control[3], arrays[6]);
      break;
    case JOB_READ: read_state(model, arrays); break;
    case JOB_WRITE: write_state(model, arrays); break;
  }
}

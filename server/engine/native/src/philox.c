#include "philox.h"

enum { ROUNDS = 10, BESIDE = 16 };

void dropout_row(float *keep, int units, DropoutRate rate, DropoutStream stream, uint32_t layer, uint32_t row) {
  int calls = (units + 3) / 4;
  for (int first = 0; first < calls; first += BESIDE) {
    uint32_t x[4][BESIDE];
    for (int i = 0; i < BESIDE; i++) {
      x[0][i] = (uint32_t)(first + i) | layer << 16;
      x[1][i] = row;
      x[2][i] = stream.batch;
      x[3][i] = stream.epoch;
    }
    uint32_t key_a = stream.key_low, key_b = stream.key_high;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < BESIDE; i++) {
        uint64_t a = (uint64_t)0xd2511f53u * x[0][i], b = (uint64_t)0xcd9e8d57u * x[2][i];
        x[0][i] = (uint32_t)(b >> 32) ^ x[1][i] ^ key_a;
        x[2][i] = (uint32_t)(a >> 32) ^ x[3][i] ^ key_b;
        x[1][i] = (uint32_t)b;
        x[3][i] = (uint32_t)a;
      }
      key_a += 0x9e3779b9u;
      key_b += 0xbb67ae85u;
    }
    for (int word = 0; word < 4; word++)
      for (int i = 0; i < BESIDE && first + i < calls; i++) {
        int unit = word * calls + first + i;
        if (unit < units) keep[unit] = x[word][i] >= rate.threshold ? rate.scale : 0;
      }
  }
}

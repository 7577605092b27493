#include "philox.h"

enum { ROUNDS = 10 };

typedef uint32_t Words __attribute__((vector_size(LANES * 4)));
typedef uint64_t WideWords __attribute__((vector_size(LANES * 4)));

/* Products of the low halves of each 64-bit lane. GCC does not find the instruction by itself. */
INLINE WideWords multiply_low_halves(WideWords a, WideWords b) {
#if defined(__AVX512F__)
  return (WideWords)_mm512_mul_epu32((__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
  return (WideWords)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#elif defined(__SSE2__)
  return (WideWords)_mm_mul_epu32((__m128i)a, (__m128i)b);
#else
  return (a & 0xffffffffu) * (b & 0xffffffffu);
#endif
}

/* The 64-bit products of all words with one number, as their high and low words. */
INLINE void multiply_wide(Words words, uint32_t factor, Words *high, Words *low) {
  WideWords factors = factor - (WideWords){0};
  WideWords even = multiply_low_halves((WideWords)words, factors);
  WideWords odd = multiply_low_halves((WideWords)words >> 32, factors);
  *high = (Words)(even >> 32 | (odd >> 32 << 32));
  *low = (Words)((even & 0xffffffffu) | odd << 32);
}

void dropout_row(float *keep, int units, DropoutRate rate, DropoutStream stream, uint32_t layer, uint32_t row) {
  int calls = (units + 3) / 4;
  Words lanes;
  for (int lane = 0; lane < LANES; lane++) lanes[lane] = (uint32_t)lane;
  for (int first = 0; first < calls; first += LANES) {
    Words x0 = (lanes + (uint32_t)first) | layer << 16, x1 = row - (Words){0}, x2 = stream.batch - (Words){0},
          x3 = stream.epoch - (Words){0};
    uint32_t key_a = stream.key_low, key_b = stream.key_high;
    for (int round = 0; round < ROUNDS; round++) {
      Words high_a, low_a, high_b, low_b;
      multiply_wide(x0, 0xd2511f53u, &high_a, &low_a);
      multiply_wide(x2, 0xcd9e8d57u, &high_b, &low_b);
      x0 = high_b ^ x1 ^ key_a;
      x2 = high_a ^ x3 ^ key_b;
      x1 = low_b;
      x3 = low_a;
      key_a += 0x9e3779b9u;
      key_b += 0xbb67ae85u;
    }
    const Words words[4] = {x0, x1, x2, x3};
    for (int word = 0; word < 4; word++) {
      VectorBits kept = (VectorBits)(words[word] >= rate.threshold);
      union {
        Vector vector;
        float numbers[LANES];
      } mask = {.vector = select_(kept, splat(rate.scale), splat(0))};
      int from = word * calls + first, count = calls - first < LANES ? calls - first : LANES;
      if (count > units - from) count = units - from;
      for (int i = 0; i < count; i++) keep[from + i] = mask.numbers[i];
    }
  }
}

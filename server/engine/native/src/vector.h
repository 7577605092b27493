/* Vectors of floats as wide as the processor's registers, by the compilers' vector extensions: the same source
 * becomes AVX-512, AVX2, SSE2, NEON or WASM SIMD. */
#ifndef GATECAST_VECTOR_H
#define GATECAST_VECTOR_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#if defined(__AVX512F__)
#define LANES 16
#elif defined(__AVX2__)
#define LANES 8
#else
#define LANES 4
#endif

#define INLINE static inline __attribute__((always_inline))

/* Before a loop over a register tile: unrolled whole, or the tile would live in memory. */
#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

typedef float Vector __attribute__((vector_size(LANES * 4)));
typedef int32_t VectorBits __attribute__((vector_size(LANES * 4)));
typedef Vector StoredVector __attribute__((may_alias));

/* All buffers start on a cache line and all strides are whole vectors, so every vector access is aligned. */
INLINE Vector load(const float *p) { return *(const StoredVector *)p; }
INLINE void store(float *p, Vector x) { *(StoredVector *)p = x; }
INLINE Vector splat(float x) { return x - (Vector){0}; }

/* x * y + z, in one instruction where the processor has it. */
#if defined(__wasm_relaxed_simd__)
INLINE Vector fma_(Vector x, Vector y, Vector z) { return (Vector)__builtin_wasm_relaxed_madd_f32x4(x, y, z); }
#else
INLINE Vector fma_(Vector x, Vector y, Vector z) { return x * y + z; }
#endif

INLINE Vector select_(VectorBits mask, Vector yes, Vector no) {
  return (Vector)(((VectorBits)yes & mask) | ((VectorBits)no & ~mask));
}

/* The smaller and the larger of two; a NaN in x passes. One instruction each, which no compiler makes of a comparison
 * and a selection while NaNs count. */
#if defined(__AVX512F__)
INLINE Vector smaller(Vector y, Vector x) { return (Vector)_mm512_min_ps((__m512)y, (__m512)x); }
INLINE Vector larger(Vector y, Vector x) { return (Vector)_mm512_max_ps((__m512)y, (__m512)x); }
#elif defined(__AVX2__)
INLINE Vector smaller(Vector y, Vector x) { return (Vector)_mm256_min_ps((__m256)y, (__m256)x); }
INLINE Vector larger(Vector y, Vector x) { return (Vector)_mm256_max_ps((__m256)y, (__m256)x); }
#elif defined(__SSE2__)
INLINE Vector smaller(Vector y, Vector x) { return (Vector)_mm_min_ps((__m128)y, (__m128)x); }
INLINE Vector larger(Vector y, Vector x) { return (Vector)_mm_max_ps((__m128)y, (__m128)x); }
#elif defined(__wasm_simd128__)
INLINE Vector smaller(Vector y, Vector x) { return (Vector)__builtin_wasm_pmin_f32x4(x, y); }
INLINE Vector larger(Vector y, Vector x) { return (Vector)__builtin_wasm_pmax_f32x4(x, y); }
#else
INLINE Vector smaller(Vector y, Vector x) { return select_(y < x, y, x); }
INLINE Vector larger(Vector y, Vector x) { return select_(y > x, y, x); }
#endif

INLINE Vector clamp(Vector x, float low, float high) { return smaller(splat(high), larger(splat(low), x)); }

/* The rational approximation of Eigen's ptanh (MPL-2.0 there; the coefficients are numbers): odd polynomial of
 * degree 13 over an even one of degree 6, within 4 units in the last place of float32 on all of its range. */
INLINE Vector tanh_(Vector x) {
  x = clamp(x, -7.90531110763549805f, 7.90531110763549805f);
  Vector x2 = x * x;
  Vector p = splat(-2.76076847742355e-16f);
  p = fma_(x2, p, splat(2.00018790482477e-13f));
  p = fma_(x2, p, splat(-8.60467152213735e-11f));
  p = fma_(x2, p, splat(5.12229709037114e-08f));
  p = fma_(x2, p, splat(1.48572235717979e-05f));
  p = fma_(x2, p, splat(6.37261928875436e-04f));
  p = fma_(x2, p, splat(4.89352455891786e-03f));
  Vector q = splat(1.19825839466702e-06f);
  q = fma_(x2, q, splat(1.18534705686654e-04f));
  q = fma_(x2, q, splat(2.26843463243900e-03f));
  q = fma_(x2, q, splat(4.89352518554385e-03f));
  return x * p / q;
}

/* 1 / (1 + e^-x), absolute error below 1e-7. */
INLINE Vector sigmoid(Vector x) {
  return fma_(splat(0.5f), tanh_(x * splat(0.5f)), splat(0.5f));
}

INLINE Vector square_root(Vector x) {
  Vector root;
  for (int lane = 0; lane < LANES; lane++) root[lane] = __builtin_sqrtf(x[lane]);
  return root;
}

INLINE float sum_lanes(Vector x) {
  float sum = 0;
  for (int lane = 0; lane < LANES; lane++) sum += x[lane];
  return sum;
}

#endif

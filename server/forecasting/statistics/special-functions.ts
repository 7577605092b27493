/**
 * The two functions that the distributions of this folder are made of. Written here because the library that has
 * them (@stdlib/stats-base-dists-t-cdf 0.2.3) brings 220 packages, 25 MB; held against SciPy in the tests.
 */

/** Relative size of the last term or factor at which a series or fraction has converged. */
const converged = 1e-16;
/** Stands for a 0 in a denominator of a continued fraction. */
const tiny = 1e-300;

/** Lanczos' approximation with g = 7 and 9 terms (Godfrey 2001): some 15 digits. */
const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** ln of the gamma function. @param x 0.5 or more */
function logGamma(x: number): number {
  let sum = lanczos[0]!;
  for (let term = 1; term < lanczos.length; term++) sum += lanczos[term]! / (x - 1 + term);
  const shifted = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(shifted) - shifted + Math.log(sum);
}

/**
 * The regularised incomplete beta function I_x(a, b), by the continued fraction 26.5.8 of Abramowitz & Stegun.
 * To 1e-11 relative for a and b up to 500, to 1e-8 up to half a million.
 * @param complement 1 - x, where the caller knows it better than a subtraction would
 */
export function regularizedBeta(x: number, a: number, b: number, complement = 1 - x): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  // The fraction converges fast below the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - regularizedBeta(complement, b, a, x);
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  return (Math.exp(a * Math.log(x) + b * Math.log(complement) - logBeta) / a) * betaFraction(x, a, b);
}

/** By Lentz' method: it needs about the square root of the larger of a and b in rounds. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  const rounds = 100 + 10 * Math.sqrt(Math.max(a, b));
  for (let m = 1; m < rounds; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) <= converged) break;
  }
  return fraction;
}

const awayFromZero = (x: number): number => (Math.abs(x) < tiny ? tiny : x);

/**
 * The complementary error function, 2 / sqrt(pi) times the integral of exp(-t^2) from x on: series 7.1.6 of
 * Abramowitz & Stegun near 0, continued fraction 7.1.14 further out, so that small tails keep 13 digits.
 */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x < 2 ? 1 - erfSeries(x) : erfcFraction(x);
}

function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > converged * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** From the 100th level inwards: at x = 2, the slowest, 60 levels give all digits. */
function erfcFraction(x: number): number {
  let denominator = x;
  for (let level = 100; level > 0; level--) denominator = x + level / 2 / denominator;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * denominator);
}

/**
 * Properties are tried with the same random values each time, so that a red run is the change's fault and not the
 * day's. PROPERTY_SEED=12345 tries others, PROPERTY_SEED=any new ones each time.
 */
import fc from "fast-check";

const seed = process.env.PROPERTY_SEED ?? "20261123";
if (seed !== "any") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

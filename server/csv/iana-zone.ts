/** Zones by their IANA names. The one place that asks Luxon for them, because it never forgets one. */
import { IANAZone } from "luxon";

/** Some 600 names at most. */
const known = new Map<string, IANAZone>();

/**
 * Null where the IANA database has no such zone. An offset such as +05:30 is none, though newer Nodes take it for one.
 * Names are told apart in small letters only: Luxon keeps 56 kB for each spelling that it meets, and a file may spell
 * one zone in a million ways.
 */
export function ianaZone(name: string): IANAZone | null {
  const plain = name.toLowerCase();
  const found = known.get(plain);
  if (found) return found;
  if (!/^[a-z]/.test(plain) || !IANAZone.isValidZone(plain)) return null;
  const zone = IANAZone.create(plain);
  known.set(plain, zone);
  return zone;
}

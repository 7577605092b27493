/** How good something is, for its colour. "even": what there is of a difference may be luck. */
export type Tone = "better" | "even" | "worse";

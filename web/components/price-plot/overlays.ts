/** What may be laid over prices: lines such as predictions, bands around them, and regions such as splits. */

export interface PlotLine {
  readonly name: string;
  readonly colour: string;
  readonly isDashed?: boolean;
  /** In the order of time, in ms. */
  readonly points: readonly { readonly time: number; readonly value: number }[];
}
export interface PlotBand {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly { readonly time: number; readonly lower: number; readonly upper: number }[];
}
export interface PlotRegion {
  readonly name: string;
  readonly colour: string;
  /** In ms, inclusive. */
  readonly from: number;
  readonly to: number;
}
export interface Overlays {
  readonly lines?: readonly PlotLine[];
  readonly bands?: readonly PlotBand[];
  readonly regions?: readonly PlotRegion[];
}
export const noOverlays: Overlays = {};

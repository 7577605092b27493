/** Paints bands and regions behind the prices of a plot; lines it draws itself. */
import type { ISeriesPrimitive, Time } from "lightweight-charts";
import type { Overlays } from "./overlays.ts";

type Attached = Parameters<NonNullable<ISeriesPrimitive<Time>["attached"]>>[0];
type Target = Parameters<
  NonNullable<
    ReturnType<ReturnType<NonNullable<ISeriesPrimitive<Time>["paneViews"]>>[number]["renderer"]>
  >["draw"]
>[0];

/** @param placeOf where a time in ms lies among the bars. */
export function overlayPainter(placeOf: (time: number) => number) {
  let overlays: Overlays = {};
  let attached: Attached | null = null;

  const x = (time: number) => attached?.chart.timeScale().logicalToCoordinate(placeOf(time) as never) ?? null;
  const y = (value: number) => attached?.series.priceToCoordinate(value) ?? null;

  const paint = (target: Target) =>
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      for (const { from, to, colour, name } of overlays.regions ?? []) {
        const [left, right] = [x(from), x(to)];
        if (left === null || right === null) continue;
        context.globalAlpha = 0.12;
        context.fillStyle = colour;
        context.fillRect(left, 0, right - left, mediaSize.height);
        context.globalAlpha = 1;
        context.font = "11px sans-serif";
        context.fillText(name, Math.max(left, 0) + 4, mediaSize.height - 6);
      }
      for (const { points, colour } of overlays.bands ?? []) {
        const edge = (side: "lower" | "upper") =>
          points.flatMap((point) => {
            const at = [x(point.time), y(point[side])] as const;
            return at[0] === null || at[1] === null ? [] : [[at[0], at[1]] as const];
          });
        const outline = [...edge("upper"), ...edge("lower").reverse()];
        context.beginPath();
        for (const [index, [left, top]] of outline.entries())
          index === 0 ? context.moveTo(left, top) : context.lineTo(left, top);
        context.closePath();
        context.globalAlpha = 0.3;
        context.fillStyle = colour;
        context.fill();
        context.globalAlpha = 1;
      }
    });

  const view = { zOrder: () => "bottom" as const, renderer: () => ({ draw: paint }) };
  const primitive: ISeriesPrimitive<Time> = {
    attached: (to) => {
      attached = to;
    },
    detached: () => {
      attached = null;
    },
    paneViews: () => [view],
  };
  return {
    primitive,
    show(next: Overlays): void {
      overlays = next;
      attached?.requestUpdate();
    },
  };
}

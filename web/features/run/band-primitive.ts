/** A band behind the lines of a pane: lightweight-charts has none of its own. */
import type {
  IPrimitivePaneView,
  ISeriesApi,
  ISeriesPrimitive,
  SeriesAttachedParameter,
  Time,
} from "lightweight-charts";

export interface BandPoint {
  readonly time: Time;
  readonly lower: number | null;
  readonly upper: number | null;
}

type Renderer = NonNullable<ReturnType<IPrimitivePaneView["renderer"]>>;

export class BandPrimitive implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | null = null;
  #points: readonly BandPoint[] = [];
  #colour: string;

  constructor(colour: string) {
    this.#colour = colour;
  }

  attached(parameter: SeriesAttachedParameter<Time>): void {
    this.#attached = parameter;
  }

  detached(): void {
    this.#attached = null;
  }

  setPoints(points: readonly BandPoint[]): void {
    this.#points = points;
    this.#attached?.requestUpdate();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return [{ zOrder: () => "bottom", renderer: () => this.#renderer() }];
  }

  #renderer(): Renderer {
    return {
      draw: (target) =>
        target.useMediaCoordinateSpace(({ context }) => {
          const edges = this.#edges();
          if (edges.length < 2) return;
          context.beginPath();
          for (const { x, upper } of edges) context.lineTo(x, upper);
          for (const { x, lower } of [...edges].reverse()) context.lineTo(x, lower);
          context.closePath();
          context.globalAlpha = 0.3;
          context.fillStyle = this.#colour;
          context.fill();
        }),
    };
  }

  /** In pixels, of the points that have an interval and lie in view, with one beyond each side. */
  #edges() {
    const attached = this.#attached;
    if (!attached) return [];
    const { chart } = attached;
    const series = attached.series as ISeriesApi<"Line">;
    const scale = chart.timeScale();
    const width = scale.width();
    return this.#points.flatMap(({ time, lower, upper }) => {
      if (lower === null || upper === null) return [];
      const x = scale.timeToCoordinate(time);
      const [low, high] = [series.priceToCoordinate(lower), series.priceToCoordinate(upper)];
      if (x === null || low === null || high === null || x < -50 || x > width + 50) return [];
      return [{ x, lower: low, upper: high }];
    });
  }
}

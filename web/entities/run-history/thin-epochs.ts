/** The epochs of a long run, thinned as they come, so that a page that watches it for days stays small. Pure. */
interface EpochPoint {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number | null;
}

const losses = ["trainLoss", "validationLoss"] as const;

/**
 * Of each stretch of epochs the lowest and the highest of either loss; first and last stay. Stretches are as wide as a
 * power of two and begin at fixed epochs, so that a run that goes on is thinned the same way: nothing jumps.
 * @param mostPoints more than 6; all of them when there are no more.
 */
export function thinEpochs<Epoch extends EpochPoint>(
  epochs: readonly Epoch[],
  mostPoints: number,
): readonly Epoch[] {
  if (epochs.length <= mostPoints) return epochs;
  const [first, last] = [epochs[0]!, epochs.at(-1)!];
  const stretches = Math.floor((mostPoints - 2) / (2 * losses.length)) - 1;
  const width = 2 ** Math.ceil(Math.log2((last.epoch - first.epoch + 1) / stretches));
  const kept = new Set([first, last]);
  let stretch: Epoch[] = [];
  const close = () => {
    for (const name of losses) {
      const known = stretch.filter((epoch) => epoch[name] !== null);
      if (known.length === 0) continue;
      kept.add(known.reduce((low, epoch) => (epoch[name]! < low[name]! ? epoch : low)));
      kept.add(known.reduce((high, epoch) => (epoch[name]! > high[name]! ? epoch : high)));
    }
    stretch = [];
  };
  const placeOf = ({ epoch }: Epoch) => Math.floor(epoch / width);
  for (const epoch of epochs) {
    if (stretch.length > 0 && placeOf(stretch[0]!) !== placeOf(epoch)) close();
    stretch.push(epoch);
  }
  close();
  return epochs.filter((epoch) => kept.has(epoch));
}

import { behaveAs } from "./fake-child.mjs";

behaveAs("worker", (send) => {
  send({ type: "ready", device: "a fake" });
  const losses = { trainLoss: 0.5, validationLoss: 0.25 };
  send({
    type: "progress",
    runName: "first",
    status: "RUNNING",
    epoch: 1,
    epochs: 2,
    etaMs: 3_000,
    ...losses,
  });
});

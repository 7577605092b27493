import { behaveAs } from "./fake-child.mjs";

behaveAs("seed", () => process.exit(process.env.FAKE_SEED === "fails" ? 1 : 0));

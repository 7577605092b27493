import { behaveAs } from "./fake-child.mjs";

behaveAs("api", (send) => send({ type: "listening", url: "http://127.0.0.1:4321" }));

/** The price file that comes with Gatecast (prisma/sample-data/README.md says where it is from). */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const sampleFile = fileURLToPath(
  new URL(
    `${import.meta.url.includes("/dist/") ? "../../../" : "../../"}prisma/sample-data/sp500-2000.csv`,
    import.meta.url,
  ),
);

/** CSV text: the S&P 500's daily bars 2000-2020. */
export const readSampleFile = (): Promise<string> => readFile(sampleFile, "utf8");

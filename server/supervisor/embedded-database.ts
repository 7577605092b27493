/** The embedded PostgreSQL while Gatecast runs: claimed for this start alone, and brought back when it dies. */
import { setTimeout as delay } from "node:timers/promises";
import { findRunningPostgres, hasStopped, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { type Claim, claimDatabase } from "./only-start.ts";

export interface RunningDatabase {
  /** With its owner's name and password where it is the embedded one. */
  readonly url: string;
  readonly isEmbedded: boolean;
  /** Tells a second start where this one answers. */
  announce(address: string): Promise<void>;
  stop(): Promise<void>;
}

const pauseBetweenTriesMs = 1_000;

/** How long a start whose server died has to bring it back, before another start takes the data. */
const othersWaitMs = 2_000;

/** @throws AlreadyRunning when another start uses the folder; starts nothing then. */
export async function refuseSecondStart(dataFolder: string): Promise<void> {
  if (await hasStopped(dataFolder)) return;
  await claimAndRelease(dataFolder);
  await delay(othersWaitMs);
  await claimAndRelease(dataFolder);
}

async function claimAndRelease(dataFolder: string): Promise<void> {
  const url = await findRunningPostgres(dataFolder);
  if (url !== null) await (await claimDatabase(url)).release();
}

/**
 * @param onTrouble called when the server died, and with each try to start it again.
 * @throws AlreadyRunning when another start uses the folder.
 */
export async function openEmbeddedDatabase(
  dataFolder: string,
  onTrouble: (explanation: string) => void,
): Promise<RunningDatabase> {
  let postgres = await startEmbeddedPostgres(dataFolder);
  const { url } = postgres;
  let claim: Claim = await claimDatabase(url);
  let address: string | null = null;
  let stopping = false;
  let revival: Promise<void> = Promise.resolve();

  const watch = (): void => {
    void claim.lost.then(() => {
      revival = revive();
    });
  };
  const revive = async (): Promise<void> => {
    onTrouble("PostgreSQL has gone away; starting it again");
    while (!stopping) {
      try {
        // The same port: the API and the workers know no other.
        postgres = await startEmbeddedPostgres(dataFolder, { port: Number(new URL(url).port) });
        claim = await claimDatabase(url);
        if (address !== null) await claim.announce(address);
        watch();
        return;
      } catch (error) {
        onTrouble((error as Error).message);
        await delay(pauseBetweenTriesMs);
      }
    }
  };

  watch();
  return {
    url,
    isEmbedded: true,
    announce: (newAddress) => {
      address = newAddress;
      return claim.announce(newAddress);
    },
    stop: async () => {
      stopping = true;
      await revival;
      await claim.release();
      await postgres.stop();
    },
  };
}

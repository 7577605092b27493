/** What the system says of a folder that cannot be used, in words that tell what to do. */

const reasons: Readonly<Record<string, (folder: string) => string>> = {
  EROFS: (folder) => `${folder} lies on a read-only file system`,
  EACCES: (folder) => `this user may not write in ${folder}`,
  EPERM: (folder) => `this user may not change ${folder}`,
  ENOSPC: (folder) => `the disk that ${folder} lies on is full`,
  EDQUOT: (folder) => `this user's share of the disk that ${folder} lies on is used up`,
  ENOTDIR: (folder) => `a part of ${folder} is a file and no folder`,
  // What Node says of a folder to be made on a read-only file system.
  ENOENT: (folder) => `${folder} cannot be made (its file system may be read-only)`,
  EEXIST: (folder) => `a part of ${folder} is a file and no folder`,
};

/** @throws Error in words where `work` failed because of the folder; anything else as it is. */
export async function withFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = "", syscall = "" } = error as NodeJS.ErrnoException;
    const reason = reasons[code];
    if (reason === undefined || syscall.startsWith("spawn")) throw error;
    throw new Error(
      `The embedded database cannot be kept there: ${reason(folder)}. Point GATECAST_DATA to a folder that can be ` +
        "written, or set DATABASE_URL to a PostgreSQL server of your own.",
      { cause: error },
    );
  }
}

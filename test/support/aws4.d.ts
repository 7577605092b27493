/** The part of aws4 (https://github.com/mhart/aws4) that the S3 server of the tests uses. */
declare module "aws4" {
  interface Request {
    readonly service: string;
    readonly region: string;
    readonly host: string;
    readonly method: string;
    readonly path: string;
    readonly headers: Record<string, string>;
  }
  const aws4: {
    /** Adds the header Authorization. */
    sign(
      request: Request,
      keys: { accessKeyId: string; secretAccessKey: string },
    ): { headers: Record<string, string> };
  };
  export default aws4;
}

/** Lists, a page at a time. */

export interface PageRequest {
  readonly first: number;
  /** Opaque, from an earlier page. */
  readonly after?: string | null;
}
export interface Page<T> {
  readonly items: readonly { readonly cursor: string; readonly node: T }[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

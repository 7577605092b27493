/** Pages as Relay's connections: edges with cursors, and what lies beyond. */
import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import { integerIn } from "../domain/checks.ts";
import { shortText } from "../domain/short-text.ts";
import type { Page, PageRequest } from "../ports/pages.ts";
import { entriesOf } from "./cost/declared.ts";

const longestPage = 500;
const usualPage = 20;
/** What a field with these arguments costs. */
export const pageCost = (usual = usualPage) => entriesOf({ argument: "first", usual, most: longestPage });

/** Ours hold a time, an id, a symbol or a run's name, of 200 characters at most: 800 bytes, a third more in base 64. */
const longestCursor = 1_200;

@ArgsType()
export class PageArguments {
  @Field(() => Int, { nullable: true, defaultValue: usualPage, description: "How many at most, 1..500." })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: "The cursor after which the page begins." })
  readonly after?: string | null;
}

/** An explicit null means the default, as if the argument had been left out. @throws InvalidInput */
export const pageRequest = ({ first, after }: PageArguments, usual = usualPage): PageRequest => ({
  first: integerIn("first", first ?? usual, 1, longestPage),
  after: after == null ? null : shortText("after", after, longestCursor),
});

@ObjectType({ description: "Where a page lies within the whole list." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether the list goes on after this page." })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether the list has entries before this page." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the page's first entry; null when empty." })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the page's last entry: the next `after`." })
  readonly endCursor!: string | null;
}

export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** The types `<name>Edge` and `<name>Connection` of lists of `node`. `order` says how such lists are sorted. */
export function connectionOf<Node extends object>(name: string, node: () => ClassType<Node>, order: string) {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a list, and its place in it.` })
  class Edge {
    @Field(() => String, { description: "Opaque place in the list, for `after`." })
    readonly cursor!: string;

    @Field(node, { description: "The entry itself." })
    readonly node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list, ${order}.` })
  class ConnectionOfNode implements Connection<Node> {
    @Field(() => [Edge], { description: "The page's entries, in order." })
    readonly edges!: readonly Edge[];

    @Field(() => PageInfo, { description: "Where the page lies within the list." })
    readonly pageInfo!: PageInfo;

    @Field(() => Int, { description: "Length of the whole list, all pages together." })
    readonly totalCount!: number;
  }
  return ConnectionOfNode;
}

export function toConnection<Node>({ items, totalCount, ...beyond }: Page<Node>): Connection<Node> {
  const { hasNextPage, hasPreviousPage } = beyond;
  const startCursor = items[0]?.cursor ?? null;
  const endCursor = items.at(-1)?.cursor ?? null;
  return { edges: items, totalCount, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor } };
}

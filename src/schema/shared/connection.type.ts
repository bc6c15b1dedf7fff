import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { Page } from '../../domain/shared/paging';

@ObjectType({
  simpleResolvers: true,
  description: 'Where a page ends, and what lies beyond. Lists go forwards only.',
})
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether anything follows: ask again with endCursor as `after`.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether this page was asked for with `after`.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Of the first edge; null when there are none.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Of the last edge; null when there are none.' })
  endCursor!: string | null;
}

/** The GraphQL types `<Name>Connection` and `<Name>Edge` over a node type. */
export function connectionTypes(name: string, node: () => ClassType) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: 'One item of a list.' })
  class Edge {
    @Field(node, { description: 'The item; everything of it can be selected here.' })
    node!: unknown;

    @Field(() => String, { description: 'Where it stands in this list, for `after`.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: 'One page of a list.' })
  class ConnectionType {
    // The field that has the connection counts its items.
    @Field(() => [Edge], {
      simple: true,
      description: 'In the order of the list; at most `first`.',
      complexity: ({ childComplexity }) => childComplexity,
    })
    edges!: Edge[];

    @Field(() => PageInfo, { simple: true, description: 'Whether and how to go on.' })
    pageInfo!: PageInfo;

    count!: () => Promise<number>;

    @Field(() => Int, { name: 'totalCount', description: 'Of the whole list. Computed only when selected.' })
    totalCount(): Promise<number> {
      return this.count();
    }
  }
  return ConnectionType;
}

/** A page as clients see it. */
export function toConnection<T>({ items, hasNextPage, hasPreviousPage, cursorOf, count }: Page<T>) {
  const edges = items.map((node) => ({ node, cursor: cursorOf(node) }));
  const startCursor = edges[0]?.cursor ?? null;
  const endCursor = edges.at(-1)?.cursor ?? null;
  let counted: Promise<number> | undefined;
  return {
    edges,
    pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor },
    count: () => (counted ??= count()),
  };
}

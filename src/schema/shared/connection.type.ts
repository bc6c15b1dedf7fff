import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { Page } from '../../domain/shared/paging';

@ObjectType({ simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

/** The GraphQL types `<Name>Connection` and `<Name>Edge` over a node type. */
export function connectionTypes(name: string, node: () => ClassType) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class Edge {
    @Field(node)
    node!: unknown;

    @Field(() => String)
    cursor!: string;
  }

  @ObjectType(`${name}Connection`)
  class ConnectionType {
    // The field that has the connection counts its items.
    @Field(() => [Edge], { simple: true, complexity: ({ childComplexity }) => childComplexity })
    edges!: Edge[];

    @Field(() => PageInfo, { simple: true })
    pageInfo!: PageInfo;

    count!: () => Promise<number>;

    @Field(() => Int, { name: 'totalCount', description: 'Computed only when selected.' })
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
  return { edges, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor }, count };
}

import { TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type GraphQLSchema } from 'graphql';

export const NOT_STORED = 'private, no-store';

/** Cache headers of anonymous answers, from the `CacheSeconds` of their query fields, once per document. */
export class CacheHints {
  private readonly known = new WeakMap<DocumentNode, string>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** The Cache-Control of an answer without errors to a caller without token and cookie. */
  headerFor(document: DocumentNode): string {
    let header = this.known.get(document);
    if (header === undefined) this.known.set(document, (header = this.compute(document)));
    return header;
  }

  private compute(document: DocumentNode): string {
    let maxAge = Infinity;
    const types = new TypeInfo(this.schema);
    const query = this.schema.getQueryType();
    visit(
      document,
      visitWithTypeInfo(types, {
        OperationDefinition: (operation) => void (operation.operation !== 'query' && (maxAge = 0)),
        Field: () => {
          if (types.getParentType() !== query) return;
          maxAge = Math.min(maxAge, Number(types.getFieldDef()?.extensions.cacheSeconds ?? 0));
        },
      }),
    );
    return maxAge > 0 && maxAge !== Infinity ? `public, max-age=${maxAge}` : NOT_STORED;
  }
}

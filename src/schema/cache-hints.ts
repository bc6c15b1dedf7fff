import { TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type GraphQLSchema } from 'graphql';

/** Seconds a shared cache may keep an anonymous answer, by query field. Everything else is not stored. */
const PUBLIC_FIELDS: Record<string, number> = {
  articles: 10,
  article: 10,
  popularArticles: 10,
  publishers: 60,
  faqs: 60,
  readerQuestions: 60,
  findTerm: 10,
  economicTerms: 10,
};

export const NOT_STORED = 'private, no-store';

/** Cache headers of anonymous answers, computed once per document instead of once per resolved field. */
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
        Field: ({ name }) => {
          if (types.getParentType() === query) maxAge = Math.min(maxAge, PUBLIC_FIELDS[name.value] ?? 0);
        },
      }),
    );
    return maxAge > 0 && maxAge !== Infinity ? `public, max-age=${maxAge}` : NOT_STORED;
  }
}

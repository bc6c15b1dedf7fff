import { TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type GraphQLSchema } from 'graphql';
import { isForEverybody } from './permissions';
import type { RequestContext } from './request-context';

/**
 * Which documents are answered the same to everybody who is not ADMIN: queries of fields that a shared cache may keep
 * (`CacheSeconds`), with nothing in them that the permission map keeps from anybody.
 */
export class PublicAnswers {
  private readonly known = new WeakMap<DocumentNode, boolean>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Of a validated document, its fragments and every operation of it included. Errors may name the viewer all the same. */
  includes(document: DocumentNode): boolean {
    let isPublic = this.known.get(document);
    if (isPublic === undefined) this.known.set(document, (isPublic = this.compute(document)));
    return isPublic;
  }

  private compute(document: DocumentNode): boolean {
    let isPublic = true;
    const types = new TypeInfo(this.schema);
    const query = this.schema.getQueryType();
    visit(
      document,
      visitWithTypeInfo(types, {
        OperationDefinition: ({ operation }) => void (isPublic &&= operation === 'query'),
        Field: ({ name: { value: name } }) => {
          if (name === '__typename') return;
          const parent = types.getParentType();
          const isCacheable = parent !== query || types.getFieldDef()?.extensions.cacheSeconds !== undefined;
          isPublic &&= isCacheable && isForEverybody(parent?.name ?? '', name);
        },
      }),
    );
    return isPublic;
  }
}

/** ADMIN sees of public fields what others do not: unpublished articles, publishers that are not followed. */
export function readsAsEverybody({ viewer }: Pick<RequestContext, 'viewer'>): boolean {
  return viewer?.role !== 'ADMIN';
}

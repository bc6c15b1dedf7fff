import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildSchema, isEnumType, isInputObjectType, isListType, isNonNullType, typeFromAST, visit, type DocumentNode, type GraphQLInputType,
} from 'graphql'; // prettier-ignore

const SCHEMA = buildSchema(readFileSync(path.join(__dirname, '../../schema.graphql'), 'utf8'));
const SAMPLES: Record<string, unknown> = {
  ID: '00000000-0000-7000-8000-000000000000',
  String: 'x',
  Boolean: false,
  URL: 'https://example.com/',
  DateTime: '2026-01-01T00:00:00Z',
  EmailAddress: 'reader@example.com',
};

/** Whose type does not tell what it may be. */
const OF_NAME: Record<string, unknown> = { first: 100, targetType: 'Article', question: '왜?' };

/** A value of the right type for every variable of an operation; pages are as long as they may be. */
export function sampleVariables(document: DocumentNode): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  visit(document, {
    VariableDefinition({ variable, type }) {
      const name = variable.name.value;
      if (name === 'after') return; // a cursor is nothing that can be made up
      variables[name] = OF_NAME[name] ?? sampleOf(typeFromAST(SCHEMA, type as never) as GraphQLInputType);
    },
  });
  return variables;
}

/** A value of the type with no more than what is required. */
export function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, sampleOf(field.type)]));
  }
  return SAMPLES[type.name] ?? 0;
}

import { Kind, type ASTNode } from 'graphql';
import { isStorable, unusable } from '../domain/shared/text';
import { argumentAt, argumentOfVariable } from './argument-names';

/** Throws BAD_USER_INPUT naming the argument whose text, literal or in `variables`, the database could not hold. */
export function requireStorableInput(document: ASTNode, variables: Record<string, unknown>): void {
  const literal = argumentAt(document, (node) => node.kind === Kind.STRING && !isStorable(node.value));
  if (literal !== undefined) throw unusable(literal);
  requireStorableVariables(document, variables);
}

/** The same of the variables alone. */
export function requireStorableVariables(document: ASTNode, variables: Record<string, unknown>): void {
  const [variable, ...inside] = placeOfUnstorable(variables) ?? [];
  if (variable !== undefined)
    throw unusable([argumentOfVariable(document, variable) ?? variable, ...inside].join('.'));
}

/** The way to the first such text, from the outside in. */
function placeOfUnstorable(value: unknown): string[] | null {
  if (typeof value === 'string') return isStorable(value) ? null : [];
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const place = placeOfUnstorable(inner);
    if (place) return [name, ...place];
  }
  return null;
}

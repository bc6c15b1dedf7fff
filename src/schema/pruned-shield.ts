import type { GraphQLSchema } from 'graphql';
import { middleware, type IMiddlewareFieldMap, type IMiddlewareGenerator } from 'graphql-middleware';
import { allow, type rule, shield } from 'graphql-shield';

type Rule = typeof allow | ReturnType<ReturnType<typeof rule>>;
export type RuleTree = Record<string, Rule | Record<string, Rule>>;
type Options = NonNullable<Parameters<typeof shield>[1]> & { fallbackRule: Rule };

/**
 * graphql-shield without its cost on public fields: it wraps every field in an async function whatever the rule
 * says, so the wrappers whose rule is literally `allow` are dropped. What is not in the tree keeps the fallback.
 */
export function prunedShield(
  tree: RuleTree,
  options: Options,
): IMiddlewareGenerator<unknown, unknown, unknown> {
  const full = shield(tree, options) as unknown as {
    generate(schema: GraphQLSchema): Record<string, IMiddlewareFieldMap>;
  };
  return middleware((schema: GraphQLSchema) => {
    const pruned: Record<string, IMiddlewareFieldMap> = {};
    for (const [type, fields] of Object.entries(full.generate(schema)))
      for (const [field, wrapper] of Object.entries(fields))
        if (ruleOf(tree, type, field, options.fallbackRule) !== allow) (pruned[type] ??= {})[field] = wrapper;
    return pruned;
  });
}

/** The rule that graphql-shield applies to a field. */
export function ruleOf(tree: RuleTree, type: string, field: string, fallback: Rule): Rule {
  const rules = tree[type];
  if (!rules) return fallback;
  return isRule(rules) ? rules : (rules[field] ?? rules['*'] ?? fallback);
}

function isRule(rules: Rule | Record<string, Rule>): rules is Rule {
  return typeof (rules as Partial<Rule>).resolve === 'function';
}

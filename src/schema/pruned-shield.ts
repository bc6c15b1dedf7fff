import type { GraphQLSchema } from 'graphql';
import {
  middleware,
  type IMiddlewareFieldMap,
  type IMiddlewareFunction,
  type IMiddlewareGenerator,
} from 'graphql-middleware';
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
  return middleware((schema: GraphQLSchema) => {
    const pruned: Record<string, IMiddlewareFieldMap> = {};
    for (const [type, fields] of Object.entries(wrappersOf(schema, tree, options)))
      for (const [field, wrapper] of Object.entries(fields))
        if (ruleOf(tree, type, field, options.fallbackRule) !== allow) (pruned[type] ??= {})[field] = wrapper;
    return pruned;
  });
}

/** graphql-middleware wraps what resolves an event only: the same rules for what opens a subscription's source. */
export function shieldSources(schema: GraphQLSchema, tree: RuleTree, options: Options): GraphQLSchema {
  const wrappers = wrappersOf(schema, tree, options).Subscription as Record<string, IMiddlewareFunction>;
  for (const field of Object.values(schema.getSubscriptionType()!.getFields())) {
    if (ruleOf(tree, 'Subscription', field.name, options.fallbackRule) === allow) continue;
    const [open, wrapper] = [field.subscribe!, wrappers[field.name]!];
    // Of combined rules it is an object.
    const ask = typeof wrapper === 'function' ? wrapper : wrapper.resolve!;
    field.subscribe = (source, args, context, info) => ask(open as never, source, args, context, info);
  }
  return schema;
}

function wrappersOf(schema: GraphQLSchema, tree: RuleTree, options: Options) {
  const full = shield(tree, options) as unknown as {
    generate(schema: GraphQLSchema): Record<string, IMiddlewareFieldMap>;
  };
  return full.generate(schema);
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

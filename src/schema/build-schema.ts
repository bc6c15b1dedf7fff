import 'reflect-metadata';
import { applyMiddleware } from 'graphql-middleware';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import type { Services } from '../context/gateway';
import { askOnce } from './ask-once';
import { articleResolvers } from './article/article.resolver';
import { auditResolvers } from './audit/audit.resolver';
import { faqResolvers } from './faq/faq.resolver';
import { glossaryResolvers } from './glossary/glossary.resolver';
import { jobResolvers } from './job/job.resolver';
import { permissionMiddleware } from './permissions';
import { readingResolvers } from './reading/reading.resolver';
import { recommendationResolvers } from './recommendation/recommendation.resolver';
import { spendingResolvers } from './spending/spending.resolver';
import { userResolvers } from './user/user.resolver';

/** Of each folder of this one. */
const RESOLVERS = [
  articleResolvers,
  auditResolvers,
  faqResolvers,
  glossaryResolvers,
  jobResolvers,
  readingResolvers,
  recommendationResolvers,
  spendingResolvers,
  userResolvers,
];

/** The schema without permissions: what is printed to schema.graphql, and what benchmarks compare with. */
export function buildUnshieldedSchema(services: Services): GraphQLSchema {
  const instances = RESOLVERS.flatMap((resolversOver): object[] => resolversOver(services));
  const resolvers = new Map<unknown, object>(instances.map((instance) => [instance.constructor, instance]));
  const schema = buildSchemaSync({
    resolvers: [...resolvers.keys()] as unknown as [() => void, ...(() => void)[]],
    container: { get: (type) => resolvers.get(type) },
    // Checked in the domain, where the command line and the workers pass too.
    validate: false,
  });
  // type-graphql has no decorator for these two.
  schema.getQueryType()!.description =
    'What can be read. [public] is for anybody, [USER] for who is signed in, [USER: own] for who owns it, [ADMIN] for staff; others get UNAUTHENTICATED or FORBIDDEN, and null where a field may be null. Errors have extensions.code: GenerationError.code lists those of fields.';
  schema.getMutationType()!.description =
    'What can be done. What is refused is BAD_USER_INPUT and says where in extensions.argument; an id of nothing is NOT_FOUND.';
  askOnce(schema);
  return schema;
}

/** The schema that is served. */
export function buildSchema(services: Services): GraphQLSchema {
  return applyMiddleware(buildUnshieldedSchema(services), permissionMiddleware());
}

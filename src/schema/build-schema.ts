import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import type { Services } from '../context/gateway';
import { askOnce } from './ask-once';
import { answerResolvers } from './answer/answer.resolver';
import { articleResolvers } from './article/article.resolver';
import { auditResolvers } from './audit/audit.resolver';
import { faqResolvers } from './faq/faq.resolver';
import { glossaryResolvers } from './glossary/glossary.resolver';
import { datasetResolvers } from './insight/dataset.resolver';
import { insightResolvers } from './insight/insight.resolver';
import { jobResolvers } from './job/job.resolver';
import { newsletterIssueResolvers } from './newsletter/issue.resolver';
import { newsletterResolvers } from './newsletter/newsletter.resolver';
import { withPermissions } from './permissions';
import { readingResolvers } from './reading/reading.resolver';
import { recommendationResolvers } from './recommendation/recommendation.resolver';
import { spendingResolvers } from './spending/spending.resolver';
import { userResolvers } from './user/user.resolver';

/** Of each folder of this one. */
const RESOLVERS = [
  answerResolvers,
  articleResolvers,
  auditResolvers,
  faqResolvers,
  glossaryResolvers,
  datasetResolvers,
  insightResolvers,
  jobResolvers,
  newsletterIssueResolvers,
  newsletterResolvers,
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
    // Every subscription brings a source of its own; type-graphql asks for this all the same.
    pubSub: {
      publish: () => {},
      subscribe: () => {
        throw new Error('there is no shared channel');
      },
    },
  });
  // type-graphql has no decorator for these three.
  schema.getQueryType()!.description =
    'What can be read. [public] is for anybody, [USER] for who is signed in, [USER: own] for who owns it, [ADMIN] for staff; others get UNAUTHENTICATED or FORBIDDEN, and null where a field may be null. Errors have extensions.code: GenerationError.code lists those of fields.';
  schema.getMutationType()!.description =
    'What can be done. What is refused is BAD_USER_INPUT and says where in extensions.argument; an id of nothing is NOT_FOUND.';
  schema.getSubscriptionType()!.description =
    'What can be watched, by graphql-ws on /graphql or graphql-sse on /graphql/stream. An event says what is so when it is sent: whoever reads slowly skips states in between, and after a loss the present state may come once more.';
  askOnce(schema);
  return schema;
}

/** The schema that is served. */
export function buildSchema(services: Services): GraphQLSchema {
  return withPermissions(buildUnshieldedSchema(services));
}

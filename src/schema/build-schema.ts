import 'reflect-metadata';
import { applyMiddleware } from 'graphql-middleware';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import type { Services } from '../context/gateway';
import { ArticleResolver, ArticleRevisionResolver } from './article/article.resolver';
import { PublisherResolver } from './article/publisher.resolver';
import { AuditResolver } from './audit/audit.resolver';
import { GenerationResolver } from './job/job.resolver';
import { ArticleTermsResolver, GlossaryResolver } from './glossary/glossary.resolver';
import { permissionMiddleware } from './permissions';
import {
  ReaderProfileRecommendationsResolver,
  RecommendationResolver,
} from './recommendation/recommendation.resolver';
import { AccountResolver } from './user/account.resolver';
import { FaqResolver } from './faq/faq.resolver';
import { ReadingResolver } from './reading/reading.resolver';
import { LoginResolver } from './user/login.resolver';
import { ReaderProfileResolver } from './user/reader-profile.resolver';
import { SessionFieldResolver, UserResolver } from './user/user.resolver';

type Resolvers = Map<unknown, object>;

function resolversOver(services: Services): Resolvers {
  const instances = [
    new ArticleResolver(services.articles, services.takeDowns),
    new ArticleRevisionResolver(),
    new ReadingResolver(services.views, services.impressions, services.readingLists),
    new PublisherResolver(services.publishers),
    new FaqResolver(services.faqs),
    new GlossaryResolver(services.glossary),
    new ArticleTermsResolver(services.glossary),
    new UserResolver(services.users),
    new SessionFieldResolver(),
    new ReaderProfileResolver(services.readerProfiles),
    new AccountResolver(services.accounts),
    new LoginResolver(services.login, services.sessions),
    new GenerationResolver(services.generation),
    new RecommendationResolver(services.recommendations, services.training),
    new ReaderProfileRecommendationsResolver(services.recommendations),
    new AuditResolver(services.audit),
  ];
  return new Map(instances.map((instance) => [instance.constructor, instance]));
}

/** The schema without permissions: what is printed to schema.graphql, and what benchmarks compare with. */
export function buildUnshieldedSchema(services: Services): GraphQLSchema {
  const resolvers = resolversOver(services);
  return buildSchemaSync({
    resolvers: [...resolvers.keys()] as unknown as [() => void, ...(() => void)[]],
    container: { get: (type) => resolvers.get(type) },
    // Checked in the domain, where the command line and the workers pass too.
    validate: false,
  });
}

/** The schema that is served. */
export function buildSchema(services: Services): GraphQLSchema {
  return applyMiddleware(buildUnshieldedSchema(services), permissionMiddleware());
}

import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { GlossaryService } from '../../domain/glossary/glossary.service';
import type { Term } from '../../domain/glossary/terms.sql';
import { Article } from '../article/article.type';
import type { RequestContext } from '../request-context';
import { IdArg, InputArg } from '../shared/arguments';
import { toConnection } from '../shared/connection.type';
import { CacheSeconds, cost, STATEMENT } from '../shared/field-policy';
import {
  EconomicTerm, EconomicTermConnection, EconomicTermImport, EconomicTermInput, EconomicTermsArgs,
  UpdateEconomicTermInput,
} from './glossary.type'; // prettier-ignore

/** Of 20,000 terms those that begin so. */
const BEGINNING = 200;

@Resolver(() => EconomicTerm)
export class GlossaryResolver {
  constructor(private readonly service: GlossaryService) {}

  @Query(() => EconomicTerm, {
    nullable: true,
    description:
      '[public] the best glossary match for a word or a whole question, also misspelt by a letter (환률), spelt out (이티에프), by its initial consonants (ㄱㅈㄱㄹ), on a keyboard in the other language (rlwnsrmafl, ㄷㅅㄹ), and by what it means (물가가 계속 떨어지는 현상); null when there is none',
    complexity: cost(20),
  })
  @CacheSeconds(10)
  findTerm(
    @Arg('question', () => String, { description: 'At most 500 characters; blank finds nothing.' })
    question: string,
  ) {
    return this.service.find(question);
  }

  @Query(() => EconomicTermConnection, {
    description: '[public] in the order of their terms',
    complexity: cost(({ startsWith }) => STATEMENT + (startsWith ? BEGINNING : 0)),
  })
  @CacheSeconds(10)
  async economicTerms(@Args(() => EconomicTermsArgs) args: EconomicTermsArgs) {
    return toConnection(await this.service.list(args));
  }

  @Mutation(() => EconomicTermImport, {
    description:
      '[ADMIN] one transaction; duplicates are reported, not saved. CONFLICT beyond 20,000 terms in all',
  })
  importEconomicTerms(
    @Ctx() context: RequestContext,
    @Arg('terms', () => [EconomicTermInput], { description: 'At most 2,000.' }) terms: EconomicTermInput[],
  ) {
    return this.service.import(context.signedIn, terms);
  }

  @Mutation(() => EconomicTerm, { description: '[ADMIN] CONFLICT when another entry has the term' })
  updateEconomicTerm(
    @Ctx() context: RequestContext,
    @IdArg('entry') id: string,
    @InputArg(() => UpdateEconomicTermInput) input: UpdateEconomicTermInput,
  ) {
    return this.service.update(context.signedIn, id, input);
  }

  @Mutation(() => EconomicTerm, { description: '[ADMIN] the deleted entry' })
  deleteEconomicTerm(@Ctx() context: RequestContext, @IdArg('entry') id: string) {
    return this.service.delete(context.signedIn, id);
  }
}

@Resolver(() => Article)
export class ArticleTermsResolver {
  @FieldResolver(() => [EconomicTerm], {
    description:
      'Glossary entries whose term occurs in title or content, in order of appearance; at most 50.',
    complexity: cost(60),
  })
  terms(
    @Ctx() context: RequestContext,
    @Root() article: { id: string; title: string; content: string },
  ): Promise<Term[]> {
    return context.loaders.terms.load(article);
  }
}

export const glossaryResolvers = ({ glossary }: Services) => [
  new GlossaryResolver(glossary),
  new ArticleTermsResolver(),
];

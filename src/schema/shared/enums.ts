import { registerEnumType } from 'type-graphql';
import {
  ArticleCategory,
  ArticleStatus,
  GenerationKind,
  GenerationStatus,
  Role,
  Surface,
} from '../../generated/prisma/enums';
import { ReaderType } from '../../domain/user/questionnaire';

// Enums are whole from the start: a value added later would break clients that switch over all of them.
describedEnum('Role', Role, 'What a user may do.', {
  USER: 'A reader who signed in: what is marked [USER].',
  ADMIN: 'Staff: all of that, and what is marked [ADMIN].',
});
describedEnum('ArticleCategory', ArticleCategory, 'What an article is about: each has one.', {
  ECONOMY_AND_BUSINESS: 'Economy, companies, finance, real estate (경제·기업).',
  POLITICS_AND_SOCIETY: 'Politics, policy, society, the world (정치·사회).',
  TECHNOLOGY_AND_CULTURE: 'Technology, science, culture (기술·문화).',
  SPORTS_AND_LEISURE: 'Sports, travel, leisure (스포츠·여가).',
  OPINION_AND_ANALYSIS: 'Editorials, columns, outlooks (의견·분석).',
});
describedEnum('ArticleStatus', ArticleStatus, 'Who can read an article or an insight.', {
  IN_REVIEW: 'Only ADMIN: written, never published yet.',
  PUBLISHED: 'Everybody.',
  HIDDEN: 'Only ADMIN, until publishArticle.',
  TAKEN_DOWN: 'Nobody: its texts are deleted and it cannot be changed any more.',
});
describedEnum('GenerationKind', GenerationKind, 'What a job makes.', {
  ARTICLE: 'A new article from a page, or another rewrite of an article.',
  INSIGHT: 'A chart of a data set with a short text.',
  NEWSLETTER: 'Reserved: no such job is made yet.',
  ANSWER: "The answer to a reader's question.",
  RECOMMENDATIONS: 'A recommender that knows what readers did until now.',
  COLLECTION: 'Jobs of kind ARTICLE for what is new in the feeds of all enabled publishers.',
});
describedEnum('GenerationStatus', GenerationStatus, 'Where a job stands.', {
  QUEUED: 'Waits for a worker, or for its next try.',
  RUNNING: 'A worker is at it.',
  SUCCEEDED: 'Done, for good.',
  FAILED: 'Given up, with an error; retryGenerationJob starts it over.',
  CANCELED: 'Ended by an admin, or with its article; retryGenerationJob starts it over.',
});
describedEnum('Surface', Surface, 'Where an article was shown.', {
  HOME: 'The first page.',
  LIST: 'A list, e.g. of a category.',
  SEARCH: 'The results of a search.',
  RECOMMENDATIONS: 'What `recommendations` gave.',
  SIMILAR: 'What `similarArticles` gave.',
  POPULAR: 'What `popularArticles` gave.',
  NEWSLETTER: 'A newsletter.',
});
describedEnum('ReaderType', ReaderType, 'The five kinds of readers that the questionnaire tells apart.', {
  ISSUE_FINDER: 'Follows what is new and disputed (이슈파인더).',
  LIFESTYLE_CONSUMER: 'Puts it to daily use, saves money (라이프스타일소비자).',
  ENTERTAINER: 'Likes it light (엔터테이너).',
  TECH_SPECIALIST: 'Knows technology and what it does to the economy (테크전문가).',
  PROFESSIONAL: 'Wants analysis, experts and statistics (전문가).',
});

/** The compiler misses the value that is forgotten. */
function describedEnum<Name extends string>(
  name: string,
  values: Record<Name, Name>,
  description: string,
  valueDescriptions: Record<Name, string>,
): void {
  const described = Object.entries<string>(valueDescriptions).map(([value, text]) => [
    value,
    { description: text },
  ]);
  registerEnumType(values, { name, description, valuesConfig: Object.fromEntries(described) });
}

export { ArticleCategory, ArticleStatus, GenerationKind, GenerationStatus, ReaderType, Role, Surface };

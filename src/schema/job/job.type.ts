import { ArgsType, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { JOB_STEPS, QUEUES } from '../../domain/jobs/kinds';
import { ERROR_KINDS } from '../../errors';
import { Publisher } from '../article/article.type';
import { connectionTypes } from '../shared/connection.type';
import { GenerationKind, GenerationStatus } from '../shared/enums';
import { PageArgs } from '../shared/arguments';
import { DateTime, Url } from '../shared/scalars';

@ObjectType({ simpleResolvers: true, description: '[ADMIN] why a job failed, or went on without something' })
export class GenerationError {
  @Field(() => String, {
    description: `As errors of fields have in extensions.code, one of: ${Object.keys(ERROR_KINDS).join(', ')}.`,
  })
  code!: string;

  @Field(() => String, { description: 'A sentence in Korean, or English with Accept-Language: en.' })
  message!: string;

  @Field(() => Boolean, { description: 'Whether retryGenerationJob can help without any other change.' })
  retryable!: boolean;
}

@ObjectType({ simpleResolvers: true, description: '[ADMIN] what a collection found in one feed' })
export class FeedReport {
  @Field(() => Publisher, { description: 'Whose feed it is.' })
  publisher!: Publisher;

  @Field(() => Int, { description: 'Items of the feed, at most 5,000; 0 when it has not changed.' })
  found!: number;

  @Field(() => Int, { description: 'Of these, the ones that became a job of kind ARTICLE.' })
  new!: number;

  @Field(() => Int, { description: 'Of these, the ones that have a job or are an article, by whoever.' })
  known!: number;

  @Field(() => Int, { description: 'Of these, the ones without a page that may be asked for.' })
  failed!: number;
}

@ObjectType({ simpleResolvers: true, description: '[ADMIN] what a job did, or is doing' })
export class GenerationStep {
  @Field(() => String, { description: 'As in GenerationJob.step.' })
  step!: string;

  @Field(() => DateTime, { description: 'When it began, or when the note was made.' })
  at!: Date;

  @Field(() => GenerationError, {
    nullable: true,
    description: 'Why it went on without something, e.g. SEARCH_QUOTA_EXCEEDED; null when nothing was wrong.',
  })
  note!: GenerationError | null;
}

@ObjectType({ simpleResolvers: true, description: '[ADMIN] work that a worker does in the background' })
export class GenerationJob {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => GenerationKind, { description: 'What it makes.' })
  kind!: GenerationKind;

  @Field(() => GenerationStatus, { description: 'It has ended when SUCCEEDED, FAILED or CANCELED.' })
  status!: GenerationStatus;

  @Field(() => Int, { description: 'Percent, 0 to 100; each try begins at 0.' })
  progress!: number;

  @Field(() => String, {
    nullable: true,
    description: `What is happening now: ${JOB_STEPS.join(', ')}. Null unless RUNNING.`,
  })
  step!: string | null;

  @Field(() => Int, { description: 'Tries so far, those of workers that died too; at most 5, then FAILED.' })
  attempts!: number;

  @Field(() => Url, { nullable: true, description: 'The page that it is about; null without one.' })
  sourceUrl!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The model that wrote it; "extractive" for the built-in writer. Null while nothing is written.',
  })
  model!: string | null;

  @Field(() => Int, { description: 'What language models read for it, all tries together; 0 without one.' })
  inputTokens!: number;

  @Field(() => Int, { description: 'What language models wrote for it, all tries together; 0 without one.' })
  outputTokens!: number;

  @Field(() => Float, { description: 'What language models cost for it in US dollars, as far as known.' })
  costUsd!: unknown;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When its first try began; null before.' })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ended, however; null before.' })
  finishedAt!: Date | null;
}

@ObjectType({
  simpleResolvers: true,
  description: '[ADMIN] the jobs of one class of work, which wait for none of another',
})
export class QueueStatus {
  @Field(() => ID, { description: 'Its name.' })
  id!: string;

  @Field(() => String, { description: `${QUEUES.join(', ')}.` })
  name!: string;

  @Field(() => Int, { description: 'Jobs that are QUEUED and due: they begin as soon as a worker is free.' })
  waiting!: number;

  @Field(() => Int, { description: 'Jobs that are RUNNING.' })
  active!: number;

  @Field(() => Int, { description: 'Jobs that are QUEUED for a later time, e.g. for their next try.' })
  delayed!: number;

  @Field(() => Int, {
    description: 'Jobs that are FAILED, until they are retried or RETENTION_JOBS_DAYS old.',
  })
  failed!: number;

  @Field(() => Int, { description: 'Jobs that SUCCEEDED, as long as they are kept.' })
  completed!: number;

  @Field(() => Boolean, { description: 'Whether no job of it begins: see pauseQueue.' })
  paused!: boolean;

  @Field(() => Float, {
    nullable: true,
    description: 'Of the waiting job that was due first; also while it is paused. Null when none waits.',
  })
  oldestWaitingSeconds!: number | null;
}

export const GenerationJobConnection = connectionTypes('GenerationJob', () => GenerationJob);

@ArgsType()
export class GenerationJobsArgs extends PageArgs {
  @Field(() => GenerationKind, { nullable: true, description: 'Only of this kind.' })
  kind?: GenerationKind | null;

  @Field(() => GenerationStatus, { nullable: true, description: 'Only in this state.' })
  status?: GenerationStatus | null;
}

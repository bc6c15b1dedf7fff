import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { PageArgs, pageSize } from '../shared/arguments';
import { DateTime, Json } from '../shared/scalars';

@ObjectType({
  simpleResolvers: true,
  description: '[ADMIN] who did what, when. Written in the same transaction as what it describes.',
})
export class AuditEntry {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: '`<subject>.<verb>`, e.g. article.publish.' })
  action!: string;

  @Field(() => String, {
    description:
      'What it was done to: Answer, Article, EconomicTerm, Faq, GenerationJob, Import, Insight, NewsletterIssue, NewsletterSubscription, Publisher, Queue, Session or User.',
  })
  targetType!: string;

  @Field(() => ID, {
    description:
      'Its id; it may be gone. The name of a Queue, `import` for a whole import of terms, of a NewsletterSubscription the SHA-256 of its address.',
  })
  targetId!: string;

  @Field(() => Json, { nullable: true, description: 'An object whose form depends on the action, or null.' })
  details!: unknown;

  @Field(() => DateTime, { description: 'When it was done.' })
  createdAt!: Date;
}

export const AuditEntryConnection = connectionTypes('AuditEntry', () => AuditEntry);

@ArgsType()
export class AuditLogArgs extends PageArgs {
  @Field(() => Int, pageSize(50))
  override first!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Only this type, one of those of AuditEntry.targetType; BAD_USER_INPUT for another.',
  })
  targetType?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what was done to this one.' })
  targetId?: string | null;
}

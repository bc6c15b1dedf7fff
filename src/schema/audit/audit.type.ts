import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { PageArgs } from '../shared/page.args';
import { DateTime, Json } from '../shared/scalars';

@ObjectType({
  simpleResolvers: true,
  description: 'Who did what, when. Written in the same transaction as what it describes.',
})
export class AuditEntry {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  action!: string;

  @Field(() => String)
  targetType!: string;

  @Field(() => ID)
  targetId!: string;

  @Field(() => Json, { nullable: true })
  details!: unknown;

  @Field(() => DateTime)
  createdAt!: Date;
}

export const AuditEntryConnection = connectionTypes('AuditEntry', () => AuditEntry);

@ArgsType()
export class AuditLogArgs extends PageArgs {
  @Field(() => Int, { defaultValue: 50 })
  override first!: number;

  @Field(() => String, { nullable: true })
  targetType?: string | null;

  @Field(() => ID, { nullable: true })
  targetId?: string | null;
}

import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { AuditService } from '../../domain/audit/audit.service';
import type { AuditEntry as EntryRow } from '../../generated/prisma/client';
import type { RequestContext } from '../request-context';
import { toConnection } from '../shared/connection.type';
import { User } from '../user/user.type';
import { AuditEntry, AuditEntryConnection, AuditLogArgs } from './audit.type';

@Resolver(() => AuditEntry)
export class AuditResolver {
  constructor(private readonly service: AuditService) {}

  @Query(() => AuditEntryConnection, { description: '[ADMIN] what was done, newest first' })
  async auditLog(@Args(() => AuditLogArgs) args: AuditLogArgs) {
    return toConnection(await this.service.list(args));
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Null when a program did it (settings, command line, worker), or somebody who has left.',
  })
  actor(@Ctx() context: RequestContext, @Root() entry: EntryRow) {
    return entry.actorId === null ? null : context.loaders.user.load(entry.actorId);
  }
}

export const auditResolvers = ({ audit }: Services) => [new AuditResolver(audit)];

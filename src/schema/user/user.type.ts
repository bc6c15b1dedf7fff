import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { Role } from '../shared/enums';
import { PageArgs } from '../shared/page.args';
import { DateTime, EmailAddress, Url } from '../shared/scalars';

@ObjectType({ simpleResolvers: true })
export class User {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Url, { nullable: true })
  profileImageUrl!: string | null;

  @Field(() => EmailAddress, { nullable: true, description: '[USER: own] [ADMIN]' })
  email!: string | null;

  @Field(() => Role, { nullable: true, description: '[USER: own] [ADMIN]' })
  role!: Role | null;

  @Field(() => DateTime)
  createdAt!: Date;
}

export const UserConnection = connectionTypes('User', () => User);

@ObjectType({ simpleResolvers: true })
export class Session {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  lastUsedAt!: Date;

  @Field(() => String, { nullable: true })
  userAgent!: string | null;
}

@ObjectType({ simpleResolvers: true })
export class KakaoLoginRequest {
  @Field(() => Url, { description: 'Where to send the browser.' })
  url!: string;

  @Field(() => String, {
    description:
      'Signed by us: carries the nonce and the redirect URI, lives 10 minutes, works once. Compare it with the one that comes back.',
  })
  state!: string;

  @Field(() => String, {
    description: 'PKCE. Keep it beside the browser session and send it back with the code.',
  })
  codeVerifier!: string;
}

@ObjectType({ simpleResolvers: true })
export class AuthPayload {
  @Field(() => String)
  accessToken!: string;

  @Field(() => DateTime)
  accessTokenExpiresAt!: Date;

  @Field(() => String)
  refreshToken!: string;

  @Field(() => DateTime)
  refreshTokenExpiresAt!: Date;

  @Field(() => User)
  user!: User;
}

@InputType()
export class KakaoCodeInput {
  @Field(() => String)
  code!: string;

  @Field(() => Url)
  redirectUri!: string;

  @Field(() => String)
  state!: string;

  @Field(() => String)
  codeVerifier!: string;
}

@ArgsType()
export class UsersArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Part of a name or e-mail address.' })
  search?: string | null;
}
